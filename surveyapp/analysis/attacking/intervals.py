"""The second attack: how far the answers of somebody, or of a small group, can lie apart by all that was printed.

Linear programmes over the unknown sums: marks lie on the scale and printed numbers within half their last place. Every
solution found is kept as a witness; a target whose witnesses already lie far enough apart needs no programme.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import linprog

from surveyapp.analysis.attacking.facts import Fact
from surveyapp.analysis.attacking.system import Floats, System

SLACK = 1e-7


class Contradiction(Exception):
    """No answers fit what was printed."""


@dataclass(frozen=True)
class Interval:
    """The smallest and largest value of a target, and the numbers that keep it there."""

    low: float
    high: float
    facts: tuple[Fact, ...]


@dataclass
class Programmes:
    """The linear programmes of one system."""

    system: System
    _witnesses: list[Floats] = field(default_factory=list)

    def narrow(self, weights: Floats, wide: Callable[[float, float], bool]) -> Interval | None:
        """The interval of ``weights @ sums`` if it is not ``wide``; raises ``Contradiction``."""
        seen = np.array(self._witnesses) @ weights if self._witnesses else np.zeros(0)
        if len(seen) and wide(seen.min(), seen.max()):
            return None
        low, below = self._end(weights, 1)
        if len(seen) and wide(low, seen.max()):
            return None
        high, above = self._end(weights, -1)
        if wide(low, high):
            return None
        used = dict.fromkeys([*below, *above])
        return Interval(low, high, tuple(self.system.facts[place] for place in used))

    def _end(self, weights: Floats, sign: int) -> tuple[float, list[int]]:
        system = self.system
        found = linprog(
            sign * weights,
            A_ub=np.vstack([system.matrix, -system.matrix]),
            b_ub=np.concatenate([system.high + SLACK, SLACK - system.low]),
            bounds=list(zip(system.least.tolist(), system.most.tolist(), strict=True)),
            method="highs",
        )
        if found.status == 2:
            raise Contradiction
        if found.status != 0:
            raise RuntimeError(f"a linear programme ended with: {found.message}")
        point = np.asarray(found.x, dtype=float)
        self._witnesses.append(point)
        binding = np.flatnonzero(np.abs(found.ineqlin.marginals) > SLACK) % len(system.facts)
        return float(weights @ point), [int(place) for place in binding]


def of_one(interval: tuple[float, float], people: int, points: int) -> tuple[float, float]:
    """Between which the answer of one of ``people`` lies whose sum lies in ``interval``."""
    low, high = interval
    return max(1.0, low - points * (people - 1)), min(float(points), high - (people - 1))


def weights_of(system: System, unknowns: Sequence[int]) -> Floats:
    """The sum over these unknowns."""
    weights = np.zeros(len(system.people))
    weights[list(unknowns)] = 1.0
    return weights
