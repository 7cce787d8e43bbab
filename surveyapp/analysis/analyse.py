"""The whole analysis in one call: what goes in is counts, what comes out is for the research team only."""

import pandas as pd

from surveyapp.analysis.answered import Answered
from surveyapp.analysis.counts import Counts
from surveyapp.analysis.gaps import gaps
from surveyapp.analysis.reliability import reliability
from surveyapp.analysis.results import RELIABILITY_COLUMNS, Basis, Results
from surveyapp.analysis.scores import score
from surveyapp.analysis.shrinkage import shrinkage
from surveyapp.analysis.tallies import Tallies
from surveyapp.questionnaires.questionnaire import Questionnaire


def analyse(
    counts: Counts, questionnaire: Questionnaire, answers: pd.DataFrame | None = None, *, test: bool = True
) -> Results:
    """Analyse a study from its tallies.

    ``answers`` (respondent, organisation, role, question, answer) are needed for reliability alone, which is empty
    without them. Without ``test`` the gaps get no p-values, which take seconds where all else takes milliseconds: for
    a page that looks at the numbers of this moment.
    """
    tallies = Tallies.of(counts, questionnaire)
    return Results(
        scores=score(tallies),
        gaps=gaps(tallies, test=test),
        shrinkage=shrinkage(tallies),
        reliability=_no_reliability() if answers is None else reliability(answers, questionnaire, counts.region),
        basis=Basis.of(counts, questionnaire),
        answered=Answered(counts, questionnaire),
    )


def _no_reliability() -> pd.DataFrame:
    kinds = dict.fromkeys(RELIABILITY_COLUMNS, "float64") | {"key": "object", "items": "int64", "n": "int64"}
    return pd.DataFrame(columns=list(RELIABILITY_COLUMNS)).astype(kinds)
