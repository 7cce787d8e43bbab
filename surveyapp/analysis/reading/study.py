"""The files of a study together."""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from surveyapp.analysis.reading.answers import ANSWER_COLUMNS, FURTHER_COLUMNS, answer_problems, counted
from surveyapp.analysis.reading.invited import INVITED_COLUMNS, invited_frame, invited_problems
from surveyapp.analysis.reading.questions import read_questions
from surveyapp.analysis.reading.tables import read_table
from surveyapp.questionnaires.problem import Problem
from surveyapp.questionnaires.questionnaire import Questionnaire


@dataclass(frozen=True)
class Study:
    """Faultless input: ``answers`` with ``ANSWER_COLUMNS``, ``invited`` with organisation, role, invited and kind."""

    answers: pd.DataFrame
    invited: pd.DataFrame
    questionnaire: Questionnaire


def read(answers: Path, invited: Path, asked: Questionnaire | Path) -> tuple[Study | None, tuple[Problem, ...]]:
    """The study in these files, or every problem in them by file and line. ``asked`` may be a ``QUESTIONS.csv``."""
    cells, problems = read_table(invited, INVITED_COLUMNS, ("kind",))
    roles = [role for role in cells.words("role") if role] if cells else None
    if isinstance(asked, Path):
        questionnaire, found = read_questions(asked, roles)
        problems += found
    else:
        questionnaire = asked
    if cells:
        problems += invited_problems(cells, questionnaire)
    rows, found = read_table(answers, ANSWER_COLUMNS, FURTHER_COLUMNS)
    problems += found
    if rows:
        problems += answer_problems(rows, questionnaire, cells, invited.name)
    if problems or rows is None or cells is None or questionnaire is None:
        return None, tuple(sorted(set(problems)))
    return Study(counted(rows), invited_frame(cells), questionnaire), ()
