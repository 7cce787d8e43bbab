"""Could this gap be chance labelling? A permutation test of two roles inside organisations.

Inside every organisation the role labels of its respondents are dealt out again in every possible way; between
organisations nobody moves. The statistic is the sum over organisations of mean(a) - mean(b), which orders the deals
as the mean gap does. A deal counts when its absolute value is at least the observed one; on a scale of five points
ties are common.

The null distribution of a sum is the convolution of the organisations' own. It is worked out in full, in whole
numbers over the common denominator of all group sizes, as long as that is little work. Beyond that (hundreds of
organisations, or dozens of respondents in each) ``DRAWS`` random deals estimate it; then differences within 1e-9 are
ties. Organisations so large or so many that their deals follow the normal law are not dealt person by person, so that
the work does not depend on the number of respondents.

Source: Pesarin & Salmaso 2010, Permutation Tests for Complex Data, chapters 1-3; Phipson & Smyth 2010 for the
(hits + 1) / (draws + 1) of the estimate; Hajek 1960 for the normal law of sums without replacement.
"""

from dataclasses import dataclass
from functools import cached_property
from math import comb, lcm
from typing import Final

import numpy as np

from surveyapp.analysis.agreement import Integers, Numbers, ratio
from surveyapp.analysis.cells import Flags
from surveyapp.analysis.convolution import Distribution, drawn, same_lattice_added, tail, two_halves

EXACT: Final = "exact"
MONTE_CARLO: Final = "monte-carlo"
VALUES: Final = 300_000
"""Values of a partial sum, at most, for the exact distribution."""
DRAWS: Final = 20_000
SEED: Final = 20_251_122
_ADDITIONS: Final = 20_000_000
"""For the distributions of the organisations together, at most."""
_PEOPLE: Final = 1_000
"""Respondents of one organisation, at most, so that the number of deals fits a float."""
_LARGEST: Final = 2**60
"""Whole numbers beyond this do not fit."""
_DEPARTURE: Final = 0.05
"""Excess kurtosis that the normal law may hide: it shifts the estimate by less than one standard error of 20,000
deals."""


@dataclass(frozen=True, eq=False)
class _Strata:
    """The organisations (S) in which both roles gave a mark: respondents per value (V)."""

    values: Integers
    """(V,) ascending."""
    a: Integers
    """(S, V)."""
    b: Integers
    """(S, V)."""

    @cached_property
    def pooled(self) -> Integers:
        return self.a + self.b

    @cached_property
    def n_a(self) -> Integers:
        return np.asarray(self.a.sum(axis=1))

    @cached_property
    def n_b(self) -> Integers:
        return np.asarray(self.b.sum(axis=1))

    @cached_property
    def people(self) -> Integers:
        return self.n_a + self.n_b

    @cached_property
    def totals(self) -> Integers:
        return np.asarray(self.pooled @ self.values)

    @cached_property
    def lowest(self) -> Integers:
        """(S,) the smallest value that anybody has."""
        lowest: Integers = self.values[(self.pooled > 0).argmax(axis=1)]
        return lowest

    @cached_property
    def steps(self) -> Integers:
        """(S,) all values are a multiple of this above the lowest; 1 where there is a single value."""
        above = np.where(self.pooled > 0, self.values - self.lowest[:, None], 0)
        steps: Integers = np.maximum(np.gcd.reduce(above, axis=1), 1)
        return steps

    @cached_property
    def work(self) -> Numbers:
        """(S,) additions that counting all deals takes, about."""
        size = np.minimum(self.n_a, self.n_b).astype(np.float64)
        picks = np.minimum(self.pooled, size[:, None]).sum(axis=1)
        highest = self.values[len(self.values) - 1 - (self.pooled > 0)[:, ::-1].argmax(axis=1)]
        work: Numbers = picks * (size + 1) * (size * ((highest - self.lowest) // self.steps) + 1)
        return work

    @cached_property
    def countable(self) -> Flags:
        """(S,) all deals can be counted."""
        return np.asarray((self.people <= _PEOPLE) & (self.work <= _ADDITIONS))

    def difference(self, place: int, sums_a: Integers) -> Numbers:
        """mean(a) - mean(b) of one organisation for these sums of role a, in units of the values."""
        n_a, n_b = int(self.n_a[place]), int(self.n_b[place])
        found: Numbers = np.divide(sums_a, n_a) - np.divide(int(self.totals[place]) - sums_a, n_b)
        return found

    @property
    def observed(self) -> float:
        return float((ratio(self.a @ self.values, self.n_a) - ratio(self.b @ self.values, self.n_b)).sum())


def stratified(
    values: Integers, a: Integers, b: Integers, *, limit: int = VALUES, draws: int = DRAWS, seed: int = SEED
) -> tuple[float, str]:
    """Two-sided p-value of the mean difference between two roles, and how it was found (exact or monte-carlo).

    ``values`` (values,) are whole numbers in any unit; ``a`` and ``b`` (organisations, values) count respondents.
    Organisations without one of the roles do not take part; without any organisation the p-value is NaN.
    """
    both = a.any(axis=1) & b.any(axis=1)
    if not both.any():
        return float("nan"), EXACT
    strata = _Strata(values, a[both], b[both])
    exact = _exact(strata, limit)
    if exact is not None:
        return exact, EXACT
    return (_hits(strata, draws, np.random.default_rng(seed)) + 1) / (draws + 1), MONTE_CARLO


def _exact(strata: _Strata, limit: int) -> float | None:
    """The share of all deals; None where that is too much work or does not fit whole numbers."""
    n_a, n_b = strata.n_a.tolist(), strata.n_b.tolist()
    if not limit or strata.work.sum() > _ADDITIONS or not strata.countable.all():
        return None
    scale = lcm(*n_a, *n_b)
    if 2 * len(n_a) * int(abs(strata.values).max()) * scale >= _LARGEST:
        return None
    parts = [_rescaled(_sums_of_a(strata, place), strata, place, scale) for place in range(len(n_a))]
    halves = two_halves(same_lattice_added(parts, limit), limit)
    if halves is None:
        return None
    sums = zip((strata.a @ strata.values).tolist(), strata.totals.tolist(), n_a, n_b, strict=True)
    seen = sum(mine * (scale // a) - (total - mine) * (scale // b) for mine, total, a, b in sums)
    return tail(*halves, abs(seen))


def _sums_of_a(strata: _Strata, place: int) -> Distribution:
    """The sum of role a over every deal of the labels within one organisation.

    Counts the ways to pick the smaller group: value by value, how many are picked and what they add up to.
    """
    given = strata.pooled[place] > 0
    lowest, step = int(strata.lowest[place]), int(strata.steps[place])
    heights = ((strata.values[given] - lowest) // step).tolist()
    n_a, n_b = int(strata.n_a[place]), int(strata.n_b[place])
    size = min(n_a, n_b)
    ways = np.zeros((size + 1, size * heights[-1] + 1))
    ways[0, 0] = 1.0
    for height, count in zip(heights, strata.pooled[place][given].tolist(), strict=True):
        before = ways.copy()
        for picked in range(1, min(count, size) + 1):
            up = picked * height
            ways[picked:, up:] += comb(count, picked) * before[: size + 1 - picked, : before.shape[1] - up]
    reached = np.flatnonzero(ways[size])
    sums = size * lowest + reached * step
    chances = ways[size][reached] / comb(n_a + n_b, size)
    if n_a > n_b:
        sums, chances = int(strata.totals[place]) - sums[::-1], chances[::-1]
    return Distribution(sums.astype(np.int64), chances, step)


def _rescaled(sums: Distribution, strata: _Strata, place: int, scale: int) -> Distribution:
    """From sums of role a to differences of means times ``scale``; the map is ascending and linear."""
    up_a, up_b = scale // int(strata.n_a[place]), scale // int(strata.n_b[place])
    differences = sums.values * (up_a + up_b) - int(strata.totals[place]) * up_b
    return Distribution(differences, sums.chances, sums.step * (up_a + up_b))


def _hits(strata: _Strata, draws: int, random: np.random.Generator) -> int:
    """Random deals at least as far from zero as observed; differences within 1e-9 are ties."""
    regular = _regular(strata)
    dealt = _dealt_by_normal_law(strata, regular, draws, random)
    for place in np.flatnonzero(~regular).tolist():
        if strata.countable[place]:
            sums = drawn(_sums_of_a(strata, place), draws, random)
        else:
            hands = random.multivariate_hypergeometric(strata.pooled[place], strata.n_a[place], size=draws)
            sums = np.matmul(hands, strata.values)
        dealt += strata.difference(place, sums)
    seen = abs(strata.observed)
    return int(np.count_nonzero(abs(dealt) >= seen - 1e-9 * max(1.0, seen)))


def _moments(strata: _Strata) -> tuple[Numbers, Numbers]:
    """Two arrays (S,): the variance of the sum of role a over all deals, and at most its excess kurtosis."""
    away = strata.values - ratio(strata.totals, strata.people)[:, None]
    second, fourth = ((strata.pooled * away**power).sum(axis=1) / strata.people for power in (2, 4))
    pairs = strata.n_a * (strata.n_b / strata.people)
    flat = np.nan_to_num(ratio(fourth, second**2))
    return pairs * second * strata.people / (strata.people - 1), (flat + 3) / pairs


def _regular(strata: _Strata) -> Flags:
    """(S,) the organisations whose sums may be drawn by the normal law: all but the least normal ones.

    Fourth cumulants add up, so many organisations together are closer to normal than each is by itself.
    """
    variance, excess = _moments(strata)
    variance = variance * (1 / strata.n_a + 1 / strata.n_b) ** 2
    cumulants = variance**2 * excess
    order = np.argsort(cumulants, kind="stable")
    regular = np.empty(len(order), bool)
    regular[order] = np.cumsum(cumulants[order]) <= _DEPARTURE * variance.sum() ** 2
    return regular


def _dealt_by_normal_law(strata: _Strata, regular: Flags, draws: int, random: np.random.Generator) -> Numbers:
    """(draws,) sums of differences over the regular organisations, on the values that the deals can have.

    Organisations of the same sizes are drawn together; their differences lie on one lattice.
    """
    variance, _ = _moments(strata)
    dealt = np.zeros(draws)
    alike = np.column_stack([strata.n_a, strata.n_b, strata.steps])[regular]
    kinds, of_kind = np.unique(alike, axis=0, return_inverse=True)
    members = np.flatnonzero(regular)
    for kind, (n_a, n_b, step) in enumerate(kinds.tolist()):
        group = members[of_kind.ravel() == kind]
        start, total = n_a * int(strata.lowest[group].sum()), int(strata.totals[group].sum())
        sums = n_a * total / (n_a + n_b) + np.sqrt(variance[group].sum()) * random.standard_normal(draws)
        sums = start + step * np.rint((sums - start) / step)
        dealt += sums / n_a - (total - sums) / n_b
    return dealt
