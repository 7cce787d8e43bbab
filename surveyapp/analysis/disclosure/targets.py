"""Of whom too little may stay open: every single person, every group of fewer people than the threshold."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import Final

import numpy as np
from numpy.typing import NDArray

from surveyapp.analysis.disclosure.policy import Policy

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Integers = NDArray[np.int64]
Group = tuple[int, ...]
MOST_GROUPS: Final = 4_000
"""Of more groups than this all of one organisation are looked at, and a sample of the others."""
LARGEST_DRAWN: Final = 4
"""Cells in a group of that sample: fewer than the threshold, for every cell has somebody in it."""
MOST_CELLS: Final = 150
"""Of more cells than this it is enough that the programmes leave room for whole sums: many cells make many of them."""
SLACK: Final = 1e-6


@dataclass
class Targets:
    """What is to stay open, and between which sums the answers lie that were found to fit so far."""

    cells: Integers
    """The cells that the targets are about, one target after the other."""
    starts: Integers
    """Per target where its cells begin."""
    people: Floats
    one: Flags
    """Whether a target is about a single person of one cell, instead of about the mean of everybody in it."""
    counted: Flags
    """Whether a minimum of different whole sums must be possible."""
    points: int | Integers
    """Of the scale, per target where they differ."""
    policy: Policy
    low: Floats
    high: Floats
    different: Floats
    """Per target different whole sums that were found to fit, as many as must be possible; NaN for those not found."""

    @classmethod
    def of(
        cls, cells: Sequence[tuple[int, int]], people: Sequence[int], points: int, policy: Policy, *, whole: bool
    ) -> "Targets":
        groups = small_groups(tuple(place for place, _ in cells), tuple(people), policy.threshold)
        return cls.over(range(len(people)), groups, people, points, policy, whole=whole)

    @classmethod
    def over(
        cls,
        single: Sequence[int],
        groups: Sequence[Group],
        people: Sequence[int],
        points: int | Integers,
        policy: Policy,
        *,
        whole: bool,
    ) -> "Targets":
        """A single person of each of these cells, and these groups of cells; ``points`` per cell where they differ."""
        sets = [*((column,) for column in single), *groups]
        sizes = np.array([sum(people[column] for column in group) for group in sets], dtype=float)
        columns = np.array([column for group in sets for column in group], dtype=np.int64)
        starts = np.cumsum([0, *map(len, sets[:-1])], dtype=np.int64)
        one = np.arange(len(sets)) < len(single)
        counted = whole & (sizes < policy.threshold)
        steps = points if isinstance(points, int) else points[[columns_of[0] for columns_of in sets]]
        nowhere = np.full(len(sets), np.inf)
        different = np.full((len(sets), policy.values), np.nan)
        return cls(columns, starts, sizes, one, counted, steps, policy, nowhere, -nowhere, different)

    def see(self, sums: Floats) -> None:
        """Take into account that these sums of the cells fit what is printed."""
        values = np.add.reduceat(sums[self.cells], self.starts)
        self.low, self.high = np.minimum(self.low, values), np.maximum(self.high, values)

    def see_whole(self, sums: Floats) -> None:
        """The same of sums that are whole numbers."""
        self.see(sums)
        values = np.rint(np.add.reduceat(sums[self.cells], self.starts))
        known = (~np.isnan(self.different)).sum(axis=1)
        new = (known < self.different.shape[1]) & ~(self.different == values[:, None]).any(axis=1)
        self.different = self.different.copy()
        self.different[new, known[new]] = values[new]

    def has_enough_sums(self, target: int) -> bool:
        """Whether as many whole sums of a target were seen as must be possible, or none need be."""
        return not self.counted[target] or not np.isnan(self.different[target]).any()

    @property
    def without_enough_sums(self) -> list[int]:
        """The targets of which that is not so."""
        return [int(target) for target in np.flatnonzero(self.counted & np.isnan(self.different).any(axis=1))]

    def weighing(self, weights: Floats, width: int) -> Floats:
        """Per cell how much it counts where every target counts so much."""
        lengths = np.diff([*self.starts, len(self.cells)])
        return np.asarray(np.bincount(self.cells, weights=np.repeat(weights, lengths), minlength=width), dtype=float)

    @property
    def narrow(self) -> list[int]:
        """The targets of which what was seen does not show yet that enough room stays open."""
        with np.errstate(invalid="ignore"):
            wide = self._wide(self.low, self.high)
            if not self.is_counted_out:
                wide &= ~self.counted | (self.high - self.low >= self.policy.values)
        return [int(target) for target in np.flatnonzero(~wide)]

    @property
    def unsettled(self) -> list[int]:
        """Those, and the ones of which too few whole sums were seen."""
        return sorted({*self.narrow, *(self.without_enough_sums if self.is_counted_out else ())})

    @property
    def is_counted_out(self) -> bool:
        """Whether there are so few cells that whole sums are looked for one by one; else the room must hold them."""
        return int(self.cells.max(initial=0)) < MOST_CELLS

    def is_wide(self, target: int, low: float, high: float) -> bool:
        """Whether sums between these leave this target enough room."""
        return bool(self._wide(low, high)[target])

    def _wide(self, low: Floats | float, high: Floats | float) -> Flags:
        others = self.people - 1
        least = np.maximum(1.0, low - self.points * others)
        most = np.minimum(self.points, high - others)
        single = most - least >= self.policy.width - SLACK
        mean = (high - low) / self.people >= self.policy.group_width - SLACK
        return np.asarray(np.where(self.one, single, mean), dtype=bool)


@lru_cache(maxsize=256)
def small_groups(places: tuple[int, ...], people: tuple[int, ...], least: int) -> tuple[Group, ...]:
    """The sets of cells with fewer people than ``least``; ``places`` are the organisations of the cells.

    Small sets first. Where there are more than ``MOST_GROUPS``: those of one organisation, and a sample of the others
    (the same one every time).
    """
    small = [column for column, number in enumerate(people) if number < least]
    found: list[Group] = []
    last: list[tuple[Group, int]] = [((), 0)]
    while last and len(found) <= MOST_GROUPS:
        last = [
            ((*group, column), total + people[column])
            for group, total in last
            for column in small
            if (not group or column > group[-1]) and total + people[column] < least
        ]
        found += [group for group, _ in last]
    return tuple(found) if len(found) <= MOST_GROUPS else _sampled(small, places, people, least)


def _sampled(small: Sequence[int], places: tuple[int, ...], people: tuple[int, ...], least: int) -> tuple[Group, ...]:
    of_place: dict[int, list[int]] = {}
    for column in small:
        of_place.setdefault(places[column], []).append(column)
    near = [
        group
        for columns in of_place.values()
        for size in range(1, len(columns) + 1)
        for group in combinations(columns, size)
        if sum(people[column] for column in group) < least
    ]
    chance = np.random.default_rng(len(small))
    shape = 2 * MOST_GROUPS, LARGEST_DRAWN
    drawn = zip(
        chance.integers(len(small), size=shape).tolist(),
        chance.integers(2, LARGEST_DRAWN + 1, size=shape[0]).tolist(),
        strict=True,
    )
    groups = (tuple(sorted({small[place] for place in places[:size]})) for places, size in drawn)
    far = [group for group in groups if sum(people[column] for column in group) < least]
    return tuple(dict.fromkeys((*near, *far[:MOST_GROUPS])))
