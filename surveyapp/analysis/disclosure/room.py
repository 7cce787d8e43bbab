"""What stays open of single answers when everything that is printed is put together: a veto after the leak test.

The leak test asks what follows exactly, whatever the answers. Here the answers count: marks lie on the scale, printed
numbers within half their last place, and answers to a statement are whole. For every person, and for every small group,
programmes (linear, and integer where few whole values are in reach; HiGHS) say between which values the rest of the
publication leaves them. Where that is too little, the least important numbers that narrow it are withheld.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from math import ceil, floor
from typing import Final

import numpy as np
from numpy.typing import NDArray

from surveyapp.analysis.disclosure.candidates import Candidate, Name, Structure
from surveyapp.analysis.disclosure.policy import Policy

Floats = NDArray[np.float64]
SLACK: Final = 1e-6
MOST_GROUPS: Final = 4_000
"""Of more unions of cells than this only the first are looked at: single cells, pairs, and so on."""
SECONDS: Final = 1.0
"""What a search for whole answers may take; without an answer by then they count as impossible."""


@dataclass(frozen=True)
class Printed:
    """One number as it is printed, and whether it can still be withheld."""

    candidate: Candidate
    value: float
    half: float
    fixed: bool = False


@dataclass(frozen=True)
class Atoms:
    """The cells of one theme or statement, and what their people really answered in sum."""

    structure: Structure
    sums: Mapping[tuple[int, int], float]
    """Organisation and role, by their places -> the sum of marks."""
    points: int
    whole: bool
    """Whether sums are whole numbers: of a statement, not of a theme."""

    @property
    def cells(self) -> list[tuple[int, int]]:
        return [(place, role) for place, roles in enumerate(self.structure.present) for role in roles]

    @property
    def people(self) -> Floats:
        return np.array([float(self.structure.sizes[place][role]) for place, role in self.cells])


def vetoed(atoms: Atoms, printed: Sequence[Printed], policy: Policy) -> frozenset[Name]:
    """The numbers to withhold, of ``printed`` in the order of their importance."""
    if not printed or not policy.width:
        return frozenset()
    search = _Search(atoms, list(printed))
    withheld: set[Name] = set()
    for target in search.targets(policy):
        while (rows := search.binding(target, policy)) is not None:
            name = search.withhold(rows)
            if name is None:
                break
            withheld.add(name)
    return frozenset(withheld)


@lru_cache(maxsize=256)
def _small_groups(people: tuple[int, ...], least: int) -> tuple[tuple[int, ...], ...]:
    """The sets of cells with fewer people than ``least``, small sets first; not all of them where there are many."""
    small = [column for column, number in enumerate(people) if number < least]
    found: list[tuple[int, ...]] = []
    last: list[tuple[tuple[int, ...], int]] = [((), 0)]
    while last and len(found) < MOST_GROUPS:
        last = [
            ((*group, column), total + people[column])
            for group, total in last
            for column in small
            if (not group or column > group[-1]) and total + people[column] < least
        ]
        found += [group for group, _ in last]
    return tuple(found[:MOST_GROUPS])


@dataclass(frozen=True)
class _Target:
    """A group of cells; ``one`` where it is about a single person of one cell."""

    weights: Floats
    people: int
    one: bool


@dataclass
class _Search:
    atoms: Atoms
    printed: list[Printed]
    _witnesses: list[Floats] = field(default_factory=list)
    """Answers that fit what is printed; they still fit when less is."""

    def __post_init__(self) -> None:
        self.people = self.atoms.people
        self._places = {cell: column for column, cell in enumerate(self.atoms.cells)}
        self._witnesses.append(np.array([self.atoms.sums[cell] for cell in self.atoms.cells]))
        self._rows = [self._equation(each) for each in self.printed]

    def targets(self, policy: Policy) -> Iterator[_Target]:
        """Every person, every small group; only those of whom the witnesses do not show enough yet."""
        size = len(self.people)
        for column in range(size):
            weights = np.zeros(size)
            weights[column] = 1.0
            yield _Target(weights, int(self.people[column]), one=True)
        for group in _small_groups(tuple(int(each) for each in self.people), policy.threshold):
            weights = np.zeros(size)
            weights[list(group)] = 1.0
            yield _Target(weights, int(self.people[list(group)].sum()), one=False)

    def binding(self, target: _Target, policy: Policy) -> list[int] | None:
        """The numbers that leave a target too little room; None where it has enough.

        Programmes are solved only where the answers that were found before do not show it yet.
        """
        if self._is_wide(self._seen(target), target, policy):
            return self._too_few(target, policy, [])
        low, below = self._solve(target.weights)
        if self._is_wide((low, self._seen(target)[1]), target, policy):
            return self._too_few(target, policy, below)
        high, above = self._solve(-target.weights)
        if self._is_wide((low, -high), target, policy):
            return self._too_few(target, policy, [*below, *above])
        return [*below, *above]

    def _seen(self, target: _Target) -> tuple[float, float]:
        values = np.array(self._witnesses) @ target.weights
        return float(values.min()), float(values.max())

    def _is_wide(self, span: tuple[float, float], target: _Target, policy: Policy) -> bool:
        low, high = span
        if target.one:
            points, others = self.atoms.points, target.people - 1
            least, most = max(1.0, low - points * others), min(float(points), high - others)
            return most - least >= policy.width - SLACK
        return (high - low) / target.people >= policy.group_width - SLACK

    def _too_few(self, target: _Target, policy: Policy, rows: list[int]) -> list[int] | None:
        """Where few whole sums lie in reach, whether enough of them are possible."""
        if not self.atoms.whole or target.people >= policy.threshold or self._many(target, policy):
            return None
        low, below = self._solve(target.weights)
        high, above = self._solve(-target.weights)
        if -high - low >= policy.values:
            return None
        possible = sum(self._is_possible(target, value) for value in range(ceil(low - SLACK), floor(-high + SLACK) + 1))
        return None if possible >= policy.values else [*rows, *below, *above]

    def _many(self, target: _Target, policy: Policy) -> bool:
        low, high = self._seen(target)
        return high - low >= policy.values

    def withhold(self, rows: Sequence[int]) -> Name | None:
        """Take away the least important of these numbers, else of all; None if nothing is left to take."""
        loose = [place for place, each in enumerate(self.printed) if not each.fixed]
        chosen = [place for place in rows if place in loose] or loose
        if not chosen:
            return None
        place = max(chosen)
        del self._rows[place]
        return self.printed.pop(place).candidate.name

    def _solve(self, objective: Floats) -> tuple[float, list[int]]:
        """The smallest value of the objective, and the numbers that keep it from being smaller."""
        from scipy.optimize import linprog  # noqa: PLC0415 - never loaded by the web process

        weights = np.array([row for row, _, _ in self._rows])
        limits = np.array([(low, high) for _, low, high in self._rows])
        found = linprog(
            objective,
            A_ub=np.vstack([weights, -weights]) if self._rows else None,
            b_ub=np.concatenate([limits[:, 1], -limits[:, 0]]) if self._rows else None,
            bounds=list(zip(self.people.tolist(), (self.people * self.atoms.points).tolist(), strict=True)),
            method="highs",
        )
        if found.x is None:
            raise ValueError("no answers fit the numbers that are to be printed: they do not add up")
        point = np.asarray(found.x, dtype=float)
        self._witnesses.append(point)
        tight = np.flatnonzero(np.abs(found.ineqlin.marginals) > SLACK) if self._rows else ()
        return float(objective @ point), sorted({int(row) % len(self._rows) for row in tight})

    def _is_possible(self, target: _Target, value: int) -> bool:
        """Whether whole answers fit with which the target comes to this sum; not, if that takes too long to tell."""
        from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415 - never loaded by the web process

        limits = [LinearConstraint(weights, low, high) for weights, low, high in self._rows]
        found = milp(
            np.zeros(len(self.people)),
            constraints=[*limits, LinearConstraint(target.weights, value, value)],
            bounds=Bounds(self.people, self.people * self.atoms.points),
            integrality=np.ones(len(self.people), dtype=np.int64),
            options={"time_limit": SECONDS},
        )
        return found.x is not None

    def _equation(self, printed: Printed) -> tuple[Floats, float, float]:
        """The number as limits on a sum over cells."""
        weights = np.zeros(len(self.people))
        for place, vector in printed.candidate.row:
            for role, coefficient in zip(self.atoms.structure.present[place], vector, strict=True):
                weights[self._places[place, role]] = coefficient
        scale, known = _worth(printed.candidate.name, self.atoms.structure, weights, self.people, self._places)
        low = (printed.value - printed.half - known) * scale
        high = (printed.value + printed.half - known) * scale
        if self.atoms.whole and float(ceil(low - SLACK)) <= float(floor(high + SLACK)):
            low, high = float(ceil(low - SLACK)), float(floor(high + SLACK))
        return weights, low - SLACK, high + SLACK


def _worth(
    name: Name, structure: Structure, weights: Floats, people: Floats, places: Mapping[tuple[int, int], int]
) -> tuple[float, float]:
    """By how much a number is to be multiplied to be the sum of its weights, and what is added to it already."""
    if name.statistic != "bounds":
        return float(np.maximum(weights, 0) @ people), 0.0
    members = structure.with_role(name.role)
    could = {place: structure.bounded_by[place][name.role] for place in members}
    silent = [(could[place] - structure.sizes[place][name.role]) / could[place] for place in members]
    first = members[0]
    scale = float(weights[places[first, name.role]]) * could[first] * len(members)
    return scale, sum(silent) / len(members)
