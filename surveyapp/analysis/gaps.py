"""Where roles see it differently: gaps between the roles of one organisation, over the region."""

from itertools import combinations

import numpy as np
import pandas as pd

from surveyapp.analysis.agreement import Integers
from surveyapp.analysis.counts import Counts
from surveyapp.analysis.marks import Marks, region_marks
from surveyapp.analysis.permutation import stratified
from surveyapp.analysis.results import GAP_COLUMNS
from surveyapp.questionnaires.questionnaire import Questionnaire


def gaps(counts: Counts, questionnaire: Questionnaire, *, test: bool = True) -> pd.DataFrame:
    """One row per theme and item and pair of roles (``GAP_COLUMNS``), in scale points, for the region.

    ``gap``: mean over organisations of the within-organisation difference of means, first role minus second; only
    organisations where both roles have a mark take part, ``organisations`` says how many. ``same_direction``: those
    whose difference has the sign of ``gap``; a zero counts for neither side. ``cliffs_delta``: over all pairs of one
    respondent of either role in the region, the share in which the first role's mark is higher minus the share in
    which it is lower (Cliff 1993, Psychological Bulletin 114). ``p_exact``, ``p_method``: ``permutation.stratified``
    of the gap; both missing without ``test``, which takes milliseconds instead of seconds.

    Without an organisation that has both roles the gap is NaN and the counts 0.
    """
    roles = [role.key for role in questionnaire.roles]
    rows = [
        (found.key, roles[a], roles[b], *_compared(found, a, b), *_tested(found, a, b, test=test))
        for found in region_marks(counts, questionnaire)
        for a, b in combinations(range(len(roles)), 2)
    ]
    frame = pd.DataFrame(rows, columns=list(GAP_COLUMNS))
    numbers = ["gap", "cliffs_delta", "p_exact"]
    frame[numbers] = frame[numbers].astype(float)
    return frame


def cliffs_delta(a: Integers, b: Integers) -> float:
    """Mean of sign(a_i - b_j); ``a`` and ``b`` (values,) count respondents by ascending value. NaN where one is empty.

    1 when every a is higher than every b, 0 when neither prevails, -1 when every b is higher.
    """
    pairs = int(a.sum()) * int(b.sum())
    lower = np.cumsum(b) - b
    higher = int(b.sum()) - np.cumsum(b)
    return int(a @ (lower - higher)) / pairs if pairs else float("nan")


def _compared(found: Marks, a: int, b: int) -> tuple[float, int, int, float]:
    n_a, n_b = found.n[:, a], found.n[:, b]
    both = (n_a > 0) & (n_b > 0)
    delta = cliffs_delta(found.counts[:, a].sum(axis=0), found.counts[:, b].sum(axis=0))
    organisations = int(both.sum())
    if not organisations:
        return float("nan"), 0, 0, delta
    totals = found.totals[both]
    crossed = totals[:, a] * n_b[both] - totals[:, b] * n_a[both]
    gap = float((crossed / (n_a[both] * n_b[both])).mean()) / found.unit
    direction = 0.0 if abs(gap) < 1e-12 else np.sign(gap)
    same = int((np.sign(crossed) == direction).sum()) if direction else 0
    return gap, organisations, same, delta


def _tested(found: Marks, a: int, b: int, *, test: bool) -> tuple[float, str | None]:
    if not test:
        return float("nan"), None
    p, method = stratified(found.values, found.counts[:, a], found.counts[:, b])
    return p, None if np.isnan(p) else method
