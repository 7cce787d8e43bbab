"""How far a theme's numbers can be relied on: whether its statements go together, and whether organisations differ."""

from typing import Final

import pandas as pd

from surveyapp.analysis.counts import Counts
from surveyapp.analysis.intraclass import intraclass
from surveyapp.analysis.reliability import omegas, reliability
from surveyapp.analysis.tallies import Tallies
from surveyapp.questionnaires.questionnaire import Questionnaire

DEPENDABILITY_COLUMNS: Final = (
    "key",
    "items",
    "n",
    "alpha",
    "lower",
    "upper",
    "omega",
    "organisations",
    "people",
    "icc1",
    "icc2",
)
"""``n`` answered every one of the ``items``, ``people`` in so many ``organisations`` have a theme score."""


def dependability(counts: Counts, questionnaire: Questionnaire, answers: pd.DataFrame | None) -> pd.DataFrame:
    """One row per theme, over the region (``DEPENDABILITY_COLUMNS``).

    ``answers`` as for ``reliability``; without them ``n``, alpha, its limits and omega are NaN.
    """
    differing = intraclass(Tallies.of(counts, questionnaire)).rename(columns={"n": "people"})
    items = {theme: len(questionnaire.scored_items(theme)) for theme in questionnaire.themes}
    found = differing.assign(items=differing["key"].map(items))
    if answers is not None:
        together = reliability(answers, questionnaire, counts.region).drop(columns="items")
        one_factor = omegas(answers, questionnaire, counts.region)[["key", "omega"]]
        found = found.merge(together, on="key").merge(one_factor, on="key")
    return found.reindex(columns=list(DEPENDABILITY_COLUMNS))
