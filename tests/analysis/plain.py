"""The scores once more, person by person and with fractions: slow, plain, and sharing no code with the product.

Written from the definitions in ``docs/method.md``. None stands for what cannot be said.
"""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from statistics import median, variance

from surveyapp.questionnaires.questionnaire import Questionnaire, ScaleQuestion
from tests.analysis.builders import Person, answered_anything, mark_of
from tests.analysis.plain_spread import consensus, could_answer, interval, shares

Value = Fraction | None
Cell = dict[str, Value]
Key = tuple[str, str, str, str]


@dataclass
class Study:
    """Respondents and invitations; ``invited`` maps (organisation, role) to a number."""

    people: Sequence[Person]
    questionnaire: Questionnaire
    invited: Mapping[tuple[str, str], int]
    kinds: Mapping[str, str]

    def __post_init__(self) -> None:
        self.people = [one for one in self.people if answered_anything(one, self.questionnaire)]
        self.roles = [role.key for role in self.questionnaire.roles]
        self.organisations = sorted({code for code, _ in self.invited} | {one.organisation for one in self.people})
        kinds = {code: self.kinds.get(code, "municipality") for code in self.organisations}
        towns = [code for code in self.organisations if kinds[code] == "municipality"]
        self.region = towns or self.organisations


def scores(study: Study) -> dict[Key, Cell]:
    """Every row of the scores: (level, key, organisation, role) -> column -> value."""
    found: dict[Key, Cell] = {}
    questionnaire = study.questionnaire
    for theme in questionnaire.themes:
        for item in questionnaire.scored_items(theme):
            found |= {("item", item.key, *where): cell for where, cell in _item(study, item).items()}
        found |= {("theme", theme, *where): cell for where, cell in _theme(study, theme, found).items()}
    return found


def _item(study: Study, item: ScaleQuestion) -> dict[tuple[str, str], Cell]:
    roles = [role for role in study.roles if item.asked_of(role)]
    top = len(study.questionnaire.scale(item.scale).points)

    def mark(one: Person) -> Fraction | None:
        found = mark_of(one, item, study.questionnaire)
        return None if found is None else Fraction(found)

    def not_applicable(one: Person) -> bool:
        return one.answers.get(item.key, "") == "na"

    cells = _cells(study, roles, mark, not_applicable, dict.fromkeys(roles, top))
    for (organisation, role), cell in cells.items():
        here = _asked(study, organisation, role, roles)
        marks = [int(found) for one in here if (found := mark(one)) is not None]
        given = [one.answers.get(item.key, "") for one in here]
        cell |= {
            "dk": Fraction(given.count("dk")),
            "na": Fraction(given.count("na")),
            "skipped": Fraction(given.count("")),
        }
        enough = len(marks) >= 4
        cell["ad"] = (
            _mean(abs(one - Fraction(median(sorted(map(Fraction, marks))))) for one in marks) if enough else None
        )
        cell["agreement"] = eijk(marks, top) if enough else None
        cell["consensus"] = consensus(marks, top)
        cell.update(shares(marks, top, _could(study, organisation, role, roles, mark, not_applicable)))
        even = Fraction(top * top - 1, 12)
        cell["rwg"] = 1 - variance(map(Fraction, marks)) / even if enough else None
    return cells


def _theme(study: Study, theme: str, rows: Mapping[Key, Cell]) -> dict[tuple[str, str], Cell]:
    items = study.questionnaire.scored_items(theme)
    roles = [role for role in study.roles if study.questionnaire.scored_items(theme, role)]

    share = Fraction(study.questionnaire.least_answered(theme), 100)

    def mark(one: Person) -> Fraction | None:
        put = study.questionnaire.scored_items(theme, one.role)
        marks = [found for item in put if (found := mark_of(one, item, study.questionnaire)) is not None]
        return Fraction(sum(marks), len(marks)) if marks and len(marks) >= math.ceil(share * len(put)) else None

    tops = {
        role: max(
            len(study.questionnaire.scale(item.scale).points) for item in study.questionnaire.scored_items(theme, role)
        )
        for role in roles
    }
    cells = _cells(study, roles, mark, lambda _: False, tops)
    for where, cell in cells.items():
        below = [rows["item", item.key, *where] for item in items]
        for column in ("dk", "na", "skipped"):
            cell[column] = sum(_known(below, column), Fraction(0))
        cell.update(shares([], 0, None))
        for column in ("ad", "agreement", "consensus"):
            cell[column] = _mean(_known(below, column))
        cell["rwg"] = _spearman_brown(_known(below, "rwg"))
    return cells


def _cells(
    study: Study,
    roles: Sequence[str],
    mark: Callable[[Person], Fraction | None],
    not_applicable: Callable[[Person], bool],
    tops: Mapping[str, int],
) -> dict[tuple[str, str], Cell]:
    cells: dict[tuple[str, str], Cell] = {}
    for organisation, role in product([*study.organisations, "all"], [*study.roles, "all"]):
        here = _asked(study, organisation, role, roles)
        marks = sorted(found for one in here if (found := mark(one)) is not None)
        members = study.region if organisation == "all" else [organisation]
        invited = sum(study.invited.get((code, one), 0) for code in members for one in roles if role in (one, "all"))
        cells[organisation, role] = {
            "invited": Fraction(invited),
            "responded": Fraction(len(here)),
            "n": Fraction(len(marks)),
            "mean": _mean(marks),
            "median": median(marks) if marks else None,
            "equal": None,
            "balanced": None,
            "lower": None,
            "upper": None,
            **interval(marks, max(tops.values()), _could(study, organisation, role, roles, mark, not_applicable)),
        }
    for code in study.organisations:
        for role in roles:
            left = sum(not_applicable(one) for one in _asked(study, code, role, roles))
            could = study.invited.get((code, role), 0) - left
            cells[code, role] |= _bounds(cells[code, role], could, tops[role])
        taking_part = [role for role in roles if cells[code, role]["invited"] or cells[code, role]["responded"]]
        for column, source in (("balanced", "mean"), ("lower", "lower"), ("upper", "upper")):
            values = [value for role in taking_part if (value := cells[code, role][source]) is not None]
            cells[code, "all"][column] = _mean(values) if len(values) == len(taking_part) else None
    for role in [*study.roles, "all"]:
        _region(study, cells, role)
    return cells


def _could(
    study: Study,
    organisation: str,
    role: str,
    roles: Sequence[str],
    mark: Callable[[Person], Fraction | None],
    not_applicable: Callable[[Person], bool],
) -> int | None:
    """How many of the invited could have a mark; None where somebody came uninvited."""
    members = study.region if organisation == "all" else [organisation]
    invited, answered = {}, {}
    for code, one in product(members, [one for one in roles if role in (one, "all")]):
        here = _asked(study, code, one, roles)
        invited[f"{code} {one}"] = study.invited.get((code, one), 0) - sum(map(not_applicable, here))
        answered[f"{code} {one}"] = sum(mark(person) is not None for person in here)
    return could_answer(invited, answered)


def _region(study: Study, cells: dict[tuple[str, str], Cell], role: str) -> None:
    rows = [cells[code, role] for code in study.region]
    region = cells["all", role]
    for column, source in (("equal", "mean"), ("balanced", "balanced")):
        region[column] = _mean(_known(rows, source))
    bounded = "balanced" if role == "all" else "mean"
    within = [row for row in rows if row[bounded] is not None]
    for column in ("lower", "upper"):
        limits = _known(within, column)
        region[column] = _mean(limits) if len(limits) == len(within) else None


def _bounds(cell: Cell, could: int, top: int) -> Cell:
    n, mean = int(cell["n"] or 0), cell["mean"]
    if mean is None or n > could:
        return {"lower": None, "upper": None}
    total = mean * n
    return {"lower": (total + (could - n)) / could, "upper": (total + (could - n) * top) / could}


def _asked(study: Study, organisation: str, role: str, roles: Sequence[str]) -> list[Person]:
    members = study.region if organisation == "all" else [organisation]
    return [
        one for one in study.people if one.organisation in members and one.role in roles and role in (one.role, "all")
    ]


def _known(rows: Iterable[Cell], column: str) -> list[Fraction]:
    return [value for row in rows if (value := row[column]) is not None]


def _mean(values: Iterable[Fraction]) -> Fraction | None:
    known = list(values)
    return sum(known, Fraction(0)) / len(known) if known else None


def _spearman_brown(items: Sequence[Fraction]) -> Fraction | None:
    average = _mean(items)
    if average is None:
        return None
    denominator = len(items) * average + 1 - average
    return len(items) * average / denominator if denominator > 0 else None


def eijk(marks: Sequence[int], top: int) -> Fraction:
    """Van der Eijk's A, by taking away one respondent per occurring point until nobody is left."""
    left = [marks.count(point) for point in range(1, top + 1)]
    total = Fraction(0)
    while any(left):
        pattern = [count > 0 for count in left]
        total += _layer(pattern) * sum(pattern)
        left = [count - one for count, one in zip(left, pattern, strict=True)]
    return total / len(marks)


def _layer(pattern: Sequence[bool]) -> Fraction:
    size, occurring = len(pattern), sum(pattern)
    if occurring == 1:
        return Fraction(1)
    together = apart = 0
    for i in range(size):
        for j in range(i + 1, size):
            for m in range(j + 1, size):
                triple = (pattern[i], pattern[j], pattern[m])
                together += triple in ((True, True, False), (False, True, True))
                apart += triple == (True, False, True)
    if together + apart == 0:
        return Fraction(0)
    unimodality = Fraction((size - 2) * together - (size - 1) * apart, (size - 2) * (together + apart))
    return unimodality * (1 - Fraction(occurring - 1, size - 1))
