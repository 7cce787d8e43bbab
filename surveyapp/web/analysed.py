"""The analysis of a wave for the research team, kept as long as its counts stay the same."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

import pandas as pd

from surveyapp.analysis import agenda
from surveyapp.analysis.analyse import analyse
from surveyapp.analysis.counts import Counts
from surveyapp.analysis.dependability import dependability
from surveyapp.analysis.results import Results
from surveyapp.analysis.topic import Topic
from surveyapp.queries.counts import Kept
from surveyapp.questionnaires.questionnaire import Questionnaire
from surveyapp.reports.gaps import Gaps
from surveyapp.reports.given import Answered
from surveyapp.reports.scores import Scores


@dataclass(frozen=True)
class Counted:
    """What is analysed, known by its wave and the digests of the tallies and of what was asked."""

    wave: int
    digest: str
    edition: str
    kept: Kept = field(compare=False)
    questionnaire: Questionnaire = field(compare=False)


@dataclass(frozen=True)
class Analysed:
    """The analysis without p-values, and what pages look up in it; all of it made once, and when it is asked for."""

    questionnaire: Questionnaire
    counts: Counts
    results: Results
    _worked_out: dict[str, pd.DataFrame] = field(default_factory=dict, compare=False)

    @cached_property
    def scores(self) -> Scores:
        return Scores.unprotected(self.results)

    @cached_property
    def answered(self) -> Answered:
        return Answered.unprotected(self.results)

    @cached_property
    def gaps(self) -> Gaps:
        return Gaps.unprotected(self.results)

    @cached_property
    def topics(self) -> tuple[Topic, ...]:
        """Every theme and item of every organisation, ranked."""
        return agenda.topics(self.results, self.counts, self.questionnaire)

    @cached_property
    def estimates(self) -> Mapping[tuple[str, str], tuple[float, float]]:
        """Theme and organisation -> the careful estimate, and how likely the organisation lies below the region."""
        frame = self.results.shrinkage
        columns = (frame[name].tolist() for name in ("key", "organisation", "shrunken", "p_below_region"))
        return {
            (str(key), str(code)): (mean, below)
            for key, code, mean, below in zip(*columns, strict=True)
            if below == below
        }

    def dependability(self, answers: Callable[[], pd.DataFrame | None]) -> pd.DataFrame:
        """How far each theme can be relied on; asks for the answers at the first time only."""
        if "dependability" not in self._worked_out:
            self._worked_out["dependability"] = dependability(self.counts, self.questionnaire, answers())
        return self._worked_out["dependability"]


@lru_cache(maxsize=8)
def analysed(counted: Counted) -> Analysed:
    """Most pages look at counts that have not changed since the last one."""
    counts = counted.kept.counts(counted.questionnaire)
    return Analysed(counted.questionnaire, counts, analyse(counts, counted.questionnaire, test=False))
