"""Do organisations differ? The share of the spread of scores that lies between organisations."""

from typing import Final

import numpy as np
import pandas as pd

from surveyapp.analysis.agreement import Integers
from surveyapp.analysis.marks import THEME
from surveyapp.analysis.tallies import Tallies

INTRACLASS_COLUMNS: Final = ("key", "organisations", "n", "icc1", "icc2")


def intraclass(tallies: Tallies) -> pd.DataFrame:
    """One row per theme over the organisations of the region that have a score (``INTRACLASS_COLUMNS``)."""
    rows = []
    for marks in tallies.region_marks:
        if marks.level != THEME:
            continue
        counts = marks.counts.sum(axis=1)
        counts = counts[counts.any(axis=1)]
        rows.append((marks.key, len(counts), int(counts.sum()), *icc(marks.values, counts)))
    return pd.DataFrame(rows, columns=list(INTRACLASS_COLUMNS))


def icc(values: Integers, counts: Integers) -> tuple[float, float]:
    """ICC(1) and ICC(2) of respondents in organisations, from one-way analysis of variance.

    ``values`` (V,) in any unit, ``counts`` (organisations, V) respondents, everybody with at least one. ICC(1) =
    (MSB - MSW)/(MSB + (n0 - 1) MSW), what part of the spread of a single answer is its organisation's, with n0 =
    (n - sum n_m^2/n)/(k - 1) as groups differ in size. ICC(2) = (MSB - MSW)/MSB, how well an organisation's mean can
    be relied on. Both may be negative, where organisations differ less than chance; NaN for fewer than two
    organisations, one respondent in each, and without any spread.

    Source: Shrout & Fleiss 1979, Psychological Bulletin 86; Bliese 2000; n0 as in Snedecor & Cochran.
    """
    sizes = counts.sum(axis=1)
    people, groups = int(sizes.sum()), len(sizes)
    if groups < 2 or people == groups:
        return float("nan"), float("nan")
    away = values - np.rint(counts.sum(axis=0) @ values / people)
    sums, squares = counts @ away, float((counts @ away**2).sum())
    of_groups = float((sums**2 / sizes).sum())
    between = (of_groups - float(sums.sum()) ** 2 / people) / (groups - 1)
    within = max(0.0, squares - of_groups) / (people - groups)
    size = (people - float((sizes**2).sum()) / people) / (groups - 1)
    nothing = 1e-12 * max(1.0, squares)
    total = between + (size - 1) * within
    return (
        (between - within) / total if total > nothing else float("nan"),
        (between - within) / between if between > nothing else float("nan"),
    )
