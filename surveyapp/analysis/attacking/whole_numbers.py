"""The third attack: answers are whole numbers, so a few printed decimals can leave very few possibilities.

Where few unknowns are involved every combination of whole sums is tried; else a small range is tried value by value
with an integer programme.
"""

from dataclasses import dataclass
from functools import cached_property
from math import ceil, floor
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp

from surveyapp.analysis.attacking.facts import Fact
from surveyapp.analysis.attacking.system import Floats, System

MOST_COMBINATIONS: Final = 20_000
MOST_PROGRAMMES: Final = 6
"""A range of more whole values than this is not tried value by value."""
SLACK: Final = 1e-6
SECONDS: Final = 2.0


@dataclass(frozen=True)
class Possible:
    """The sums that a group can have, and the numbers that exclude the others."""

    sums: tuple[int, ...]
    facts: tuple[Fact, ...]


@dataclass
class Search:
    """Whole-number possibilities within one system."""

    system: System

    def sums(self, unknowns: tuple[int, ...]) -> Possible | None:
        """What these unknowns together can come to by trying everything about them; None if that is too much.

        Numbers that speak of others as well are left out, unless all others fit in too, so this finds no more than
        there is.
        """
        everything = tuple(range(len(self.system.people)))
        for chosen in (everything, self._around(unknowns)):
            if self._combinations(chosen) <= MOST_COMBINATIONS:
                rows = self._rows_within(chosen)
                found = self._solutions(chosen, rows)[:, [chosen.index(each) for each in unknowns]].sum(axis=1)
                return Possible(tuple(int(each) for each in np.unique(found)), self._facts(rows))
        return None

    def between(self, weights: Floats, low: float, high: float) -> Possible | None:
        """The whole values of ``weights @ sums`` in a range, each tried; None if there are too many to try."""
        tried = range(ceil(low - SLACK), floor(high + SLACK) + 1)
        if len(tried) > MOST_PROGRAMMES:
            return None
        return Possible(tuple(value for value in tried if self._feasible(weights, value)), self.system.facts)

    def _around(self, unknowns: tuple[int, ...]) -> tuple[int, ...]:
        """The unknowns of the smallest numbers that speak of these."""
        touching = [row for row in self._supports if row.intersection(unknowns)]
        smallest = min(touching, key=len, default=frozenset(unknowns))
        return tuple(sorted(smallest | set(unknowns)))

    @cached_property
    def _supports(self) -> list[frozenset[int]]:
        return [frozenset(int(place) for place in np.flatnonzero(row)) for row in self.system.matrix]

    def _rows_within(self, chosen: tuple[int, ...]) -> list[int]:
        return [place for place, support in enumerate(self._supports) if support <= set(chosen)]

    def _facts(self, rows: list[int]) -> tuple[Fact, ...]:
        return tuple(self.system.facts[place] for place in rows)

    def _combinations(self, chosen: tuple[int, ...]) -> float:
        system = self.system
        spans = system.most[list(chosen)] - system.least[list(chosen)] + 1
        return float(np.prod(spans))

    def _solutions(self, chosen: tuple[int, ...], rows: list[int]) -> NDArray[np.int64]:
        system = self.system
        axes = [np.arange(system.least[each], system.most[each] + 1) for each in chosen]
        grid = np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1).reshape(-1, len(chosen))
        values = grid @ system.matrix[np.ix_(rows, list(chosen))].T
        fits = ((values >= system.low[rows] - SLACK) & (values <= system.high[rows] + SLACK)).all(axis=1)
        return np.asarray(grid[fits], dtype=np.int64)

    def _feasible(self, weights: Floats, value: int) -> bool:
        system = self.system
        found = milp(
            np.zeros(len(weights)),
            constraints=[
                LinearConstraint(system.matrix, system.low - SLACK, system.high + SLACK),
                LinearConstraint(weights, value, value),
            ],
            bounds=Bounds(system.least, system.most),
            integrality=np.ones(len(weights), dtype=np.int64),
            options={"time_limit": SECONDS},
        )
        return found.status != 2
