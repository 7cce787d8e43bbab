"""What was answered: ``respondent,organisation,role,question,answer``, one row per answer."""

from collections.abc import Iterator
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from surveyapp.analysis.reading.tables import Flags, Table, blanks, unknown_roles
from surveyapp.questionnaires.answers import problem_with
from surveyapp.questionnaires.kinds.text import words
from surveyapp.questionnaires.problem import Problem
from surveyapp.questionnaires.questionnaire import (
    DONT_KNOW,
    NOT_APPLICABLE,
    SKIPPED,
    Questionnaire,
    ScaleQuestion,
)

ANSWER_COLUMNS: Final = ("respondent", "organisation", "role", "question", "answer")
STATUS: Final = "status"
FURTHER_COLUMNS: Final = (STATUS, "open_link")
"""What an export of answers says besides: ``status`` is ``counted`` or ``excluded``, and empty means counted."""
_EXCLUDED: Final = "excluded"
_STATES: Final = ("", "counted", _EXCLUDED)
_APART: Final = (DONT_KNOW, NOT_APPLICABLE)


def answer_problems(
    table: Table, questionnaire: Questionnaire | None, invited: Table | None, name: str
) -> Iterator[Problem]:
    """Every fault of the answers, judged by what is known of questions and invitations (in the file ``name``)."""
    yield from blanks(table, ("respondent", "organisation", "role", "question"))
    if invited:
        known = {*invited.words("organisation"), ""}
        yield from table.problems(
            table.where("organisation", lambda word: word not in known),
            lambda row: (
                f"organisation '{table.word('organisation', row)}' is not in {name}: add it there or correct it"
            ),
            table.codes("organisation"),
        )
    yield from _split_respondents(table, "organisation")
    yield from _split_respondents(table, "role")
    yield from _answered_twice(table)
    yield from _unknown_states(table)
    if questionnaire is not None:
        yield from unknown_roles(table, [role.key for role in questionnaire.roles])
        yield from _question_and_answer_problems(table, questionnaire)


def _question_and_answer_problems(table: Table, questionnaire: Questionnaire) -> Iterator[Problem]:
    stored = questionnaire.stored
    question, role, answer = (table.codes(column) for column in ("question", "role", "answer"))
    yield from table.problems(
        table.where("question", lambda word: word not in stored and word != ""),
        lambda row: f"question '{table.word('question', row)}' is not in the questionnaire: correct or remove it",
        question,
    )
    filled = table.where("answer", lambda word: word != SKIPPED)
    roles = {one.key for one in questionnaire.roles}
    put = np.array(
        [
            [word not in stored or who not in roles or stored[word][0].asked_of(who) for who in table.words("role")]
            for word in table.words("question")
        ],
        dtype=bool,
    ).reshape(len(table.words("question")), len(table.words("role")))
    yield from table.problems(
        filled & ~put[question, role],
        lambda row: (
            f"question '{table.word('question', row)}' is not put to {table.word('role', row)}: "
            "remove the answer or correct the role"
        ),
        question * len(table.words("role")) + role,
    )
    pair = question * max(len(table.words("answer")), 1) + answer
    faulty = filled & _not_allowed(table, questionnaire, pair)
    yield from table.problems(faulty, lambda row: _answer_sentence(table, row, questionnaire), pair)


def _not_allowed(table: Table, questionnaire: Questionnaire, pair: NDArray[np.int64]) -> Flags:
    """Rows whose answer the question does not allow; every different pair is judged once."""
    place, distinct = pd.factorize(pair)
    questions, answers = table.words("question"), table.words("answer")
    wrong = np.zeros(len(distinct), dtype=bool)
    for number, code in enumerate(distinct):
        asked, given = divmod(int(code), max(len(answers), 1))
        key = questions[asked]
        wrong[number] = key in questionnaire.stored and not _allows(questionnaire, key, answers[given])
    return wrong[place]


def _allows(questionnaire: Questionnaire, key: str, answer: str) -> bool:
    """A file may say "don't know" or "not applicable" to any scale question, also where our page does not offer it."""
    if isinstance(questionnaire.questions.get(key), ScaleQuestion) and answer in _APART:
        return True
    return problem_with(questionnaire, key, answer) is None


def _answer_sentence(table: Table, row: int, questionnaire: Questionnaire) -> str:
    key, answer = table.word("question", row), table.word("answer", row)
    shown = answer if len(answer) <= 40 else answer[:39] + "…"
    return f"'{shown}' is no answer to '{key}': {_allowed(questionnaire, key)}, or leave it empty"


def _allowed(questionnaire: Questionnaire, key: str) -> str:
    """What may stand there, in words."""
    question, part = questionnaire.stored[key]
    if part:
        return words(question.parts[part])
    advice = question.advice(questionnaire.scales_by_key)
    if isinstance(question, ScaleQuestion):
        return ", ".join(dict.fromkeys((*advice.split(", "), *_APART)))
    return advice


def _split_respondents(table: Table, column: str) -> Iterator[Problem]:
    """Respondents who answer for two organisations or in two roles; once for each that is too many."""
    respondent, value = table.codes("respondent"), table.codes(column)
    first = np.zeros(len(table.words("respondent")), np.int64)
    first[respondent[::-1]] = np.arange(len(respondent))[::-1]  # the last to be written is the first row
    start = first[respondent]
    other = (value != value[start]) & table.where("respondent", bool) & table.where(column, bool)
    again = pd.Series(respondent * len(table.words(column)) + value).duplicated().to_numpy()

    def sentence(row: int) -> str:
        before = int(start[row])
        return (
            f"respondent '{table.word('respondent', row)}' has {column} {table.word(column, row)} here and "
            f"{table.word(column, before)} on line {table.lines[before]}: give everyone one {column}"
        )

    yield from table.problems(other & ~again, sentence)


def _unknown_states(table: Table) -> Iterator[Problem]:
    if STATUS in table.frame:
        yield from table.problems(
            table.where(STATUS, lambda word: word not in _STATES),
            lambda row: f"status '{table.word(STATUS, row)}' is unknown: use counted or {_EXCLUDED}, or leave it empty",
            table.codes(STATUS),
        )


def counted(table: Table) -> pd.DataFrame:
    """The rows of everybody who is not excluded, with ``ANSWER_COLUMNS``."""
    answers = table.frame[list(ANSWER_COLUMNS)]
    if STATUS not in table.frame or _EXCLUDED not in table.words(STATUS):
        return answers
    kept = answers[table.where(STATUS, lambda word: word != _EXCLUDED)].reset_index(drop=True)
    return pd.DataFrame({name: kept[name].cat.remove_unused_categories() for name in ANSWER_COLUMNS})


def _answered_twice(table: Table) -> Iterator[Problem]:
    pair = table.codes("respondent") * max(len(table.words("question")), 1) + table.codes("question")
    twice = pd.Series(pair).duplicated().to_numpy()
    yield from table.problems(
        twice & table.where("respondent", bool) & table.where("question", bool),
        lambda row: (
            f"respondent '{table.word('respondent', row)}' answers '{table.word('question', row)}' here again: "
            "keep one of the answers"
        ),
    )
