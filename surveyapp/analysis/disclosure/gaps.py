"""The gaps between roles that may be shown outside the team."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from surveyapp.analysis.counts import EVERYONE
from surveyapp.analysis.disclosure.candidates import REGION, Name
from surveyapp.analysis.disclosure.deciding import Decision
from surveyapp.analysis.disclosure.extremes import narrowest_of_gap
from surveyapp.analysis.disclosure.policy import Policy
from surveyapp.analysis.disclosure.safe_results import DECIMALS
from surveyapp.analysis.disclosure.study import Study
from surveyapp.analysis.results import GAP_COLUMNS

_NUMBERS = ("gap", "organisations", "same_direction", "cliffs_delta", "p_exact")


def safe_gaps(
    gaps: pd.DataFrame, study: Study, decisions: Mapping[str, Decision], spread: frozenset[int], policy: Policy
) -> pd.DataFrame:
    """The rows of ``gaps`` with what is not safe emptied, rounded.

    The gap passes the leak test with the means. Cliff's delta and p tell of the distribution and need both roles
    among ``spread``, the rows of scores of which the distribution is shown. How many organisations have the same sign
    is said only where enough stand on either side: if nearly all do, it tells the sign of each.
    """
    safe = gaps.loc[:, list(GAP_COLUMNS)].reset_index(drop=True)
    safe[list(_NUMBERS)] = safe[list(_NUMBERS)].astype("float64")
    safe["p_method"] = safe["p_method"].fillna("").astype("str")
    values = safe["gap"].to_numpy(dtype=float)
    for row, (key, role_a, role_b) in enumerate(
        zip(safe["key"].astype(str), safe["role_a"].astype(str), safe["role_b"].astype(str), strict=True)
    ):
        if not _shown(study, decisions.get(key), key, float(values[row]), (role_a, role_b), policy):
            safe.loc[row, list(_NUMBERS)], safe.loc[row, "p_method"] = np.nan, ""
            continue
        both = [study.rows[key].get((EVERYONE, role)) for role in (role_a, role_b)]
        if not spread.issuperset(both):
            safe.loc[row, ["cliffs_delta", "p_exact"]], safe.loc[row, "p_method"] = np.nan, ""
        if min(_sides(study, key, role_a, role_b)) < policy.organisations_each_side:
            safe.loc[row, "same_direction"] = np.nan
    return safe.round(DECIMALS)


def _shown(
    study: Study, decision: Decision | None, key: str, gap: float, roles: tuple[str, str], policy: Policy
) -> bool:
    if not policy.withholds:
        return True
    if decision is None or np.isnan(gap):
        return False
    one, other = sorted(study.roles_of[role] for role in roles)
    name = Name(REGION, one, "gap", other)
    if not decision.shows(name):
        return False
    share = float(decision.candidates[name].share)
    return narrowest_of_gap(gap, share, study.basis.points[key]) >= policy.width


def _sides(study: Study, key: str, role_a: str, role_b: str) -> tuple[int, int]:
    """In how many organisations of the region the first role is higher, and lower."""
    means = study.scores["mean"].to_numpy(dtype=float)
    rows = [(study.rows[key].get((code, role_a)), study.rows[key].get((code, role_b))) for code in study.basis.region]
    differences = [float(means[a] - means[b]) for a, b in rows if a is not None and b is not None]
    return sum(each > 1e-9 for each in differences), sum(each < -1e-9 for each in differences)
