"""Distributions of sums of independent parts on whole numbers, as far as they can be worked out in full.

Parts whose values lie on the same lattice have few different sums. Adding those first keeps everything small until
different denominators meet.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations, compress, product
from math import gcd, prod
from typing import Final

import numpy as np

from surveyapp.analysis.agreement import Integers, Numbers

_ADDITIONS: Final = 30_000_000
"""For adding two parts, at most."""
_CHOICE: Final = 8
"""Parts among which the two halves are chosen by trying every way."""
_MANY: Final = 40
"""Parts on lattices of their own, at most, among which the cheapest order is looked for."""


@dataclass(frozen=True, eq=False)
class Distribution:
    """What a sum can be and with which probability; ``values`` ascending whole numbers a multiple of ``step`` apart."""

    values: Integers
    chances: Numbers
    step: int

    @property
    def span(self) -> int:
        return int(self.values[-1] - self.values[0])


_NOTHING: Final = Distribution(np.zeros(1, dtype=np.int64), np.ones(1), 0)


def same_lattice_added(parts: Iterable[Distribution], limit: int) -> list[Distribution]:
    """The same sum in fewer parts: those with the same step are added as long as ``limit`` allows."""
    found: dict[int, list[Distribution]] = {}
    for part in parts:
        alike = found.setdefault(part.step, [])
        if alike and _size(alike[-1], part) <= limit and _work(alike[-1], part) <= _ADDITIONS:
            alike.append(_added(alike.pop(), part))
        else:
            alike.append(part)
    return [part for alike in found.values() for part in alike]


def two_halves(parts: Sequence[Distribution], limit: int) -> tuple[Distribution, Distribution] | None:
    """Two independent halves of the sum; None where a half takes more than ``limit`` values.

    Parts on the same lattice have few sums, so those are added first, and different denominators meet last.
    """
    few = _merged(parts, _CHOICE, limit) if len(parts) <= _MANY else None
    if few is None:
        return None
    first, *others = few
    sides = (
        ([first, *compress(others, chosen)], list(compress(others, [not taken for taken in chosen])))
        for chosen in product((False, True), repeat=len(others))
    )
    best = min(sides, key=lambda halves: max(_lattice(half) for half in halves))
    if max(_lattice(half) for half in best) > limit:
        return None
    halves = [_merged(half or [_NOTHING], 1, limit) for half in best]
    return (halves[0][0], halves[1][0]) if halves[0] and halves[1] else None


def _merged(parts: Sequence[Distribution], number: int, limit: int) -> list[Distribution] | None:
    """Add parts up until ``number`` are left, always the two whose sum takes fewest values."""
    left = list(parts)
    while len(left) > number:
        first, second = min(combinations(range(len(left)), 2), key=lambda pair: _size(left[pair[0]], left[pair[1]]))
        one, other = left[first], left[second]
        size = _size(one, other)
        if size > limit or _work(one, other) > _ADDITIONS:
            return None
        left = [part for place, part in enumerate(left) if place not in (first, second)]
        left.append(_added(one, other))
    return left


def _lattice(parts: Sequence[Distribution]) -> int:
    """Values of the sum of these parts, at most."""
    on_lattice = sum(part.span for part in parts) // (gcd(*(part.step for part in parts)) or 1)
    return min(on_lattice + 1, prod(len(part.values) for part in parts))


def _work(one: Distribution, other: Distribution) -> int:
    """Additions that their sum takes, about."""
    return min(len(one.values), len(other.values)) * _size(one, other)


def _size(one: Distribution, other: Distribution) -> int:
    """Values of the sum, at most."""
    return min(len(one.values) * len(other.values), (one.span + other.span) // (gcd(one.step, other.step) or 1) + 1)


def _added(one: Distribution, other: Distribution) -> Distribution:
    """The distribution of the sum of two independent parts."""
    few, many = sorted((one, other), key=lambda part: len(part.values))
    step, start = gcd(one.step, other.step) or 1, int(one.values[0] + other.values[0])
    length = (one.span + other.span) // step + 1
    if length > 4 * len(few.values) * len(many.values):
        sums, place = np.unique(np.add.outer(few.values, many.values), return_inverse=True)
        chances = np.zeros(len(sums))
        np.add.at(chances, place.ravel(), np.multiply.outer(few.chances, many.chances).ravel())
        return Distribution(sums, chances, step)
    lattice = np.zeros(length)
    height = (many.values - many.values[0]) // step
    filled = np.zeros(many.span // step + 1)
    filled[height] = many.chances
    for up, chance in zip((few.values - few.values[0]) // step, few.chances, strict=True):
        lattice[up : up + len(filled)] += chance * filled
    reached = np.flatnonzero(lattice)
    return Distribution(start + reached * step, lattice[reached], step)


def tail(one: Distribution, other: Distribution, observed: int) -> float:
    """P(|one + other| >= observed); the two halves meet without being convolved."""
    if observed == 0:
        return 1.0
    above = np.append(np.cumsum(one.chances[::-1])[::-1], 0.0)
    below = np.insert(np.cumsum(one.chances), 0, 0.0)
    high = above[np.searchsorted(one.values, observed - other.values, side="left")]
    low = below[np.searchsorted(one.values, -observed - other.values, side="right")]
    return min(1.0, float(other.chances @ (high + low)))


def drawn(part: Distribution, draws: int, random: np.random.Generator) -> Integers:
    """(draws,) random values of one part."""
    steps = np.cumsum(part.chances)
    place = np.searchsorted(steps, random.random(draws) * steps[-1], side="right")
    taken: Integers = np.take(part.values, place, mode="clip")
    return taken
