"""What the analysis finds: tidy frames, unrounded, for the research team only."""

from dataclasses import dataclass

import pandas as pd

SCORE_COLUMNS = (
    "level",
    "key",
    "organisation",
    "role",
    "invited",
    "responded",
    "n",
    "mean",
    "equal",
    "balanced",
    "median",
    "lower",
    "upper",
    "ad",
    "agreement",
    "rwg",
    "dk",
    "na",
    "skipped",
)
GAP_COLUMNS = (
    "key",
    "role_a",
    "role_b",
    "gap",
    "organisations",
    "same_direction",
    "cliffs_delta",
    "p_exact",
    "p_method",
)
RELIABILITY_COLUMNS = ("key", "items", "n", "alpha", "lower", "upper")
SHRINKAGE_COLUMNS = ("key", "organisation", "n", "raw", "shrunken", "p_below_region")


@dataclass(frozen=True)
class Results:
    """Unprotected results. Nothing outside the team's own pages and files may accept this type.

    ``scores`` has one row per (level, key, organisation, role) with ``organisation`` and ``role`` ``all`` for the
    region and for every role; ``gaps`` one row per key and pair of roles; ``shrinkage`` one per theme and
    organisation; ``reliability`` one per theme, empty where no respondents' rows were given. Missing is NaN.
    Columns as in ``SCORE_COLUMNS`` and so on; ``docs/method.md`` defines each.
    """

    scores: pd.DataFrame
    gaps: pd.DataFrame
    shrinkage: pd.DataFrame
    reliability: pd.DataFrame
