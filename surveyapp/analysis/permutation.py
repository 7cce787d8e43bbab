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
from math import comb, gcd, lcm
from typing import Final

import numpy as np

from surveyapp.analysis.agreement import Integers, Numbers
from surveyapp.analysis.convolution import Distribution, drawn, same_lattice_added, tail, two_halves

EXACT: Final = "exact"
MONTE_CARLO: Final = "monte-carlo"
VALUES: Final = 4_000_000
"""Values of a partial sum, at most, for the exact distribution."""
DRAWS: Final = 20_000
SEED: Final = 20_251_122
_ADDITIONS: Final = 10_000_000
"""For the distribution of one organisation, at most."""
_PEOPLE: Final = 1_000
"""Respondents of one organisation, at most, so that the number of deals fits a float."""
_LARGEST: Final = 2**60
"""Whole numbers beyond this do not fit; Monte Carlo then compares floats, ties within 1e-9."""


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

    def difference(self, sums_a: Integers) -> Numbers:
        """The same in floats, not scaled."""
        found: Numbers = np.divide(sums_a, self.n_a) - np.divide(self.total - sums_a, self.n_b)
        return found


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
    sums = [_sums_of_a(stratum) for stratum in strata]
    random = np.random.default_rng(seed)
    if 2 * len(strata) * int(values[-1]) * scale >= _LARGEST:
        return (_hits_in_floats(strata, sums, draws, random) + 1) / (draws + 1), MONTE_CARLO
    known = [_rescaled(one, stratum, scale) for one, stratum in zip(sums, strata, strict=True) if one is not None]
    unknown = [stratum for one, stratum in zip(sums, strata, strict=True) if one is None]
    observed = abs(int(sum(stratum.scaled(stratum.a @ values, scale) for stratum in strata)))
    parts = same_lattice_added(known, limit)
    halves = two_halves(parts, limit) if limit and not unknown else None
    if halves is not None:
        return tail(*halves, observed), EXACT
    return (_hits(parts, unknown, scale, observed, draws, random) + 1) / (draws + 1), MONTE_CARLO


def _sums_of_a(stratum: _Stratum) -> Distribution | None:
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
    if people > _PEOPLE or picks * (size + 1) * (size * heights[-1] + 1) > _ADDITIONS:
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
    return Distribution(sums.astype(np.int64), chances, step)


def _rescaled(sums: Distribution, stratum: _Stratum, scale: int) -> Distribution:
    """From sums of role a to differences of means times ``scale``; the map is ascending and linear."""
    step = sums.step * (scale // stratum.n_a + scale // stratum.n_b)
    return Distribution(stratum.scaled(sums.values, scale), sums.chances, step)


def _hits(
    parts: Sequence[Distribution],
    strata: Sequence[_Stratum],
    scale: int,
    observed: int,
    draws: int,
    random: np.random.Generator,
) -> int:
    """Random deals at least as far from zero as observed, as whole numbers; ``strata`` are those not in ``parts``."""
    dealt = np.zeros(draws, dtype=np.int64)
    for part in parts:
        dealt += drawn(part, draws, random)
    for stratum in strata:
        dealt += stratum.scaled(_dealt(stratum, draws, random), scale)
    return int(np.count_nonzero(np.abs(dealt) >= observed))


def _hits_in_floats(
    strata: Sequence[_Stratum], sums: Sequence[Distribution | None], draws: int, random: np.random.Generator
) -> int:
    """The same where whole numbers would not fit; differences within 1e-9 are ties."""
    dealt, observed = np.zeros(draws), 0.0
    for stratum, known in zip(strata, sums, strict=True):
        dealt += stratum.difference(_dealt(stratum, draws, random) if known is None else drawn(known, draws, random))
        observed += float(stratum.difference(stratum.a @ stratum.values))
    return int(np.count_nonzero(np.abs(dealt) >= abs(observed) - 1e-9 * max(1.0, abs(observed))))


def _dealt(stratum: _Stratum, draws: int, random: np.random.Generator) -> Integers:
    """(draws,) sums of role a when the labels are dealt at random."""
    hands = random.multivariate_hypergeometric(stratum.a + stratum.b, stratum.n_a, size=draws, method="marginals")
    sums: Integers = np.matmul(hands, stratum.values)
    return sums
