"""How much a theme matters to people, beside how well it goes: what is important and goes badly comes first."""

from typing import Final

import numpy as np
import pandas as pd

from surveyapp.analysis.agreement import mean, ratio
from surveyapp.analysis.cells import Cells, add_up, named, required, whole
from surveyapp.analysis.counts import Counts
from surveyapp.analysis.tallying import codes_of
from surveyapp.questionnaires.questionnaire import Questionnaire, ScaleQuestion

IMPORTANCE_COLUMNS: Final = ("key", "question", "points", "organisation", "role", "n", "mean", "dont_know")


def importance(counts: Counts, questionnaire: Questionnaire) -> pd.DataFrame:
    """One row per question of importance, organisation and role, with the totals ``all`` (``IMPORTANCE_COLUMNS``).

    ``key`` is the theme of the section that asks it, empty outside one; ``points`` of its scale. ``mean`` over the
    ``n`` marks, pooled; ``dont_know`` of marks and don't knows together. NaN without answers, and for a role that was
    not asked. It is laid beside a theme's ``mean`` of the scores, and never mixed with it.
    """
    cells = Cells.of(counts, [role.key for role in questionnaire.roles])
    asked = [
        (section.theme or "", question)
        for section in questionnaire.sections
        for question in section.questions
        if isinstance(question, ScaleQuestion) and question.purpose == "importance"
    ]
    parts = [_of_question(theme, question, counts, questionnaire, cells) for theme, question in asked]
    if not parts:
        return pd.DataFrame(columns=list(IMPORTANCE_COLUMNS))
    return pd.concat(parts, ignore_index=True)


def _of_question(
    theme: str, question: ScaleQuestion, counts: Counts, questionnaire: Questionnaire, cells: Cells
) -> pd.DataFrame:
    codes = codes_of(question, questionnaire)
    size = len(questionnaire.scale(question.scale).points)
    rows = counts.items[counts.items["question"] == question.key]
    at = (*cells.place(rows), required(rows["answer"], codes))
    found = add_up((*cells.shape, len(codes)), at, whole(rows["count"]))
    put = np.array([question.asked_of(role) for role in cells.roles], bool)
    answers = cells.with_all((found * put[:, None])[None])[0]
    marks, dont_know = answers[..., :size], answers[..., size]
    if question.reverse:
        marks = marks[..., ::-1]
    n = np.asarray(marks.sum(axis=-1))
    row, column = np.indices(n.shape).reshape(2, -1)
    columns = (
        [theme] * len(row),
        [question.key] * len(row),
        np.full(len(row), size),
        named(cells.rows, row),
        named(cells.columns, column),
        *(part.ravel() for part in (n, mean(marks), ratio(dont_know, n + dont_know))),
    )
    return pd.DataFrame(dict(zip(IMPORTANCE_COLUMNS, columns, strict=True)))
