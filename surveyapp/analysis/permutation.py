"""Could this gap be chance labelling? A permutation test of two roles inside organisations.

Inside every organisation the role labels of its respondents are dealt out again in every possible way; between
organisations nobody moves. The statistic is the sum over organisations of mean(a) - mean(b), which orders the deals
as the mean gap does. A deal counts when its absolute value is at least the observed one; on a scale of five points
ties are common, so both are compared as whole numbers, over the common denominator of all group sizes.

The null distribution of a sum is the convolution of the organisations' own. It is worked out in full as long as no
partial sum takes more than ``VALUES`` values; beyond that (hundreds of organisations, or dozens of respondents in
each) ``DRAWS`` random deals estimate it. Probabilities are floats; only the comparison has to be exact.

Source: Pesarin & Salmaso 2010, Permutation Tests for Complex Data, chapters 1-3; Phipson & Smyth 2010 for the
(hits + 1) / (draws + 1) of the estimate.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, compress, product
from math import comb, gcd, lcm, prod
from typing import Final

import numpy as np

from surveyapp.analysis.agreement import Integers, Numbers

EXACT: Final = "exact"
MONTE_CARLO: Final = "monte-carlo"
VALUES: Final = 4_000_000
"""Values of a partial sum, at most, for the exact distribution."""
DRAWS: Final = 20_000
SEED: Final = 20_251_122
_STEPS: Final = 1_000_000_000
"""Additions, at most, for one convolution; a hundredth of that for one organisation."""
_PEOPLE: Final = 1_000
"""Respondents of one organisation, at most, so that the number of deals fits a float."""
_PARTS: Final = 8
"""Parts among which the two halves are chosen by trying every way."""
_LARGEST: Final = 2**60
"""Whole numbers beyond this do not fit; Monte Carlo then compares floats, ties within 1e-9."""


@dataclass(frozen=True, eq=False)
class _Distribution:
    """What a sum can be and with which probability; ``values`` ascending whole numbers a multiple of ``step`` apart."""

    values: Integers
    chances: Numbers
    step: int

    @property
    def span(self) -> int:
        return int(self.values[-1] - self.values[0])


_NOTHING: Final = _Distribution(np.zeros(1, dtype=np.int64), np.ones(1), 0)


@dataclass(frozen=True, eq=False)
class _Stratum:
    """One organisation: respondents of both roles per value."""

    values: Integers
    a: Integers
    b: Integers

    @property
    def n_a(self) -> int:
        return int(self.a.sum())

    @property
    def n_b(self) -> int:
        return int(self.b.sum())

    @property
    def total(self) -> int:
        return int((self.a + self.b) @ self.values)

    def scaled(self, sums_a: Integers, scale: int) -> Integers:
        """The difference of means for these sums of role a, times ``scale`` (a multiple of both group sizes)."""
        return sums_a * (scale // self.n_a) - (self.total - sums_a) * (scale // self.n_b)


def stratified(
    values: Integers, a: Integers, b: Integers, *, limit: int = VALUES, draws: int = DRAWS, seed: int = SEED
) -> tuple[float, str]:
    """Two-sided p-value of the mean difference between two roles, and how it was found (exact or monte-carlo).

    ``values`` (values,) are whole numbers in any unit; ``a`` and ``b`` (organisations, values) count respondents.
    Organisations without one of the roles do not take part; without any organisation the p-value is NaN.
    """
    strata = [_Stratum(values, x, y) for x, y in zip(a, b, strict=True) if x.any() and y.any()]
    if not strata:
        return float("nan"), EXACT
    scale = lcm(*(size for stratum in strata for size in (stratum.n_a, stratum.n_b)))
    fits = 2 * len(strata) * int(values[-1]) * scale < _LARGEST
    sums = [_sums_of_a(stratum) for stratum in strata]
    if fits and limit:
        exact = [_rescaled(one, stratum, scale) for one, stratum in zip(sums, strata, strict=True) if one is not None]
        halves = _two_halves(exact, limit) if len(exact) == len(strata) else None
        if halves is not None:
            observed = sum(int(stratum.scaled(stratum.a @ values, scale)) for stratum in strata)
            return _tail(*halves, abs(observed)), EXACT
    return _estimate(strata, sums, scale if fits else None, draws, seed), MONTE_CARLO


def _sums_of_a(stratum: _Stratum) -> _Distribution | None:
    """The sum of role a over every deal of the labels; None where there are too many to count.

    Counts the ways to pick the smaller group: value by value, how many are picked and what they add up to.
    """
    pooled = stratum.a + stratum.b
    given = pooled > 0
    values, pooled = stratum.values[given], pooled[given]
    size, people = min(stratum.n_a, stratum.n_b), stratum.n_a + stratum.n_b
    step = gcd(*(int(value - values[0]) for value in values)) or 1
    heights = [int(value - values[0]) // step for value in values]
    picks = sum(min(int(count), size) for count in pooled)
    if people > _PEOPLE or picks * (size + 1) * (size * heights[-1] + 1) > _STEPS // 100:
        return None
    ways = np.zeros((size + 1, size * heights[-1] + 1))
    ways[0, 0] = 1.0
    for height, count in zip(heights, pooled, strict=True):
        before = ways.copy()
        for picked in range(1, min(int(count), size) + 1):
            up = picked * height
            ways[picked:, up:] += comb(int(count), picked) * before[: size + 1 - picked, : before.shape[1] - up]
    reached = np.flatnonzero(ways[size])
    sums = size * int(values[0]) + reached * step
    chances = ways[size][reached] / comb(people, size)
    if stratum.n_a > stratum.n_b:
        sums, chances = stratum.total - sums[::-1], chances[::-1]
    return _Distribution(sums.astype(np.int64), chances, step)


def _rescaled(sums: _Distribution, stratum: _Stratum, scale: int) -> _Distribution:
    """From sums of role a to differences of means times ``scale``; the map is ascending and linear."""
    step = sums.step * (scale // stratum.n_a + scale // stratum.n_b)
    return _Distribution(stratum.scaled(sums.values, scale), sums.chances, step)


def _two_halves(parts: Sequence[_Distribution], limit: int) -> tuple[_Distribution, _Distribution] | None:
    """Two independent halves of the sum; None where a half takes more than ``limit`` values.

    Parts on the same lattice have few sums, so those are added first, and different denominators meet last.
    """
    few = _merged(parts, _PARTS, limit)
    if few is None:
        return None
    first, *others = few
    sides = (
        ([first, *compress(others, chosen)], list(compress(others, [not taken for taken in chosen])))
        for chosen in product((False, True), repeat=len(others))
    )
    best = min(sides, key=lambda halves: max(_lattice(half) for half in halves))
    halves = [_merged(half or [_NOTHING], 1, limit) for half in best]
    return (halves[0][0], halves[1][0]) if halves[0] and halves[1] else None


def _merged(parts: Sequence[_Distribution], number: int, limit: int) -> list[_Distribution] | None:
    """Add parts up until ``number`` are left, always the two whose sum takes fewest values."""
    left = list(parts)
    while len(left) > number:
        first, second = min(combinations(range(len(left)), 2), key=lambda pair: _size(left[pair[0]], left[pair[1]]))
        one, other = left[first], left[second]
        size = _size(one, other)
        if size > limit or min(len(one.values), len(other.values)) * size > _STEPS:
            return None
        left = [part for place, part in enumerate(left) if place not in (first, second)]
        left.append(_added(one, other))
    return left


def _lattice(parts: Sequence[_Distribution]) -> int:
    """Values of the sum of these parts, at most."""
    on_lattice = sum(part.span for part in parts) // (gcd(*(part.step for part in parts)) or 1)
    return min(on_lattice + 1, prod(len(part.values) for part in parts))


def _size(one: _Distribution, other: _Distribution) -> int:
    """Values of the sum, at most."""
    return min(len(one.values) * len(other.values), (one.span + other.span) // (gcd(one.step, other.step) or 1) + 1)


def _added(one: _Distribution, other: _Distribution) -> _Distribution:
    """The distribution of the sum of two independent parts."""
    few, many = sorted((one, other), key=lambda part: len(part.values))
    step, start = gcd(one.step, other.step) or 1, int(one.values[0] + other.values[0])
    length = (one.span + other.span) // step + 1
    if length > 4 * len(few.values) * len(many.values):
        sums, place = np.unique(np.add.outer(few.values, many.values), return_inverse=True)
        chances = np.zeros(len(sums))
        np.add.at(chances, place.ravel(), np.multiply.outer(few.chances, many.chances).ravel())
        return _Distribution(sums, chances, step)
    lattice = np.zeros(length)
    height = (many.values - many.values[0]) // step
    filled = np.zeros(many.span // step + 1)
    filled[height] = many.chances
    for up, chance in zip((few.values - few.values[0]) // step, few.chances, strict=True):
        lattice[up : up + len(filled)] += chance * filled
    reached = np.flatnonzero(lattice)
    return _Distribution(start + reached * step, lattice[reached], step)


def _tail(one: _Distribution, other: _Distribution, observed: int) -> float:
    """P(|one + other| >= observed); the two halves meet without being convolved."""
    if observed == 0:
        return 1.0
    above = np.append(np.cumsum(one.chances[::-1])[::-1], 0.0)
    below = np.insert(np.cumsum(one.chances), 0, 0.0)
    high = above[np.searchsorted(one.values, observed - other.values, side="left")]
    low = below[np.searchsorted(one.values, -observed - other.values, side="right")]
    return min(1.0, float(other.chances @ (high + low)))


def _estimate(
    strata: Sequence[_Stratum], sums: Sequence[_Distribution | None], scale: int | None, draws: int, seed: int
) -> float:
    """(hits + 1) / (draws + 1) over random deals; compared as whole numbers where these fit."""
    random = np.random.default_rng(seed)
    dealt = [_drawn(stratum, known, draws, random) for stratum, known in zip(strata, sums, strict=True)]
    seen = [np.array([stratum.a @ stratum.values]) for stratum in strata]
    if scale is None:
        near = _summed_difference(strata, dealt), abs(float(_summed_difference(strata, seen)[0]))
        hits = np.count_nonzero(np.abs(near[0]) >= near[1] - 1e-9 * max(1.0, near[1]))
    else:
        whole = [
            sum(stratum.scaled(each, scale) for stratum, each in zip(strata, sums_a, strict=True))
            for sums_a in (dealt, seen)
        ]
        hits = np.count_nonzero(np.abs(whole[0]) >= np.abs(whole[1]))
    return (int(hits) + 1) / (draws + 1)


def _summed_difference(strata: Sequence[_Stratum], sums_a: Sequence[Integers]) -> Numbers:
    """The sum of the differences of means, in floats."""
    found = np.zeros(len(sums_a[0]))
    for stratum, each in zip(strata, sums_a, strict=True):
        found += each / stratum.n_a - (stratum.total - each) / stratum.n_b
    return found


def _drawn(stratum: _Stratum, known: _Distribution | None, draws: int, random: np.random.Generator) -> Integers:
    """Sums of role a in random deals: from their distribution where it is known, else by dealing."""
    if known is not None:
        steps = np.cumsum(known.chances)
        place = np.searchsorted(steps, random.random(draws) * steps[-1], side="right")
        taken: Integers = np.take(known.values, place, mode="clip")
        return taken
    dealt = random.multivariate_hypergeometric(stratum.a + stratum.b, stratum.n_a, size=draws, method="marginals")
    sums: Integers = np.matmul(dealt, stratum.values)
    return sums
