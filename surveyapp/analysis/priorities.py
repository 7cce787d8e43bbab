"""What matters and goes less well: every theme by its importance and its score, in four quarters.

From the frames of results or of safe results alone, so that for readers of a publication it is a function of what was
printed.
"""

from collections.abc import Iterator
from typing import Final

import pandas as pd

from surveyapp.analysis.answered import MEASURE_COLUMNS
from surveyapp.analysis.headlines import headlines
from surveyapp.questionnaires.questionnaire import Questionnaire, ScaleQuestion

PRIORITY_COLUMNS: Final = ("key", "question", "organisation", "role", "n", "importance", "score", "quadrant")
"""One row per theme of which the importance was asked, organisation and role. ``n`` gave an ``importance``, the mean of
their marks; ``score`` is the theme's headline. ``quadrant`` is empty where one of the two is not known."""
FIRST: Final = "first"
"""Matters more and goes less well than the themes do on average."""
KEEP: Final = "keep"
"""Matters more and goes better."""
LATER: Final = "later"
"""Matters less and goes less well."""
EASE: Final = "ease"
"""Matters less and goes better."""
_PLACE: Final = ["organisation", "role"]


def asked_importance(asked: Questionnaire) -> dict[str, str]:
    """Theme -> the first question that asks how much it matters."""
    found: dict[str, str] = {}
    for theme, question in _importance(asked):
        found.setdefault(theme, question)
    return {theme: found[theme] for theme in asked.themes if theme in found}


def priorities(scores: pd.DataFrame, measures: pd.DataFrame, asked: Questionnaire) -> pd.DataFrame:
    """``PRIORITY_COLUMNS``. The quarters part at the means over the themes of which both are known in that place.

    ``scores`` and ``measures`` of the same results. A theme on the line between two counts as the better one.
    """
    question_of = asked_importance(asked)
    themes = scores[scores["level"].eq("theme") & scores["key"].isin(list(question_of))].reset_index(drop=True)
    themes = themes.assign(question=themes["key"].map(question_of), score=headlines(themes))
    marks = measures.loc[:, list(MEASURE_COLUMNS)].rename(columns={"mean": "importance"})
    marks = marks[["question", *_PLACE, "n", "importance"]]
    found = themes[["key", "question", *_PLACE, "score"]].merge(marks, on=["question", *_PLACE])
    return found.assign(quadrant=_quadrants(found)).loc[:, list(PRIORITY_COLUMNS)]


def _quadrants(found: pd.DataFrame) -> "pd.Series[str]":
    known = found["score"].notna() & found["importance"].notna()
    lines = found[["score", "importance"]].where(known).groupby([found[name] for name in _PLACE]).transform("mean")
    better = found["score"] >= lines["score"] - 1e-9
    matters = found["importance"] >= lines["importance"] - 1e-9
    words = pd.Series(LATER, index=found.index, dtype="str")
    words = words.mask(matters, FIRST).mask(better, EASE).mask(better & matters, KEEP)
    return words.where(known, "")


def _importance(asked: Questionnaire) -> Iterator[tuple[str, str]]:
    for section in asked.sections:
        for question in section.questions:
            if section.theme is not None and isinstance(question, ScaleQuestion) and question.purpose == "importance":
                yield section.theme, question.key
