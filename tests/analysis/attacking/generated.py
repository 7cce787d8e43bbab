"""Studies to attack: 3 to 14 organisations, 2 or 3 roles, 1 to 9 respondents each, and who of them answered what."""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from surveyapp.analysis.analyse import analyse
from surveyapp.analysis.attacking import Crowd, Knowledge
from surveyapp.analysis.counts import Counts
from surveyapp.analysis.results import Results
from surveyapp.questionnaires.questionnaire import Questionnaire
from tests.analysis.builders import Person, counts_of, mark_of, questionnaire_of

ROLES = ("governor", "official", "project")
THEME, SECOND = "g1", "h1"


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
    return _generated(people, questionnaire, outside)


def with_second_theme(made: Generated, seed: int) -> Generated:
    """The same people, who were asked about a second theme too: all but the governors, two statements."""
    chance = random.Random(f"second {seed}")  # noqa: S311
    first = made.questionnaire
    roles = [role.key for role in first.roles]
    items = {theme: [item.key for item in first.scored_items(theme)] for theme in first.themes}
    only = {item.key: item.roles for theme in first.themes for item in first.scored_items(theme) if item.roles}
    second = [f"{SECOND}_{number}" for number in range(1, 3)]
    questionnaire = questionnaire_of(
        items | {SECOND: second}, roles=roles, only=only | dict.fromkeys(second, roles[1:])
    )
    missing = chance.choice([0.0, 0.1])
    people = [
        replace(one, answers={**_answers(questionnaire, one.role, missing, chance), **one.answers})
        for one in made.people
    ]
    return _generated(people, questionnaire, made.outside)


def without_some(made: Generated, seed: int) -> Generated:
    """The same study without one to three people: erased, or excluded; in half of the studies governors only."""
    chance = random.Random(f"left out {seed}")  # noqa: S311
    roles = {"governor"} if chance.random() < 0.5 else set(ROLES)
    there = [place for place, one in enumerate(made.people) if one.role in roles]
    gone = set(chance.sample(there, chance.randint(1, min(3, len(there)))))
    people = [one for place, one in enumerate(made.people) if place not in gone]
    return _generated(people, made.questionnaire, made.outside)


def _generated(people: Sequence[Person], questionnaire: Questionnaire, outside: frozenset[str]) -> Generated:
    results = analyse(_counted(people, questionnaire, outside), questionnaire, test=False)
    return Generated(tuple(people), questionnaire, results, outside)


def counted(made: Generated) -> Counts:
    """The tallies of a study."""
    return _counted(made.people, made.questionnaire, made.outside)


def _counted(people: Sequence[Person], questionnaire: Questionnaire, outside: frozenset[str]) -> Counts:
    return counts_of(people, questionnaire, kinds=dict.fromkeys(outside, "region body"))


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
        everything: set[str] = set()
        for theme in questionnaire.themes:
            put = questionnaire.scored_items(theme, one.role)
            answered = [item.key for item in put if mark_of(one, item, questionnaire) is not None]
            asked.update((item.key, *place) for item in put)
            could.update((item.key, *place) for item in put if one.answers.get(item.key) != "na")
            could[theme, *place] += 1
            asked[theme, *place] += bool(put)
            sizes.update((key, *place) for key in answered)
            if answered and 2 * len(answered) >= len(put):
                sizes[theme, *place] += 1
            everything.update(answered)
        crowds[*place, frozenset(everything)] += 1
    return Knowledge(
        outside=outside,
        members={
            theme: tuple(item.key for item in questionnaire.scored_items(theme)) for theme in questionnaire.themes
        },
        sizes=sizes,
        could=could,
        asked=asked,
        put={
            (theme, role.key): len(questionnaire.scored_items(theme, role.key))
            for theme in questionnaire.themes
            for role in questionnaire.roles
        },
        crowds=tuple(Crowd(*about, people) for about, people in crowds.items()),
    )
