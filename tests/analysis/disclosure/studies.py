"""Many small studies, as people and their answers, for attacks on what is printed of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from hypothesis import strategies as st

from surveyapp.analysis.analyse import analyse
from surveyapp.analysis.results import Results
from surveyapp.questionnaires.questionnaire import Questionnaire
from tests.analysis.builders import Person, counts_of, questionnaire_of
from tests.analysis.disclosure.attacker import Attacker

ROLES = ("governor", "official", "project")
MARKS = ("2", "3", "3", "4")
UNSCORED = ("dk", "dk", "na")


@dataclass(frozen=True)
class SmallStudy:
    people: tuple[Person, ...]
    questionnaire: Questionnaire = field(repr=False)
    results: Results = field(repr=False)

    @property
    def attacker(self) -> Attacker:
        assert self.results.basis is not None
        return Attacker(self.people, self.questionnaire, frozenset(self.results.basis.region))


def study_of(people: list[Person], questionnaire: Questionnaire, kinds: dict[str, str] | None = None) -> SmallStudy:
    counts = counts_of(people, questionnaire, kinds=kinds)
    return SmallStudy(tuple(people), questionnaire, analyse(counts, questionnaire, test=False))


def written(rows: Mapping[tuple[str, str], Sequence[str]]) -> SmallStudy:
    """Per organisation and role the answers of each person to the statements of one theme, a character each.

    A mark, ``-`` for "don't know", ``n`` for not applicable; ``.`` for what is not put to the role.
    """
    roles = [role for role in ROLES if any(role == of for _, of in rows)]
    items = [f"g1_{number}" for number in range(1, len(next(iter(rows.values()))[0]) + 1)]
    put = {role: one[0] for (_, role), one in rows.items()}
    only = {item: [role for role in roles if put[role][place] != "."] for place, item in enumerate(items)}
    words = {"-": "dk", "n": "na"}
    people = [
        Person(place, role, {item: words.get(x, x) for item, x in zip(items, answers, strict=True) if x != "."})
        for (place, role), everybody in rows.items()
        for answers in everybody
    ]
    return study_of(people, questionnaire_of({"g1": items}, roles=roles, only=only))


@st.composite
def small_studies(draw: st.DrawFn) -> SmallStudy:
    """Two to six organisations, one to three roles, some statements put to some roles only, some left open."""
    roles = ROLES[: draw(st.integers(1, 3))]
    items = [f"g1_{number}" for number in range(1, draw(st.integers(1, 4)) + 1)]
    asked = {item: draw(st.sets(st.sampled_from(roles), min_size=1)) for item in items if draw(st.booleans())}
    only = {item: tuple(role for role in roles if role in some) for item, some in asked.items()}
    questionnaire = questionnaire_of({"g1": items}, roles=roles, only=only)
    organisations = [f"M{number}" for number in range(draw(st.integers(2, 6)))]
    one_in = draw(st.sampled_from([0, 30, 8, 3]))
    random = draw(st.randoms(use_true_random=False))
    people = []
    for organisation in organisations:
        for role in roles:
            for _ in range(draw(st.integers(0, 2 if role == "governor" else 9))):
                answers = {
                    key: random.choice(UNSCORED if one_in and random.randrange(one_in) == 0 else MARKS)
                    for key, question in questionnaire.questions.items()
                    if question.asked_of(role)
                }
                people.append(Person(organisation, role, answers))
    people = [one for one in people if one.answers] or [Person("M0", roles[0], dict.fromkeys(items, "3"))]
    present = dict.fromkeys(one.organisation for one in people)
    apart = draw(st.booleans()) and len(present) > 2
    return study_of(people, questionnaire, {next(iter(present)): "region body"} if apart else None)
