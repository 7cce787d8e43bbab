"""How far organisations can be told apart: scores pulled towards the region in so far as they rest on few people.

Model: an organisation's mean y is N(theta, s2 / n) around its practice theta, and practices are N(mu, tau2) over the
region. The target is the practice, of which the respondents are a sample, so there is no finite population
correction. With a dozen organisations s2 and tau2 are rough: never a league table.

Source: DerSimonian & Laird 1986, Controlled Clinical Trials 7(3), for tau2; Laird & Louis 1989 for comparing units.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist
from typing import Final

import numpy as np
import pandas as pd

from surveyapp.analysis.agreement import Integers, Numbers
from surveyapp.analysis.counts import Counts
from surveyapp.analysis.marks import THEME, Marks, region_marks
from surveyapp.analysis.results import SHRINKAGE_COLUMNS
from surveyapp.questionnaires.questionnaire import Questionnaire

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
    p_below: Numbers
    """Posterior probability that a practice is below ``mu``; NaN where ``tau2`` is 0 or not available."""


def shrinkage(counts: Counts, questionnaire: Questionnaire) -> pd.DataFrame:
    """One row per theme and organisation of the region with a score (``SHRINKAGE_COLUMNS``), for the pooled mean.

    ``shrunken`` and ``p_below_region`` are NaN where the spread within or between organisations is unknown: a single
    organisation, or one respondent in each. With tau2 = 0 every ``shrunken`` is the same and ``p_below_region`` NaN.
    """
    rows = [
        row
        for marks in region_marks(counts, questionnaire)
        if marks.level == THEME
        for row in _rows(marks, np.array(counts.region, object))
    ]
    frame = pd.DataFrame(rows, columns=list(SHRINKAGE_COLUMNS))
    numbers = ["raw", "shrunken", "p_below_region"]
    frame[numbers] = frame[numbers].astype(float)
    return frame


def shrink(n: Integers, means: Numbers, variance: float) -> Shrunken:
    """Empirical Bayes estimates from organisations' sizes (all >= 1), means and the pooled variance within them.

    tau2 by the method of moments: max(0, (MSB - s2) / n0), n0 = (N - sum n^2 / N) / (k - 1). Everything is NaN for
    fewer than two organisations or an unknown variance.
    """
    k, people = len(n), int(n.sum())
    if k < 2 or np.isnan(variance):
        unknown = np.full(k, np.nan)
        return Shrunken(float("nan"), float("nan"), unknown, unknown)
    between = float((n * (means - float(n @ means) / people) ** 2).sum()) / (k - 1)
    tau2 = (between - variance) / ((people - float((n * n).sum()) / people) / (k - 1))
    sampling = variance / n
    if tau2 < NOTHING:
        mu = float(n @ means) / people
        return Shrunken(mu, 0.0, np.full(k, mu), np.full(k, np.nan))
    weights = 1 / (tau2 + sampling)
    mu = float(weights @ means / weights.sum())
    trust = tau2 * weights
    shrunken = mu + trust * (means - mu)
    return Shrunken(mu, tau2, shrunken, _below(mu, shrunken, trust * sampling))


def _below(mu: float, means: Numbers, variances: Numbers) -> Numbers:
    """P(theta < mu) for normal posteriors; without variance it is known which side, and a half on the line itself."""
    normal = NormalDist()
    return np.array(
        [
            normal.cdf(below / sqrt(variance)) if variance > 0 else (1 + np.sign(below)) / 2
            for below, variance in zip(np.where(abs(mu - means) < NOTHING, 0, mu - means), variances, strict=True)
        ]
    )


def _rows(marks: Marks, organisations: np.ndarray) -> Iterator[tuple[str, str, int, float, float, float]]:
    counts = marks.counts.sum(axis=1)
    n = counts.sum(axis=1)
    there = n > 0
    counts, n = counts[there], n[there]
    raw = counts @ marks.values / n / marks.unit
    found = shrink(n, raw, _variance_within(marks, counts, n))
    for row in zip(organisations[there], n, raw, found.means, found.p_below, strict=True):
        organisation, size, *numbers = row
        yield (marks.key, str(organisation), int(size), *numbers)


def _variance_within(marks: Marks, counts: Integers, n: Integers) -> float:
    """Pooled within organisations; whole numbers up to the last division, so that equal answers give exactly 0."""
    degrees = int(n.sum()) - len(n)
    if degrees <= 0:
        return float("nan")
    squares = n * (counts @ marks.values**2) - (counts @ marks.values) ** 2
    return float((squares / n).sum()) / degrees / marks.unit**2
