"""How many people stand behind every cell: read, given, or worked out by subtracting.

Numbers of people are no secret, so whoever attacks begins with them.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from surveyapp.analysis.attacking.facts import ANSWER, EVERYBODY, UNSCORED, Fact, Reading
from surveyapp.analysis.attacking.knowledge import Knowledge

REST = "*"
"""The roles of an organisation, or the organisations of the region, that cannot be told apart."""
Place = tuple[str, str]
Counts = dict[Place, int]


@dataclass(frozen=True)
class Cell:
    """People about whom the tables speak with one voice."""

    organisation: str
    role: str
    people: int
    inside: bool
    """Whether they count in the region."""

    @property
    def name(self) -> str:
        return f"{self.organisation} / {self.role}"


def cells(reading: Reading, knowledge: Knowledge, key: str, release: int, statistic: str = "n") -> list[Cell]:
    """The cells of one statement or theme: organisation x role as far as known, and what is left of totals."""
    given = knowledge.sizes if statistic == "n" else knowledge.asked
    sizes = {(organisation, role): people for (of, organisation, role), people in given.items() if of == key}
    if sizes:
        return [
            Cell(organisation, role, people, organisation not in knowledge.outside)
            for (organisation, role), people in sizes.items()
            if people
        ]
    facts = [fact for fact in reading.facts if fact.key == key and fact.release == release]
    counts = _people(facts) if statistic == "n" else _asked(facts)
    hidden = [each for each in reading.hidden if each.key == key and each.release == release]
    named = [*(fact.place for fact in facts), *((each.organisation, each.role) for each in hidden)]
    organisations = [name for name in dict.fromkeys(place[0] for place in named) if name != EVERYBODY]
    roles = [name for name in dict.fromkeys(place[1] for place in named) if name != EVERYBODY]
    outside = knowledge.outside | _outsiders(counts, organisations, knowledge)
    _subtract(counts, organisations, roles, outside)
    return list(_cells(counts, organisations, roles, outside))


def _people(facts: Iterable[Fact]) -> Counts:
    return {fact.place: round(fact.value) for fact in facts if fact.statistic == "n"}


def _asked(facts: Iterable[Fact]) -> Counts:
    """Where all counts of answers are shown, everybody who was asked."""
    parts: dict[Place, dict[str, int]] = {}
    answers: Counts = {}
    for fact in facts:
        if fact.statistic.startswith(ANSWER):
            answers[fact.place] = answers.get(fact.place, 0) + round(fact.value)
        if fact.statistic in ("n", *UNSCORED):
            parts.setdefault(fact.place, {})[fact.statistic] = round(fact.value)
    told = {place: sum(found.values()) for place, found in parts.items() if len(found) == 1 + len(UNSCORED)}
    return answers | told


def _outsiders(counts: Mapping[Place, int], organisations: list[str], knowledge: Knowledge) -> frozenset[str]:
    """The one organisation that makes the totals differ, if there is just one such."""
    region, totals = counts.get((EVERYBODY, EVERYBODY)), {name: counts.get((name, EVERYBODY)) for name in organisations}
    if knowledge.outside or region is None or None in totals.values():
        return frozenset()
    over = sum(people for people in totals.values() if people is not None) - region
    fitting = [name for name, people in totals.items() if people == over]
    return frozenset(fitting) if over > 0 and len(fitting) == 1 else frozenset()


def _subtract(counts: Counts, organisations: list[str], roles: list[str], outside: frozenset[str]) -> None:
    """Fill in every number of people that follows from totals, again and again until nothing more does."""
    inside = [name for name in organisations if name not in outside]
    lines = [([(name, role) for role in roles], (name, EVERYBODY)) for name in (*organisations, EVERYBODY)]
    lines += [([(name, role) for name in inside], (EVERYBODY, role)) for role in (*roles, EVERYBODY)]
    changed = True
    while changed:
        changed = False
        for parts, total in lines:
            missing = [place for place in (*parts, total) if place not in counts]
            if len(missing) != 1 or not parts:
                continue
            known = sum(counts[place] for place in parts if place in counts)
            value = known if missing[0] == total else counts[total] - known
            if value >= 0:
                counts[missing[0]] = value
                changed = True


def _cells(counts: Counts, organisations: list[str], roles: list[str], outside: frozenset[str]) -> Iterator[Cell]:
    unresolved = []
    for name in organisations:
        known = {role: counts[name, role] for role in roles if (name, role) in counts}
        total = counts.get((name, EVERYBODY))
        if total is None:
            unresolved.append(name)
            continue
        for role, people in known.items():
            if people:
                yield Cell(name, role, people, name not in outside)
        if (rest := total - sum(known.values())) > 0:
            yield Cell(name, REST, rest, name not in outside)
    region = counts.get((EVERYBODY, EVERYBODY))
    resolved = [counts[name, EVERYBODY] for name in organisations if name not in (*outside, *unresolved)]
    if region is not None and (rest := region - sum(resolved)) > 0:
        names = [name for name in unresolved if name not in outside]
        yield Cell(" + ".join(names) or REST, REST, rest, True)
