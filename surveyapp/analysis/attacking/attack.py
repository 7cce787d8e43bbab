"""All attacks on everything that was read."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import combinations
from random import Random
from typing import Final, TypeVar

from surveyapp.analysis.attacking import combining, unknowns, unseen
from surveyapp.analysis.attacking.facts import (
    ANSWER,
    INTERVAL,
    MEANS,
    SHARES,
    SPREAD,
    UNSCORED,
    Fact,
    Leftover,
    Reading,
)
from surveyapp.analysis.attacking.finding import (
    COMBINED,
    CONTRADICTING,
    COUNTED,
    FEW_VALUES,
    LEFT_BEHIND,
    NARROW,
    TOO_PRECISE,
    UNANIMOUS,
    Finding,
)
from surveyapp.analysis.attacking.intervals import Contradiction, Programmes, of_one, weights_of
from surveyapp.analysis.attacking.knowledge import Demands, Knowledge
from surveyapp.analysis.attacking.spread import otherwise
from surveyapp.analysis.attacking.system import Crowded, System
from surveyapp.analysis.attacking.whole_numbers import Search

Drawn = TypeVar("Drawn")
MOST_UNIONS: Final = 60
"""Of groups of several cells at most so many are bounded, drawn at random; cells of one organisation always are."""
MOST_SINGLE: Final = 8
"""Of answers to single statements of a theme at most so many of small crowds, and so many of large ones, are bounded
with the whole theme."""
EQUAL: Final = 1e-9
MANY: Final = 1_000
"""More crowds than this are not bounded together."""


def attack(reading: Reading, knowledge: Knowledge | None = None, demands: Demands | None = None) -> list[Finding]:
    """Everything that follows from what was read and should not; see ``Demands`` for what should not."""
    known, wanted = knowledge or Knowledge(), demands or Demands()
    reading = replace(reading, facts=_each_once(reading.facts))
    found = [*map(_left, unseen.not_shown(reading)), *_too_precise(reading.facts, wanted)]
    for key in reading.keys:
        found += _on(unknowns.of_key(reading, known, key), key, wanted)
        found += _on_spread(reading, known, key, wanted)
        for statistic in (*UNSCORED, *_answers(reading, key)):
            found += _on_counts(unknowns.of_counts(reading, known, key, statistic), key, wanted.people_of_counts)
        for statistic in SHARES:
            found += _on_counts(unknowns.of_counts(reading, known, key, statistic), key, wanted.people_of_shares)
    for theme in reading.themes:
        together = unknowns.of_theme(reading, known, theme)
        if together is not None:
            found += _on(together, theme, wanted)
    return list(dict.fromkeys(found))


def _left(each: Leftover) -> Finding:
    return Finding(LEFT_BEHIND, "", (), 0, each.value, each.value, (), f"{each.place}: {each.words}")


def _each_once(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """The same number of the same thing in several places is one fact, with all the decimals that any has of it."""
    precise: dict[Fact, list[Fact]] = {}
    for fact in sorted(facts, key=lambda fact: -fact.decimals):
        alike = precise.setdefault(replace(fact, value=0.0, decimals=0, source=""), [])
        if all(abs(fact.value - other.value) > fact.half + EQUAL for other in alike):
            alike.append(fact)
    return tuple(fact for alike in precise.values() for fact in alike)


def _too_precise(facts: Iterable[Fact], demands: Demands) -> Iterator[Finding]:
    for fact in facts:
        if fact.statistic in MEANS and fact.decimals > demands.decimals:
            yield Finding(TOO_PRECISE, fact.key, (), 0, fact.value, fact.value, (fact,), fact.source)


def _on(system: System, key: str, demands: Demands) -> Iterator[Finding]:
    for group in combining.told(system, demands.people):
        low, high, facts = combining.recover(system, group)
        people = sum(crowd.people for crowd in group)
        yield Finding(COMBINED, key, tuple(crowd.name for crowd in group), people, low, high, facts)
    if not system.facts or len(system.crowds) > MANY:
        return
    try:
        yield from _narrow(system, key, demands)
    except Contradiction:
        yield Finding(CONTRADICTING, key, (), 0, 0.0, 0.0, system.facts)


def _on_counts(system: System, key: str, least: int | None) -> Iterator[Finding]:
    for group in combining.told(system, least or 0):
        low, high, facts = combining.recover(system, group)
        people = sum(crowd.people for crowd in group)
        yield Finding(COUNTED, key, tuple(crowd.name for crowd in group), people, low * people, high * people, facts)


def _answers(reading: Reading, key: str) -> list[str]:
    """The answers to a question of which there are counts."""
    here = (fact.statistic for fact in reading.facts if fact.key == key and fact.statistic.startswith(ANSWER))
    return list(dict.fromkeys(here))


def _on_spread(reading: Reading, known: Knowledge, key: str, demands: Demands) -> Iterator[Finding]:
    """Everybody in a cell is alike, so what all of them gave is what each of them gave."""
    if key in reading.themes:
        return
    cells: dict[tuple[int, str, str], list[Fact]] = defaultdict(list)
    for fact in reading.facts:
        if fact.key == key and not fact.other:
            cells[fact.release, *fact.place].append(fact)
    for (release, organisation, role), facts in cells.items():
        people = next((round(fact.value) for fact in facts if fact.statistic == "n"), 0)
        could = known.of(release).could_in(key, organisation, role)
        found = otherwise(facts, people, known.points, could if could >= people else None) if people else None
        if found is not None and found[0] < demands.otherwise:
            told = tuple(fact for fact in facts if fact.statistic in ("n", "mean", *SPREAD, *INTERVAL))
            yield Finding(UNANIMOUS, key, (f"{organisation} / {role}",), people, found[1], found[2], told)


def _narrow(system: System, key: str, demands: Demands) -> Iterator[Finding]:
    programmes, search = Programmes(system), Search(system)
    single = [(crowd, unknown) for crowd in system.crowds for unknown in crowd.unknowns]
    if len(single) > len(system.crowds):
        small = [pair for pair in single if pair[0].people < demands.people]
        single = [*_drawn(small, MOST_SINGLE), *_drawn([pair for pair in single if pair not in small], MOST_SINGLE)]
    for crowd, unknown in single:
        yield from _one(programmes, crowd, unknown, key, demands)
        if system.whole and crowd.people < demands.people:
            yield from _few_values(programmes, search, (crowd,), (unknown,), key, demands)
    for group in _unions(system, demands.people):
        yield from _group(programmes, group, key, demands)
        if system.whole:
            columns = tuple(crowd.unknowns[0] for crowd in group)
            yield from _few_values(programmes, search, group, columns, key, demands)


def _one(programmes: Programmes, crowd: Crowded, unknown: int, key: str, demands: Demands) -> Iterator[Finding]:
    """One person of a crowd; all of them are alike to whoever has only tables."""
    system, people = programmes.system, crowd.people

    def wide(low: float, high: float) -> bool:
        least, most = of_one((low, high), people, system.points)
        return most - least >= demands.one - 1e-6

    found = programmes.narrow(weights_of(system, [unknown]), wide)
    if found is not None:
        low, high = of_one((found.low, found.high), people, system.points)
        yield Finding(NARROW, key, (crowd.name,), 1, low, high, found.facts)


def _group(programmes: Programmes, group: tuple[Crowded, ...], key: str, demands: Demands) -> Iterator[Finding]:
    """The mean of a group of fewer people than the threshold."""
    columns = [crowd.unknowns[0] for crowd in group]
    people = sum(crowd.people for crowd in group)

    def wide(low: float, high: float) -> bool:
        return (high - low) / people >= demands.group - 1e-6

    found = programmes.narrow(weights_of(programmes.system, columns), wide)
    if found is not None and _are_whole_cells(group, programmes.system, found.facts):
        names = tuple(crowd.name for crowd in group)
        yield Finding(NARROW, key, names, people, found.low / people, found.high / people, found.facts)


def _are_whole_cells(group: tuple[Crowded, ...], system: System, facts: Iterable[Fact]) -> bool:
    """Whether these were all people of their cells when any of the numbers was released.

    Four of five people, by what was printed of the five, are no group: that one leaves later tells nothing more.
    """
    cells = {crowd.cell for crowd in group}
    return any(
        {crowd for crowd in system.crowds if crowd.cell in cells and crowd.at(release)} == set(group)
        for release in {fact.release for fact in facts}
    )


def _unions(system: System, least: int) -> list[tuple[Crowded, ...]]:
    """Crowds of several people and unions of crowds, with fewer people than the threshold."""
    if any(len(crowd.unknowns) > 1 for crowd in system.crowds):
        return []
    small = [crowd for crowd in system.crowds if crowd.people < least]
    several = [(crowd,) for crowd in small if crowd.people > 1]
    together = [
        group
        for size in range(2, min(least, 4))
        for group in combinations(small[:60], size)
        if sum(crowd.people for crowd in group) < least
    ]
    near = [group for group in together if len({_organisation(crowd) for crowd in group}) == 1]
    far = [group for group in together if len({_organisation(crowd) for crowd in group}) > 1]
    return [*several, *near, *_drawn(far, MOST_UNIONS)]


def _drawn(found: list[Drawn], most: int) -> list[Drawn]:
    """At most so many of them, the same ones every time."""
    return Random(len(found)).sample(found, min(len(found), most))  # noqa: S311 - a sample, not a secret


def _organisation(crowd: Crowded) -> str:
    return crowd.name.split(" / ")[0]


def _few_values(
    programmes: Programmes,
    search: Search,
    group: tuple[Crowded, ...],
    columns: tuple[int, ...],
    key: str,
    demands: Demands,
) -> Iterator[Finding]:
    possible = search.sums(columns)
    if possible is None:
        weights = weights_of(programmes.system, columns)
        near = programmes.narrow(weights, lambda low, high: high - low >= demands.values)
        possible = search.between(weights, near.low, near.high) if near is not None else None
    if possible is not None and len(possible.sums) < demands.values:
        people = sum(crowd.people for crowd in group)
        low, high = (min(possible.sums), max(possible.sums)) if possible.sums else (0, 0)
        names = tuple(crowd.name for crowd in group)
        yield Finding(FEW_VALUES, key, names, people, low / people, high / people, possible.facts)
