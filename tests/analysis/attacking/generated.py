"""Studies to attack: 3 to 14 organisations, 2 or 3 roles, 1 to 9 respondents each, and who of them answered what."""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from surveyapp.analysis.analyse import analyse
from surveyapp.analysis.attacking import Crowd, Knowledge
from surveyapp.analysis.results import Results
from surveyapp.questionnaires.questionnaire import Questionnaire
from tests.analysis.builders import Person, counts_of, mark_of, questionnaire_of

ROLES = ("governor", "official", "project")
THEME = "g1"


@dataclass(frozen=True)
class Generated:
    people: tuple[Person, ...]
    questionnaire: Questionnaire
    results: Results
    outside: frozenset[str]


def study(seed: int) -> Generated:
    """The same study for the same seed."""
    chance = random.Random(seed)  # noqa: S311
    roles = ROLES[: chance.randint(2, 3)]
    items = [f"g1_{number}" for number in range(1, 4)]
    some = {"g1_3": ["official"]} if chance.random() < 0.3 else None
    questionnaire = questionnaire_of({THEME: items}, roles=roles, only=some)
    organisations = [f"M{number}" for number in range(chance.randint(3, 14))]
    missing = chance.choice([0.0, 0.0, 0.05, 0.15])
    people = []
    for organisation in organisations:
        for role in roles:
            size = chance.randint(1, 3 if role == "governor" else 9)
            people += [Person(organisation, role, _answers(questionnaire, role, missing, chance)) for _ in range(size)]
    outside = frozenset(organisations[:1]) if chance.random() < 0.3 else frozenset[str]()
    kinds = dict.fromkeys(outside, "region body")
    results = analyse(counts_of(people, questionnaire, kinds=kinds), questionnaire, test=False)
    return Generated(tuple(people), questionnaire, results, outside)


def _answers(questionnaire: Questionnaire, role: str, missing: float, chance: random.Random) -> dict[str, str]:
    mood = chance.gauss(3.3, 0.5)
    return {
        key: chance.choice(["dk", "na"]) if chance.random() < missing else str(_mark(chance.gauss(mood, 0.9)))
        for key, question in questionnaire.questions.items()
        if question.asked_of(role)
    }


def _mark(value: float) -> int:
    return min(5, max(1, round(value)))


def knowledge(people: Sequence[Person], questionnaire: Questionnaire, outside: frozenset[str]) -> Knowledge:
    """Everything about who answered what, counted person by person; nothing of their marks."""
    sizes: Counter[tuple[str, str, str]] = Counter()
    could: Counter[tuple[str, str, str]] = Counter()
    asked: Counter[tuple[str, str, str]] = Counter()
    crowds: Counter[tuple[str, str, frozenset[str]]] = Counter()
    for one in people:
        place = one.organisation, one.role
        put = questionnaire.scored_items(THEME, one.role)
        answered = [item.key for item in put if mark_of(one, item, questionnaire) is not None]
        asked.update((item.key, *place) for item in put)
        could.update((item.key, *place) for item in put if one.answers.get(item.key) != "na")
        could[THEME, *place] += 1
        sizes.update((key, *place) for key in answered)
        if answered and 2 * len(answered) >= len(put):
            sizes[THEME, *place] += 1
        crowds[*place, frozenset(answered)] += 1
    return Knowledge(
        outside=outside,
        members={THEME: tuple(item.key for item in questionnaire.scored_items(THEME))},
        sizes=sizes,
        could=could,
        asked=asked,
        put={(THEME, role.key): len(questionnaire.scored_items(THEME, role.key)) for role in questionnaire.roles},
        crowds=tuple(Crowd(*about, people) for about, people in crowds.items()),
    )
