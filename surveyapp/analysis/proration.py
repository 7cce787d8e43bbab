"""Would scores be other if everybody had answered the same statements?

A theme score is the mean of what somebody answered. Who skips the hard statements looks better. Scores are worked out
again as the distance from what the region answered to the same statements; a large difference is a warning, not a
correction.

Source: Mazza, Enders & Ruehlman 2015, Multivariate Behavioral Research 50, for the bias.
"""

from collections.abc import Collection
from typing import Final

import numpy as np
import pandas as pd

from surveyapp.analysis.agreement import Numbers, mean_of_known
from surveyapp.analysis.counts import EVERYONE
from surveyapp.analysis.respondents import Respondents
from surveyapp.questionnaires.questionnaire import Questionnaire

PRORATION_COLUMNS: Final = ("key", "organisation", "n", "mean", "adjusted", "difference", "flagged")
NOTABLE: Final = 0.2
"""Scale points, on five, from which the difference is flagged."""
_USUAL_STEPS: Final = 4


def proration(answers: pd.DataFrame, questionnaire: Questionnaire, region: Collection[str]) -> pd.DataFrame:
    """One row per theme and organisation with a score, and one for the region (``PRORATION_COLUMNS``).

    ``answers``: ``respondent, organisation, role, question, answer``, submitted responses only; this needs respondents'
    rows, because counts do not tell which statements went together. ``region``: its organisations (``Counts.region``).
    ``mean`` is the pooled mean, of the region that of all its respondents; ``adjusted`` the same over adjusted scores;
    ``difference`` adjusted minus mean; ``flagged`` from 0.2 on, stretched with the steps of the scale.
    """
    rows = [
        (theme, *row)
        for theme in questionnaire.themes
        for row in _of_theme(Respondents.of(answers, questionnaire, theme), set(region), _steps(questionnaire, theme))
    ]
    return pd.DataFrame(rows, columns=list(PRORATION_COLUMNS))


def adjusted(found: Respondents, item_means: Numbers) -> Numbers:
    """(P,): mean of (x - m) over the items answered plus mean of m over those put to the respondent; NaN unscored.

    ``item_means`` (J,) are the region's. Items that nobody in the region answered take no part.
    """
    known = ~np.isnan(found.marks) & ~np.isnan(item_means)
    away = mean_of_known(np.where(known, found.marks - item_means, np.nan), axis=1)
    usual = mean_of_known(np.where(found.put, item_means, np.nan), axis=1)
    return np.where(found.scored, np.where(known.any(axis=1), away + usual, found.scores), np.nan)


def _of_theme(found: Respondents, region: set[str], steps: int) -> list[tuple[str, int, float, float, float, bool]]:
    organisations = found.who["organisation"].to_numpy(object)
    inside = np.array([code in region for code in organisations], bool)
    scores = found.scores
    again = adjusted(found, mean_of_known(found.marks[inside], axis=0))
    groups = [(str(code), organisations == code) for code in dict.fromkeys(organisations)]
    rows = []
    for code, members in [*groups, (EVERYONE, inside)]:
        here = members & found.scored
        if here.any():
            mean, other = float(scores[here].mean()), float(again[here].mean())
            flagged = abs(other - mean) >= NOTABLE * steps / _USUAL_STEPS - 1e-9
            rows.append((code, int(here.sum()), mean, other, other - mean, flagged))
    return rows


def _steps(questionnaire: Questionnaire, theme: str) -> int:
    return max(len(questionnaire.scale(item.scale).points) for item in questionnaire.scored_items(theme)) - 1
