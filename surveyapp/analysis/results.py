"""What the analysis finds: tidy frames, unrounded, for the research team only."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

import pandas as pd

from surveyapp.analysis.answered import DISTRIBUTION_COLUMNS, MEASURE_COLUMNS, Answered
from surveyapp.analysis.answered.frames import empty
from surveyapp.analysis.counts import Counts
from surveyapp.questionnaires.questionnaire import Questionnaire

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
    "top",
    "bottom",
    "top_lower",
    "top_upper",
    "interval_lower",
    "interval_upper",
    "consensus",
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
class Basis:
    """What of the study the privacy gate must know to see how the results hang together."""

    region: tuple[str, ...]
    """The organisations behind the rows of organisation ``all``."""
    members: Mapping[str, tuple[str, ...]]
    """Theme -> the items behind its score."""
    points: Mapping[str, int]
    """Item or theme -> the steps of its scale, which run 1..c; of a theme the most that one of its items has."""

    @classmethod
    def of(cls, counts: Counts, questionnaire: Questionnaire) -> Self:
        members = {
            theme: tuple(item.key for item in questionnaire.scored_items(theme)) for theme in questionnaire.themes
        }
        sizes = {scale.key: len(scale.points) for scale in questionnaire.scales}
        points = {item.key: sizes[item.scale] for theme in members for item in questionnaire.scored_items(theme)}
        points |= {theme: max(points[item] for item in items) for theme, items in members.items()}
        return cls(counts.region, members, points)


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
    basis: Basis | None = None
    """Needed to pass the privacy gate."""
    answered: Answered | None = None
    """The answers to every question, whatever its kind."""

    @property
    def distributions(self) -> pd.DataFrame:
        """How often each answer to each question was given: ``DISTRIBUTION_COLUMNS`` of ``analysis.answered``."""
        return empty(DISTRIBUTION_COLUMNS) if self.answered is None else self.answered.distributions

    @property
    def measures(self) -> pd.DataFrame:
        """What sums up the answers to questions outside the themes: ``MEASURE_COLUMNS`` of ``analysis.answered``."""
        return empty(MEASURE_COLUMNS) if self.answered is None else self.answered.measures
