"""How far organisations can be told apart: scores pulled towards the region in so far as they rest on few people.

Model: an organisation's mean y is N(theta, s2 / n) around its practice theta, and practices are N(mu, tau2) over the
region. The target is the practice, of which the respondents are a sample, so there is no finite population
correction. With a dozen organisations s2 and tau2 are rough: never a league table.

Source: DerSimonian & Laird 1986, Controlled Clinical Trials 7(3), for tau2; Laird & Louis 1989 for comparing units.
"""

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist
from typing import Final

import numpy as np
import pandas as pd

from surveyapp.analysis.agreement import Integers, Numbers
from surveyapp.analysis.cells import named
from surveyapp.analysis.marks import THEME, Marks
from surveyapp.analysis.results import SHRINKAGE_COLUMNS
from surveyapp.analysis.tallies import Tallies

NOTHING: Final = 1e-12
"""A difference or variance below this is rounding, not spread."""


@dataclass(frozen=True, eq=False)
class Shrunken:
    """Means of organisations pulled towards ``mu``; arrays (organisations,) as given."""

    mu: float
    """Mean over organisations, weighted by their precision."""
    tau2: float
    """Variance between practices; 0 means that differences cannot be shown."""
    means: Numbers
    variances: Numbers
    """Posterior variances of the practices; NaN where ``tau2`` is 0 or not available."""
    p_below: Numbers
    """Posterior probability that a practice is below ``mu``; NaN where ``tau2`` is 0 or not available."""


def shrunken_themes(tallies: Tallies) -> dict[str, tuple[Integers, Shrunken]]:
    """Theme -> the places, among the organisations of the region, of those with a score, and what was found of them.

    For what needs more of a theme than a row of ``shrinkage``, such as its ranks.
    """
    themes = [marks for marks in tallies.region_marks if marks.level == THEME]
    found = {marks.key: _shrunken(marks) for marks in themes}
    return {key: (there, shrunken) for key, (there, _n, _raw, shrunken) in found.items()}


def shrinkage(tallies: Tallies) -> pd.DataFrame:
    """One row per theme and organisation of the region with a score (``SHRINKAGE_COLUMNS``), for the pooled mean.

    ``shrunken`` and ``p_below_region`` are NaN where the spread within or between organisations is unknown: a single
    organisation, or one respondent in each. With tau2 = 0 every ``shrunken`` is the same and ``p_below_region`` NaN.
    """
    themes = [marks for marks in tallies.region_marks if marks.level == THEME]
    found = [_columns(marks) for marks in themes]
    places = np.repeat(np.arange(len(themes)), [len(columns[0]) for columns in found])
    organisation, *numbers = (
        np.concatenate([np.empty(0, kind), *parts])
        for kind, *parts in zip((np.int64, np.int64, float, float, float), *found, strict=True)
    )
    region = [code for code, inside in zip(tallies.cells.organisations, tallies.cells.region, strict=True) if inside]
    names = named([marks.key for marks in themes], places), named(region, organisation)
    return pd.DataFrame(dict(zip(SHRINKAGE_COLUMNS, (*names, *numbers), strict=True)))


def shrink(n: Integers, means: Numbers, variance: float) -> Shrunken:
    """Empirical Bayes estimates from organisations' sizes (all >= 1), means and the pooled variance within them.

    tau2 by the method of moments: max(0, (MSB - s2) / n0), n0 = (N - sum n^2 / N) / (k - 1). Everything is NaN for
    fewer than two organisations or an unknown variance.
    """
    k, people = len(n), int(n.sum())
    if k < 2 or np.isnan(variance):
        unknown = np.full(k, np.nan)
        return Shrunken(float("nan"), float("nan"), unknown, unknown, unknown)
    between = float((n * (means - float(n @ means) / people) ** 2).sum()) / (k - 1)
    tau2 = (between - variance) / ((people - float((n * n).sum()) / people) / (k - 1))
    sampling = variance / n
    if tau2 < NOTHING:
        mu = float(n @ means) / people
        return Shrunken(mu, 0.0, np.full(k, mu), np.full(k, np.nan), np.full(k, np.nan))
    weights = 1 / (tau2 + sampling)
    mu = float(weights @ means / weights.sum())
    trust = tau2 * weights
    shrunken = mu + trust * (means - mu)
    return Shrunken(mu, tau2, shrunken, trust * sampling, _below(mu, shrunken, trust * sampling))


def _below(mu: float, means: Numbers, variances: Numbers) -> Numbers:
    """P(theta < mu) for normal posteriors; without variance it is known which side, and a half on the line itself."""
    normal = NormalDist()
    return np.array(
        [
            normal.cdf(below / sqrt(variance)) if variance > 0 else (1 + np.sign(below)) / 2
            for below, variance in zip(np.where(abs(mu - means) < NOTHING, 0, mu - means), variances, strict=True)
        ]
    )


def _columns(marks: Marks) -> tuple[Integers, Integers, Numbers, Numbers, Numbers]:
    """Place of the organisation, and the columns of ``SHRINKAGE_COLUMNS`` after it."""
    there, n, raw, found = _shrunken(marks)
    return there, n, raw, found.means, found.p_below


def _shrunken(marks: Marks) -> tuple[Integers, Integers, Numbers, Shrunken]:
    """Of the organisations with a score: their places, respondents and means, and what was found of them."""
    counts = marks.counts.sum(axis=1)
    there = np.flatnonzero(counts.any(axis=1))
    counts = counts[there]
    n = counts.sum(axis=1)
    raw = counts @ marks.values / n / marks.unit
    return there, n, raw, shrink(n, raw, _variance_within(marks, counts, n))


def _variance_within(marks: Marks, counts: Integers, n: Integers) -> float:
    """Pooled within organisations; distances from a whole number, so that equal answers give exactly 0."""
    degrees = int(n.sum()) - len(n)
    if degrees <= 0:
        return float("nan")
    away = (marks.values - np.rint(counts @ marks.values / n)[:, None]) / marks.unit
    squares = (counts * away**2).sum(axis=1) - (counts * away).sum(axis=1) ** 2 / n
    return float(squares.sum()) / degrees
