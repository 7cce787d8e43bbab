"""``answers.csv``: every answer of a wave, one a row, for analysing elsewhere."""

from typing import Final

import pandas as pd

from surveyapp.questionnaires.questionnaire import Questionnaire, TextQuestion
from surveyapp.reports.spreadsheet import harmless

COLUMNS: Final = ("respondent", "organisation", "role", "question", "answer")


def file_of(answers: pd.DataFrame, questionnaire: Questionnaire) -> str:
    """CSV with commas, a header and line feeds, in UTF-8; ``answers`` has the columns of ``COLUMNS``.

    Codes, numbers and rankings stand as they were given. Words of people that a spreadsheet would take for a formula
    get an apostrophe in front.
    """
    words = {
        key for key, (question, part) in questionnaire.stored.items() if part or isinstance(question, TextQuestion)
    }
    written = answers["question"].isin(words)
    safe = answers["answer"].where(~written, answers["answer"].map(harmless))
    return str(answers.assign(answer=safe)[list(COLUMNS)].to_csv(index=False, lineterminator="\n"))
