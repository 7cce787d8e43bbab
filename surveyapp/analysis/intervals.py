"""Confidence intervals of means in small, finite groups: as if who answered had been drawn at random.

That is an assumption, which the bounds of non-response (``bounds``) do not make; the two are shown under different
names. The spread shrinks with the share that answered, because a group is finite: with everybody in, nothing is
uncertain.

Source: Cochran 1977, Sampling Techniques, sections 2.6 and 5.3-5.4 (mean and strata); Satterthwaite 1946, Biometrics
Bulletin 2, for the degrees of freedom.
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from surveyapp.analysis.agreement import Integers, Numbers, ratio
from surveyapp.analysis.cells import Flags, named
from surveyapp.analysis.estimates import Estimates
from surveyapp.analysis.quantiles import CONFIDENCE, student
from surveyapp.analysis.tallies import Tallies

LEAST: Final = 10
"""Respondents from whom an interval is given: mean and interval of fewer give away what each of them answered."""
INTERVAL_COLUMNS: Final = (
    "level",
    "key",
    "organisation",
    "role",
    "statistic",
    "estimate",
    "n",
    "population",
    "se",
    "df",
    "lower",
    "upper",
)


@dataclass(frozen=True, eq=False)
class Interval:
    """Arrays of one shape, in the units of the scores; NaN where no interval can be given."""

    estimate: Numbers
    se: Numbers
    df: Numbers
    lower: Numbers
    upper: Numbers

    @classmethod
    def around(cls, estimate: Numbers, square: Numbers, df: Numbers, confidence: float) -> "Interval":
        """From the squared standard error; without any spread there is no interval, which is not one of width 0."""
        square, df = np.asarray(square, np.float64), np.asarray(df, np.float64)
        se = np.sqrt(np.where(square > 0, square, np.nan))
        reach = student(df, confidence) * se
        return cls(np.asarray(estimate), se, df, estimate - reach, estimate + reach)


def of_mean(
    mean: Numbers, variance: Numbers, n: Integers, population: Integers, confidence: float = CONFIDENCE
) -> Interval:
    """mean +- t * sqrt((1 - n/N) s^2 / n) with n - 1 degrees of freedom.

    Arrays of one shape, or that broadcast. NaN for fewer than two respondents, without spread, with everybody in
    (n = N) and where more answered than were invited.
    """
    square = np.where(n < population, (1 - ratio(n, population)) * ratio(variance, n), np.nan)
    return Interval.around(mean, square, (n - 1).astype(np.float64), confidence)


def of_balanced(
    means: Numbers,
    variances: Numbers,
    n: Integers,
    population: Integers,
    weights: Numbers | None = None,
    confidence: float = CONFIDENCE,
) -> Interval:
    """The mean over roles (the last axis) with fixed weights, equal without ``weights``; roles are strata.

    SE^2 = sum of w^2 (1 - n/N) s^2 / n; degrees of freedom (sum v)^2 / sum(v^2 / (n - 1)) over the roles' parts v. A
    role that answered completely adds nothing, even a single governor. NaN where a role has no answers, more than
    were invited, or a single one out of more.
    """
    n, population = np.broadcast_arrays(n, population)
    shares = np.full(n.shape, 1 / n.shape[-1]) if weights is None else weights / weights.sum(axis=-1, keepdims=True)
    parts = shares**2 * (1 - ratio(n, population)) * ratio(variances, n)
    parts = np.where((n == population) & (n > 0), 0, np.where(n < population, parts, np.nan))
    square = parts.sum(axis=-1)
    df = ratio(square**2, ratio(parts**2, np.maximum(n - 1, 1)).sum(axis=-1))
    return Interval.around((shares * means).sum(axis=-1), square, df, confidence)


def of_equal(
    means: Numbers, variances: Numbers, n: Integers, population: Integers, confidence: float = CONFIDENCE
) -> Interval:
    """The mean over organisations (the last axis), each counting once; those without answers take no part.

    An organisation with one respondent has no spread of its own, so that all share the one pooled within
    organisations, with sum(n - 1) degrees of freedom. NaN where more answered than were invited.
    """
    there: Flags = n > 0
    degrees = np.where(there, n - 1, 0).sum(axis=-1)
    pooled = ratio((np.nan_to_num(variances) * np.where(there, n - 1, 0)).sum(axis=-1), degrees)
    fractions = np.where(there, ratio(1 - ratio(n, population), n), 0)
    number = there.sum(axis=-1)
    square = np.where((n > population).any(axis=-1), np.nan, ratio(pooled * fractions.sum(axis=-1), number**2))
    return Interval.around(ratio(np.where(there, means, 0).sum(axis=-1), number), square, degrees, confidence)


def intervals(tallies: Tallies, *, least: int = LEAST, confidence: float = CONFIDENCE) -> pd.DataFrame:
    """``INTERVAL_COLUMNS``: every mean, balanced mean and mean over organisations with its 95 % interval.

    ``statistic`` is ``mean`` (one row per key, organisation and role), ``balanced`` (role ``all`` of each organisation;
    over the roles that were invited or answered) or ``equal`` (organisation ``all``, per role). Rows of fewer than
    ``least`` respondents have no se, df and limits. Limits never pass the bounds of non-response, which are certain.
    """
    found = Estimates.of(tallies)
    parts = (_means(found, confidence), _balanced(found, confidence), _equal(found, confidence))
    frame = pd.concat([_frame(found, *part) for part in parts], ignore_index=True)
    unsaid = (frame["n"] < least) | frame["se"].isna()
    frame.loc[unsaid, ["se", "df", "lower", "upper"]] = np.nan
    return frame


def limits_of_means(tallies: Tallies, *, least: int = LEAST, confidence: float = CONFIDENCE) -> tuple[Numbers, Numbers]:
    """The limits of every cell's mean alone, (K, O+1, R+1) as in ``Estimates``: the themes, then the items."""
    found = Estimates.of(tallies)
    enough = found.n >= least
    population = np.where(enough, found.could, 0)
    interval = of_mean(found.mean, found.variance, np.where(enough, found.n, 0), population, confidence)
    return _within_bounds(interval, found.lower, found.upper)


_Part = tuple[str, slice, slice, Interval, Numbers | None, Numbers | None]
"""Statistic, organisations, roles, interval and the bounds that hold it."""


def _means(found: Estimates, confidence: float) -> _Part:
    interval = of_mean(found.mean, found.variance, found.n, found.could, confidence)
    return "mean", slice(None), slice(None), interval, found.lower, found.upper


def _balanced(found: Estimates, confidence: float) -> _Part:
    roles = (slice(None), slice(None, -1), slice(None, -1))
    n, could = found.n[roles], found.could[roles]
    expected = (could > 0) | (n > 0)
    weights = np.where(expected, 1.0, 0.0)
    weights[~expected.any(axis=-1)] = 1.0  # nobody was expected: whatever the weights, there is no mean
    means, variances = (np.where(expected, part[roles], 0) for part in (found.mean, found.variance))
    people = np.where(expected, n, 1), np.where(expected, could, 1)
    interval = of_balanced(means, variances, *people, weights, confidence)
    nobody = ~expected.any(axis=-1)
    interval = Interval(*(np.where(nobody, np.nan, part) for part in vars(interval).values()))
    return "balanced", slice(None, -1), slice(-1, None), _as_column(interval), None, None


def _equal(found: Estimates, confidence: float) -> _Part:
    members = np.flatnonzero(found.cells.region)
    means, variances = (np.moveaxis(part[:, members], 1, -1) for part in (found.mean, found.variance))
    n, could = (np.moveaxis(part[:, members], 1, -1) for part in (found.n, found.could))
    interval = of_equal(means, variances, n, could, confidence)
    rows = Interval(*(part[:, None, :] for part in vars(interval).values()))
    return "equal", slice(-1, None), slice(None), rows, None, None


def _as_column(interval: Interval) -> Interval:
    return Interval(*(part[..., None] for part in vars(interval).values()))


def _frame(
    found: Estimates,
    statistic: str,
    rows: slice,
    columns: slice,
    interval: Interval,
    lowest: Numbers | None,
    highest: Numbers | None,
) -> pd.DataFrame:
    n, population = (part[:, rows, columns] for part in (found.n, found.could))
    limits = (interval.lower, interval.upper)
    if lowest is not None and highest is not None:
        limits = _within_bounds(interval, lowest, highest)
    key, row, column = np.indices(n.shape).reshape(3, -1)
    organisations, roles = found.cells.rows[rows], found.cells.columns[columns]
    numbers = (interval.estimate, n, population, interval.se, interval.df, *limits)
    names: tuple[Any, ...] = (
        named(found.levels, key),
        named(found.keys, key),
        named(organisations, row),
        named(roles, column),
        [statistic] * len(key),
    )
    return pd.DataFrame(dict(zip(INTERVAL_COLUMNS, (*names, *(part.ravel() for part in numbers)), strict=True)))


def _within_bounds(interval: Interval, lowest: Numbers, highest: Numbers) -> tuple[Numbers, Numbers]:
    """The limits, cut off at the bounds of non-response; NaN without bounds, as with an open link."""
    return np.maximum(interval.lower, lowest), np.minimum(interval.upper, highest)
