"""Where roles see it differently: gaps between the roles of one organisation, over the region."""

from itertools import combinations
from typing import Final

import numpy as np
import pandas as pd

from surveyapp.analysis.agreement import Integers, Numbers, mean_of_known, ratio
from surveyapp.analysis.cells import named
from surveyapp.analysis.marks import Marks
from surveyapp.analysis.permutation import stratified
from surveyapp.analysis.results import GAP_COLUMNS
from surveyapp.analysis.tallies import Tallies

_NOTHING: Final = 1e-12
"""A difference below this is rounding."""
_SIZES: Final = ((0.474, "large"), (0.33, "medium"), (0.147, "small"))
_NO_MARKS: Final = (np.empty(0), np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0))


def gaps(tallies: Tallies, *, test: bool = True) -> pd.DataFrame:
    """One row per theme and item and pair of roles (``GAP_COLUMNS``), in scale points, for the region.

    ``gap``: mean over organisations of the within-organisation difference of means, first role minus second; only
    organisations where both roles have a mark take part, ``organisations`` says how many. ``same_direction``: those
    whose difference has the sign of ``gap``; a zero counts for neither side. ``cliffs_delta``: over all pairs of one
    respondent of either role in the region, the share in which the first role's mark is higher minus the share in
    which it is lower (Cliff 1993, Psychological Bulletin 114). ``p_exact``, ``p_method``: ``permutation.stratified``
    of the gap; both missing without ``test``, which takes milliseconds instead of seconds.

    Without an organisation that has both roles the gap is NaN and the counts 0.
    """
    roles = tallies.cells.roles
    pairs = np.array(list(combinations(range(len(roles)), 2)), np.int64).reshape(-1, 2)
    found = [_compared(marks, *pairs.T) for marks in tallies.region_marks]
    tested = [_tested(marks, a, b, test=test) for marks in tallies.region_marks for a, b in pairs.tolist()]
    mark, pair = np.indices((len(found), len(pairs))).reshape(2, -1)
    names = (
        named([marks.key for marks in tallies.region_marks], mark),
        *(named(roles, pairs[pair, side]) for side in (0, 1)),
    )
    columns = (np.concatenate(parts) for parts in zip(_NO_MARKS, *found, strict=True))
    p_values = np.array([p for p, _ in tested], np.float64)
    methods = np.array([method for _, method in tested], object)
    return pd.DataFrame(dict(zip(GAP_COLUMNS, (*names, *columns, p_values, methods), strict=True)))


def cliffs_delta(a: Integers, b: Integers) -> Numbers:
    """Mean of sign(a_i - b_j); ``a`` and ``b`` (..., values) count respondents by ascending value.

    1 when every a is higher than every b, 0 when neither prevails, -1 when every b is higher. NaN where one is empty.
    """
    people = b.sum(axis=-1)
    up_to = b.cumsum(axis=-1)
    lower_minus_higher = (up_to - b) - (people[..., None] - up_to)
    return ratio((a * lower_minus_higher).sum(axis=-1), a.sum(axis=-1) * people)


def size_of(delta: float) -> str | None:
    """A word for Cliff's delta: ``negligible``, ``small``, ``medium`` or ``large``; None where it is unknown.

    The usual limits .147, .33 and .474 (Romano, Kromrey, Coraggio & Skowronek 2006), the sign left aside.
    """
    if np.isnan(delta):
        return None
    return next((word for least, word in _SIZES if abs(delta) >= least), "negligible")


def _compared(marks: Marks, a: Integers, b: Integers) -> tuple[Numbers, Integers, Integers, Numbers]:
    """Four columns of ``GAP_COLUMNS`` over the pairs of roles ``a`` and ``b``."""
    means, region = marks.means, marks.counts.sum(axis=0)
    differences = means[:, a] - means[:, b]
    differences[abs(differences) < _NOTHING] = 0
    gap = mean_of_known(differences, axis=0)
    direction = np.where(abs(gap) < _NOTHING, np.nan, np.sign(gap))
    same = (np.sign(differences) == direction).sum(axis=0)
    return gap, (~np.isnan(differences)).sum(axis=0), same, cliffs_delta(region[a], region[b])


def _tested(marks: Marks, a: int, b: int, *, test: bool) -> tuple[float, str | None]:
    if not test:
        return float("nan"), None
    p, method = stratified(marks.values, marks.counts[:, a], marks.counts[:, b])
    return p, None if np.isnan(p) else method
