"""What stays open of single answers when everything that is printed is put together: a veto after the leak test.

The leak test asks what follows exactly, whatever the answers. Here the answers count: marks lie on the scale, printed
numbers within half their last place, and answers to a statement are whole. For every person, and for every small group,
programmes (linear, and integer where few whole values are in reach; HiGHS) say between which values the rest of the
publication leaves them. Where that is too little, the least important number that gives enough room is withheld.

Every solution of a programme is an example of answers that fit what is printed, for all targets at once. So the first
first programmes pull as many targets as possible apart, and most targets never need one of their own.

Work is bounded, in steps and not in seconds, so that everybody's machine withholds the same. Where it does not suffice
to settle all targets, organisations are withheld, and only the region is looked at; then, if need be, all is withheld.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from math import ceil, floor, lcm
from typing import TYPE_CHECKING, Final

import numpy as np

from surveyapp.analysis.disclosure.candidates import REGION, Candidate, Name, Structure
from surveyapp.analysis.disclosure.policy import Policy
from surveyapp.analysis.disclosure.targets import SLACK, Flags, Floats, Integers, Targets

if TYPE_CHECKING:
    from scipy.sparse import csr_array

NODES: Final = 1_000
"""Programmes in a search for whole answers, at most; without an answer by then they count as impossible."""
MOST_STEPS: Final = 600_000
"""What the veto on one theme or statement may cost: a programme costs a step for each cell."""
ROUNDS: Final = 60
"""Programmes for all targets together, at most."""
IDLE: Final = 3
"""So many of them in a row that show nothing new are the last ones."""
TRIED: Final = 6
"""Of so many numbers it is tried whether to withhold that one alone suffices."""
WHOLE_ROUNDS: Final = 12
"""The same of programmes for whole answers."""
WHOLE: Final = 10**6
"""Coefficients that are whole numbers only when multiplied by more than this are left as they are."""


@dataclass(frozen=True)
class Printed:
    """One number as it is printed, and whether it can still be withheld."""

    candidate: Candidate
    value: float
    half: float
    fixed: bool = False


@dataclass(frozen=True)
class Equation:
    """Between which values a weighted sum of the cells' sums lies."""

    columns: tuple[int, ...]
    weights: tuple[float, ...]
    low: float
    high: float


@dataclass(frozen=True)
class Atoms:
    """The cells of one theme or statement, and what their people really answered in sum."""

    structure: Structure
    sums: Mapping[tuple[int, int], float]
    """Organisation and role, by their places -> the sum of marks."""
    points: int
    whole: bool
    """Whether sums are whole numbers: of a statement, not of a theme."""

    @cached_property
    def cells(self) -> list[tuple[int, int]]:
        return [(place, role) for place, roles in enumerate(self.structure.present) for role in roles]

    @cached_property
    def people(self) -> list[int]:
        return [self.structure.sizes[place][role] for place, role in self.cells]

    @cached_property
    def places(self) -> Mapping[tuple[int, int], int]:
        return {cell: column for column, cell in enumerate(self.cells)}


class TooMuchWorkError(Exception):
    """A search took all the steps it may take."""


def vetoed(atoms: Atoms, printed: Sequence[Printed], policy: Policy) -> frozenset[Name]:
    """The numbers to withhold, of ``printed`` in the order of their importance."""
    loose = [each for each in printed if not each.fixed]
    if not loose or not policy.width:
        return frozenset()
    of_the_region = [each for each in printed if each.fixed or each.candidate.name.organisation == REGION]
    for tried in (printed, of_the_region):
        try:
            kept = {each.candidate.name for each in with_room(Search.of(atoms, tried, policy))}
        except TooMuchWorkError:
            continue
        return frozenset(each.candidate.name for each in loose if each.candidate.name not in kept)
    return frozenset(each.candidate.name for each in loose)


def with_room(search: "Search") -> tuple[Printed, ...]:
    """Of the numbers in it those that together leave everybody room; raises ``TooMuchWorkError``."""
    search.look_around()
    for target in search.targets.unsettled:
        while (rows := search.binding(target)) is not None:
            looser = _looser(search, target, rows)
            if looser is None:
                break
            search = looser
    return search.printed


def _looser(search: "Search", target: int, rows: Sequence[int]) -> "Search | None":
    """Without the least important of these numbers that alone suffices, else without the least important.

    Of all numbers if none of these can be taken away; None if nothing is left to take.
    """
    loose = [place for place, each in enumerate(search.printed) if not each.fixed]
    chosen = sorted(set(rows).intersection(loose) or loose, reverse=True)
    if not chosen:
        return None
    for place in chosen[:TRIED] if len(chosen) > 1 else ():
        without = search.without(place)
        if without.binding(target) is None:
            return without
    return search.without(chosen[0])


@dataclass
class Work:
    """How much one search may still do."""

    steps: int = field(default_factory=lambda: MOST_STEPS)

    def spend(self, steps: int) -> None:
        """Raises ``TooMuchWorkError`` where nothing is left."""
        self.steps -= steps
        if self.steps < 0:
            raise TooMuchWorkError


@dataclass
class Search:
    """What some numbers leave open of unknown sums, one for each column.

    Over how many people each runs, how many points their scale has, and whether it is a whole number.
    """

    people: Sequence[int]
    points: int | Integers
    whole: bool | Flags
    policy: Policy
    printed: tuple[Printed, ...]
    equations: tuple[Equation, ...]
    targets: Targets
    work: Work = field(default_factory=Work)

    @classmethod
    def of(cls, atoms: Atoms, printed: Sequence[Printed], policy: Policy) -> "Search":
        targets = Targets.of(atoms.cells, atoms.people, atoms.points, policy, whole=atoms.whole)
        targets.see_whole(np.array([atoms.sums[cell] for cell in atoms.cells]))
        equations = tuple(equation_of(each, atoms) for each in printed)
        return cls(atoms.people, atoms.points, atoms.whole, policy, tuple(printed), equations, targets)

    def without(self, place: int) -> "Search":
        """The same without one number; what fits more numbers fits fewer as well."""
        return Search(
            self.people,
            self.points,
            self.whole,
            self.policy,
            (*self.printed[:place], *self.printed[place + 1 :]),
            (*self.equations[:place], *self.equations[place + 1 :]),
            replace(self.targets),
            self.work,
        )

    def look_around(self) -> None:
        """Find answers that fit and lie as far apart as possible, for many targets at once; then whole ones."""
        targets, width = self.targets, len(self.people)
        _pull_apart(targets, width, ROUNDS, lambda: targets.narrow, self._solve)
        if targets.is_counted_out:
            _pull_apart(targets, width, WHOLE_ROUNDS, lambda: targets.without_enough_sums, self._solve_roughly)

    def binding(self, target: int) -> list[int] | None:
        """The numbers that leave a target too little room; None where it has enough.

        Programmes are solved only where the answers that were found before do not show it yet.
        """
        targets, weights = self.targets, self._weights(target)
        if targets.is_wide(target, targets.low[target], targets.high[target]):
            return self._too_few(target, [])
        low, below = self._solve(weights)
        if targets.is_wide(target, low, targets.high[target]):
            return self._too_few(target, below)
        high, above = self._solve(-weights)
        if targets.is_wide(target, low, -high):
            return self._too_few(target, [*below, *above])
        return [*below, *above]

    def _too_few(self, target: int, rows: list[int]) -> list[int] | None:
        """Of few people, whether enough whole sums are possible; else the numbers that speak of them."""
        targets, values = self.targets, self.policy.values
        if targets.has_enough_sums(target):
            return None
        if not targets.is_counted_out and targets.high[target] - targets.low[target] >= values:
            return None
        weights = self._weights(target)
        ends = self._solve_whole(weights), self._solve_whole(-weights)
        if ends[0] is None or ends[1] is None:
            return [*rows, *self._touching(weights)]
        for value in range(ends[0] + 1, -ends[1]):
            if targets.has_enough_sums(target):
                break
            self._solve_whole(np.zeros(len(weights)), (weights, value))
        return None if targets.has_enough_sums(target) else [*rows, *self._touching(weights)]

    def _touching(self, weights: Floats) -> list[int]:
        """The numbers that speak of any of these cells."""
        cells = set(np.flatnonzero(weights).tolist())
        return [row for row, each in enumerate(self.equations) if cells.intersection(each.columns)]

    def _solve(self, objective: Floats) -> tuple[float, list[int]]:
        """The smallest value of the objective, and the numbers that keep it from being smaller."""
        from scipy.optimize import linprog  # noqa: PLC0415 - never loaded by the web process

        self.work.spend(len(self.people))
        matrix, limits = self._inequalities
        bounds = np.column_stack(self._ends)
        found = linprog(objective, A_ub=matrix, b_ub=limits, bounds=bounds, method="highs")  # type: ignore[call-overload]
        if found.x is None:
            raise ValueError("no answers fit the numbers that are to be printed: they do not add up")
        point = np.asarray(found.x, dtype=float)
        self.targets.see(point)
        tight = np.flatnonzero(np.abs(found.ineqlin.marginals) > SLACK)
        return float(objective @ point), sorted({int(row) % len(self.printed) for row in tight})

    def _solve_roughly(self, objective: Floats) -> int | None:
        """Whole answers that fit, and for which the objective is rather small."""
        return self._solve_whole(objective, gap=1.0)

    def _solve_whole(
        self, objective: Floats, such_that: tuple[Floats, int] | None = None, gap: float = 0.0
    ) -> int | None:
        """The smallest value of the objective by whole answers that fit; None where none do, or it takes too much.

        ``such_that``: weights of the sums, and what they come to. ``gap``: how much more than the smallest will do.
        """
        from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415 - never loaded by the web process

        self.work.spend(len(self.people))
        matrix, limits = self._inequalities
        found = milp(
            objective,
            constraints=[
                LinearConstraint(matrix, -np.inf, limits),
                *([LinearConstraint(such_that[0], such_that[1], such_that[1])] if such_that is not None else ()),
            ],
            bounds=Bounds(*self._ends),
            integrality=np.full(len(objective), self.whole).astype(np.int64),
            options={"node_limit": NODES, "mip_rel_gap": gap},
        )
        if found.x is None:
            return None
        point = np.asarray(found.x, dtype=float)
        self.targets.see_whole(np.where(self.whole, np.rint(point), point))
        return round(float(objective @ point))

    def _weights(self, target: int) -> Floats:
        only = np.zeros(len(self.targets.people))
        only[target] = 1.0
        return self.targets.weighing(only, len(self.people))

    @cached_property
    def _ends(self) -> tuple[Floats, Floats]:
        """Per cell the smallest and largest sum."""
        people = np.array(self.people, dtype=float)
        return people, people * self.points

    @cached_property
    def _inequalities(self) -> tuple["csr_array", Floats]:
        return _inequalities(self.equations, len(self.people))


def _pull_apart(
    targets: Targets, width: int, rounds: int, which: Callable[[], list[int]], solve: Callable[[Floats], object]
) -> None:
    """Solve for all of ``which`` at once, each in a direction drawn at random, until nothing new is seen."""
    chance = np.random.default_rng(width)
    unsettled, idle = which(), 0
    for _ in range(rounds):
        if not unsettled or idle == IDLE:
            return
        signs = np.zeros(len(targets.people))
        signs[unsettled] = chance.choice([-1.0, 1.0], len(unsettled)) / targets.people[unsettled]
        solve(targets.weighing(signs, width))
        left = which()
        idle = idle + 1 if len(left) == len(unsettled) else 0
        unsettled = left


def _inequalities(equations: Sequence[Equation], width: int) -> tuple["csr_array", Floats]:
    """Every printed number twice, from above and, with its sign turned, from below."""
    from scipy.sparse import csr_array  # noqa: PLC0415 - never loaded by the web process

    both = [(1.0, each.high) for each in equations], [(-1.0, -each.low) for each in equations]
    signed = [(sign, limit) for side in both for sign, limit in side]
    twice = [*equations, *equations]
    rows = [row for row, each in enumerate(twice) for _ in each.columns]
    columns = [column for each in twice for column in each.columns]
    values = [sign * value for (sign, _), each in zip(signed, twice, strict=True) for value in each.weights]
    matrix = csr_array((values, (rows, columns)), shape=(len(twice), width))
    return matrix, np.array([limit for _, limit in signed])


def equation_of(printed: Printed, atoms: Atoms) -> Equation:
    """The number as limits on a sum over cells."""
    structure, name = atoms.structure, printed.candidate.name
    cells = [
        (place, role, Fraction(coefficient, structure.units[place]))
        for place, vector in printed.candidate.row
        for role, coefficient in zip(structure.present[place], vector, strict=True)
        if coefficient
    ]
    common = lcm(*(weight.denominator for _, _, weight in cells)) if atoms.whole else WHOLE
    whole = common < WHOLE
    factor = Fraction(common) if whole else 1 / max(abs(weight) for _, _, weight in cells)
    weights = [float(weight * factor) for _, _, weight in cells]
    known, scale = _worth(name, structure, [(weight, structure.sizes[place][role]) for place, role, weight in cells])
    scale *= float(factor)
    low = (printed.value - printed.half - known) * scale
    high = (printed.value + printed.half - known) * scale
    if whole and ceil(low - SLACK) <= floor(high + SLACK):
        low, high = float(ceil(low - SLACK)), float(floor(high + SLACK))
    return Equation(
        tuple(atoms.places[place, role] for place, role, _ in cells), tuple(weights), low - SLACK, high + SLACK
    )


def _worth(name: Name, structure: Structure, weights: Sequence[tuple[Fraction, int]]) -> tuple[float, float]:
    """What is added to a number already, and by how much it is to be multiplied to be the sum of its weights."""
    if name.statistic != "bounds":
        return 0.0, float(sum(weight * people for weight, people in weights if weight > 0))
    members = structure.with_role(name.role)
    could = {place: structure.bounded_by[place][name.role] for place in members}
    silent = [(could[place] - structure.sizes[place][name.role]) / could[place] for place in members]
    return sum(silent) / len(members), float(len(members))
