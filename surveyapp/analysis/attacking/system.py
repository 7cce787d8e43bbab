"""The equations that printed numbers are: over sums of marks of people whom no printed number tells apart."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor
from typing import Final

import numpy as np
from numpy.typing import NDArray

from surveyapp.analysis.attacking.facts import EVERYBODY, MEANS, SHARES, Fact
from surveyapp.analysis.attacking.knowledge import Knowledge
from surveyapp.analysis.attacking.sizes import REST

Floats = NDArray[np.float64]
ROUNDING: Final = 1e-7


@dataclass(frozen=True)
class Group:
    """People with a score on one key, and how the sum of their scores is made of unknown sums."""

    organisation: str
    role: str
    people: int
    inside: bool
    parts: Mapping[int, float]
    """Unknown -> factor."""
    since: int = 0
    until: int | None = None
    """The releases in which they were counted; None for all that came after."""

    def at(self, release: int) -> bool:
        return self.since <= release and (self.until is None or release < self.until)


@dataclass(frozen=True)
class Crowded:
    """People whom nothing tells apart, and the unknowns that are theirs."""

    name: str
    people: int
    unknowns: tuple[int, ...]
    cell: str = ""
    """Organisation and role, where some of the cell came or went between releases."""
    since: int = 0
    until: int | None = None

    def at(self, release: int) -> bool:
        return self.since <= release and (self.until is None or release < self.until)


@dataclass(frozen=True)
class System:
    """``low <= matrix @ sums <= high``: a row per fact, a column per unknown sum."""

    crowds: tuple[Crowded, ...]
    facts: tuple[Fact, ...]
    matrix: Floats
    low: Floats
    high: Floats
    people: Floats
    """Per unknown, over how many people the sum runs."""
    points: int
    whole: bool
    """Whether every unknown is a whole number."""

    @property
    def least(self) -> Floats:
        return self.people

    @property
    def most(self) -> Floats:
        return self.people * self.points


Weights = Mapping[int, float]
Bounded = tuple[dict[int, float], float]
"""The coefficients of a number, and what is known to be added to it."""


def build(
    crowds: Sequence[Crowded],
    groups: Mapping[str, Sequence[Group]],
    facts: Iterable[Fact],
    knowledge: Knowledge,
    *,
    whole: bool,
) -> System:
    """The system of all facts that are linear in the unknowns; ``groups`` per key."""
    width = sum(len(crowd.unknowns) for crowd in crowds)
    people = np.zeros(width)
    for crowd in crowds:
        people[list(crowd.unknowns)] = crowd.people
    rows, low, high, used = [], [], [], []
    for fact in facts:
        if fact.statistic not in MEANS:
            continue
        present = [group for group in groups[fact.key] if group.at(fact.release)]
        found = _equation(fact, present, knowledge)
        if found is None or not any(found[0].values()):
            continue
        weights, known = found
        row = np.zeros(width)
        row[list(weights)] = list(weights.values())
        scale = _scale(weights)
        limits = ((fact.value - known - fact.half) * scale, (fact.value - known + fact.half) * scale)
        if whole and _is_whole(row * scale):
            limits = _to_whole(*limits)
        rows.append(row * scale)
        low.append(limits[0])
        high.append(limits[1])
        used.append(fact)
    matrix = np.array(rows) if rows else np.zeros((0, width))
    return System(tuple(crowds), tuple(used), matrix, np.array(low), np.array(high), people, knowledge.points, whole)


def build_counts(crowds: Sequence[Crowded], groups: Sequence[Group], facts: Iterable[Fact]) -> System:
    """The system of numbers that count answers: each is a sum over its cells, or a share of the people in them."""
    rows, low, high, used = [], [], [], []
    people = np.array([float(crowd.people) for crowd in crowds])
    for fact in facts:
        here = _in([group for group in groups if group.at(fact.release)], fact.organisation)
        if not _tells_apart(here, fact.role):
            continue
        row = np.zeros(len(crowds))
        row[[unknown for group in here if fact.role in (EVERYBODY, group.role) for unknown in group.parts]] = 1.0
        if row.any():
            rows.append(row)
            total, half = (row @ people, fact.half) if fact.statistic in SHARES else (1.0, 0.0)
            low.append((fact.value - half) * total)
            high.append((fact.value + half) * total)
            used.append(fact)
    matrix = np.array(rows) if rows else np.zeros((0, len(crowds)))
    return System(tuple(crowds), tuple(used), matrix, np.array(low), np.array(high), people, 0, whole=True)


def _scale(weights: Weights) -> float:
    """Makes the largest coefficient 1, or all of them whole where they are alike."""
    return 1 / max(abs(each) for each in weights.values() if each)


def _is_whole(row: Floats) -> bool:
    return bool(np.allclose(row, np.round(row), atol=1e-9))


def _to_whole(low: float, high: float) -> tuple[float, float]:
    """A sum of whole numbers is whole; as it stands where no whole number fits."""
    tight = float(ceil(low - ROUNDING)), float(floor(high + ROUNDING))
    return tight if tight[0] <= tight[1] else (low, high)


def _equation(fact: Fact, groups: Sequence[Group], knowledge: Knowledge) -> Bounded | None:
    """The coefficients of a number and what is known to be added to it; None where it cannot be written down."""
    per_statistic: dict[str, Callable[[], Bounded | None]] = {
        "mean": lambda: _certain(_pooled(_in(groups, fact.organisation), fact.role)),
        "equal": lambda: _certain(_equal(groups, fact.role)),
        "gap": lambda: _certain(_gap(groups, fact.role, fact.other)),
        "balanced": lambda: _certain(_balanced(groups, fact.organisation)),
        "lower": lambda: _bound(fact, groups, knowledge, 1),
        "upper": lambda: _bound(fact, groups, knowledge, knowledge.points),
    }
    return per_statistic[fact.statistic]()


def _certain(weights: dict[int, float] | None) -> Bounded | None:
    return None if not weights else (weights, 0.0)


def _in(groups: Iterable[Group], organisation: str) -> list[Group]:
    if organisation == EVERYBODY:
        return [group for group in groups if group.inside]
    return [group for group in groups if group.organisation == organisation]


def _pooled(groups: Sequence[Group], role: str, divisor: float | None = None) -> dict[int, float] | None:
    """The mean of everybody in the role, or their sum over another number of people; None if roles are mixed up."""
    if not _tells_apart(groups, role):
        return None
    members = [group for group in groups if role in (EVERYBODY, group.role)]
    total = divisor or sum(group.people for group in members)
    weights: dict[int, float] = {}
    for group in members:
        for unknown, factor in group.parts.items():
            weights[unknown] = weights.get(unknown, 0.0) + factor / total
    return weights


def _tells_apart(groups: Sequence[Group], role: str) -> bool:
    """Whether it is known of every organisation who of it has the role."""
    lumped = {group.organisation for group in groups if group.role == REST}
    return role == EVERYBODY or lumped <= {group.organisation for group in groups if group.role == role}


def _mean(rows: Iterable[dict[int, float] | None]) -> dict[int, float] | None:
    """The mean of numbers; those without anybody do not count; None if one of them is not known."""
    found = []
    for row in rows:
        if row is None:
            return None
        if row:
            found.append(row)
    weights: dict[int, float] = {}
    for row in found:
        for unknown, weight in row.items():
            weights[unknown] = weights.get(unknown, 0.0) + weight / len(found)
    return weights


def _organisations(groups: Iterable[Group]) -> Iterator[list[Group]] | None:
    """The groups of each organisation of the region; None where some are lumped together."""
    apart: dict[str, list[Group]] = {}
    for group in groups:
        if group.inside:
            apart.setdefault(group.organisation, []).append(group)
    if any(name == REST or " + " in name for name in apart):
        return None
    return iter(apart.values())


def _equal(groups: Sequence[Group], role: str) -> dict[int, float] | None:
    apart = _organisations(groups)
    return None if apart is None else _mean(_pooled(each, role) for each in apart)


def _gap(groups: Sequence[Group], role: str, other: str) -> dict[int, float] | None:
    apart = _organisations(groups)
    if apart is None:
        return None
    differences: list[dict[int, float] | None] = []
    for each in apart:
        one, two = _pooled(each, role), _pooled(each, other)
        if one is None or two is None:
            return None
        if one and two:
            differences.append({**one, **{unknown: -weight for unknown, weight in two.items()}})
    return _mean(differences)


def _balanced(groups: Sequence[Group], organisation: str) -> dict[int, float] | None:
    """The mean over roles; of the region the mean over organisations."""
    if organisation != EVERYBODY:
        here = _in(groups, organisation)
        return _mean(_pooled(here, role) for role in dict.fromkeys(group.role for group in here))
    apart = _organisations(groups)
    if apart is None:
        return None
    return _mean(_balanced(each, each[0].organisation) for each in apart)


def _bound(fact: Fact, groups: Sequence[Group], knowledge: Knowledge, extreme: int) -> Bounded | None:
    """The mean if all who were silent had given the extreme mark; of the region the mean over its organisations.

    Of every role together the mean over the roles.
    """
    places = [_in(groups, fact.organisation)]
    if fact.organisation == EVERYBODY:
        apart = _organisations(groups)
        if apart is None:
            return None
        places = list(apart)
    could = {place[1:]: people for place, people in knowledge.of(fact.release).could.items() if place[0] == fact.key}
    found = _mean_bound(
        _mean_bound(
            _bound_of_role(here, role, could, extreme)
            for role in (dict.fromkeys(group.role for group in here) if fact.role == EVERYBODY else [fact.role])
        )
        for here in places
    )
    return found if found is not None and found[0] else None


def _mean_bound(found: Iterable[Bounded | None]) -> Bounded | None:
    """The mean of bounds; those of nobody do not count; None if one of them is not known."""
    bounds = []
    for each in found:
        if each is None:
            return None
        bounds += [each] if each[0] else []
    weights = _mean(weights for weights, _ in bounds)
    return None if weights is None else (weights, sum(silent for _, silent in bounds) / max(1, len(bounds)))


def _bound_of_role(
    here: Sequence[Group], role: str, could: Mapping[tuple[str, str], int], extreme: int
) -> Bounded | None:
    """Of one role in one organisation; empty where it has nobody."""
    members = [group for group in here if group.role == role]
    if not _tells_apart(here, role) or role == REST:
        return None
    if not members:
        return {}, 0.0
    asked = could.get((members[0].organisation, role))
    weights = _pooled(here, role, asked) if asked else None
    silent = (asked - sum(group.people for group in members)) / asked * extreme if asked else 0.0
    return None if weights is None else (weights, silent)
