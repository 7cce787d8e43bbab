"""How the answers to one question are spread, as its respondents gave them: for diverging bars."""

import numpy as np
import pandas as pd

from surveyapp.analysis.agreement import Integers
from surveyapp.analysis.cells import Cells, add_up, required, whole
from surveyapp.analysis.counts import Counts
from surveyapp.analysis.tallying import codes_of
from surveyapp.questionnaires.questionnaire import CodedQuestion, Questionnaire


def distribution(counts: Counts, questionnaire: Questionnaire, key: str) -> pd.DataFrame:
    """``organisation, role, answer, count`` of one question with codes; also ``all`` organisations and ``all`` roles.

    One row per organisation, role that was asked, and possible answer in the order of the page (then ``dk``, ``na``
    and the empty one for skipped), zeros included. Reverse items are not turned round: this is what people read and
    chose. Organisation ``all`` is the region. ValueError for a question without codes.
    """
    question = questionnaire.questions[key]
    if not isinstance(question, CodedQuestion):
        raise ValueError(f"{key} has no codes to count")
    cells = Cells.of(counts, [role.key for role in questionnaire.roles])
    asked = np.array([question.asked_of(role) for role in cells.roles], bool)
    found = cells.with_all(_counted(counts, question, codes_of(question, questionnaire), cells) * asked[:, None])[0]
    shown = np.append(asked, True)
    roles = np.array(cells.columns, object)[shown]
    answers = np.array(codes_of(question, questionnaire), object)
    return pd.DataFrame(
        {
            "organisation": np.repeat(np.array(cells.rows, object), len(roles) * len(answers)),
            "role": np.tile(np.repeat(roles, len(answers)), len(cells.rows)),
            "answer": np.tile(answers, len(cells.rows) * len(roles)),
            "count": found[:, shown].ravel(),
        }
    )


def _counted(counts: Counts, question: CodedQuestion, answers: tuple[str, ...], cells: Cells) -> Integers:
    rows = counts.items[counts.items["question"] == question.key]
    at = (*cells.place(rows), required(rows["answer"], answers))
    return add_up((*cells.shape, len(answers)), at, whole(rows["count"]))[None]
