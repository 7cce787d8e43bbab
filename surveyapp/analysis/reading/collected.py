"""Answers that were collected elsewhere, as ``answers.csv``: read for a wave, with every fault and its line.

What respondents of this installation cannot send, cannot be imported either: an answer that the questionnaire does not
offer, or to a question that it would not have shown.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from surveyapp.analysis.reading.answers import ANSWER_COLUMNS, answer_problems
from surveyapp.analysis.reading.tables import Table, read_table
from surveyapp.questionnaires.answers import problem_with
from surveyapp.questionnaires.condition import Standing
from surveyapp.questionnaires.path import path as path_of
from surveyapp.questionnaires.problem import Problem
from surveyapp.questionnaires.questionnaire import DONT_KNOW, NOT_APPLICABLE, Questionnaire

LONGEST_CODE: Final = 100
_APART: Final = (DONT_KNOW, NOT_APPLICABLE)


@dataclass(frozen=True)
class Seat:
    """The place of somebody who was invited: whether they began, or sent answers already."""

    invitation_id: int
    begun: bool
    sent: bool


@dataclass(frozen=True)
class Expected:
    """What a wave knows before the file: ``kinds`` maps the code of each organisation to its kind; ``imported`` are the
    codes that came by an earlier file; ``seats`` are found by address in small letters, organisation and role."""

    kinds: Mapping[str, str]
    open_roles: Collection[str]
    imported: Collection[str]
    seats: Mapping[tuple[str, str, str], Seat]


@dataclass(frozen=True)
class Collected:
    """What one respondent answered; ``invitation_id`` is of the seat that they have already."""

    respondent: str
    standing: Standing
    answers: Mapping[str, str]
    invitation_id: int | None = None


def read(
    file: Path, questionnaire: Questionnaire, expected: Expected
) -> tuple[tuple[Collected, ...], tuple[Problem, ...]]:
    """Everybody in the file in the order of their first line; or every problem by line, and nobody."""
    table, problems = read_table(file, ANSWER_COLUMNS)
    if table is None:
        return (), tuple(problems)
    if not len(table.frame):
        return (), (Problem(file, 1, "has only a header: add a row for each answer"),)
    problems += answer_problems(table, questionnaire, None, file.name)
    problems += _about_places(table, expected)
    problems += _about_offers(table, questionnaire)
    if problems:
        return (), tuple(sorted(set(problems)))
    people = [_Person(table, rows, expected) for rows in _rows_of_each(table)]
    problems += [problem for person in people for problem in person.problems(questionnaire)]
    return (() if problems else tuple(person.collected for person in people)), tuple(sorted(set(problems)))


def _about_places(table: Table, expected: Expected) -> Iterator[Problem]:
    yield from table.problems(
        table.where("organisation", lambda word: word != "" and word not in expected.kinds),
        lambda row: (
            f"organisation '{table.word('organisation', row)}' does not take part: use a code of the study, such as "
            f"{next(iter(expected.kinds), '')}"
        ),
        table.codes("organisation"),
    )
    yield from table.problems(
        table.where("role", lambda word: word in expected.open_roles),
        lambda row: f"role '{table.word('role', row)}' answers through an open link: remove its answers",
        table.codes("role"),
    )


def _about_offers(table: Table, questionnaire: Questionnaire) -> Iterator[Problem]:
    """What a file may say elsewhere, and this questionnaire does not offer."""
    questions = questionnaire.questions
    for answer in _APART:
        closed = {key for key in questions if problem_with(questionnaire, key, answer) is not None}
        yield from table.problems(
            table.where("answer", lambda word, answer=answer: word == answer)  # type: ignore[misc]
            & table.where("question", lambda word, closed=closed: word in closed),  # type: ignore[misc]
            lambda row: (
                f"'{table.word('answer', row)}' is not offered by '{table.word('question', row)}' here: leave it empty"
            ),
            table.codes("question"),
        )


def _rows_of_each(table: Table) -> list[list[int]]:
    rows: dict[int, list[int]] = {}
    for row, code in enumerate(table.codes("respondent").tolist()):
        rows.setdefault(code, []).append(row)
    return list(rows.values())


class _Person:
    """The rows of one respondent, which agree about organisation and role."""

    def __init__(self, table: Table, rows: list[int], expected: Expected) -> None:
        first = rows[0]
        organisation, role = table.word("organisation", first), table.word("role", first)
        self._table, self._first, self._expected = table, first, expected
        self._respondent = table.word("respondent", first).strip()
        self._rows = {table.word("question", row): row for row in rows}
        self._answers = {key: table.word("answer", row) for key, row in self._rows.items()}
        self._standing = Standing(role, organisation, expected.kinds[organisation])
        self._seat = expected.seats.get((self._respondent.lower(), organisation, role))

    @property
    def collected(self) -> Collected:
        given = {key: value for key, value in self._answers.items() if value.strip()}
        return Collected(
            self._respondent, self._standing, given, self._seat.invitation_id if self._seat is not None else None
        )

    def problems(self, questionnaire: Questionnaire) -> Iterator[Problem]:
        """What keeps this respondent from being imported."""
        who = self._about_who()
        if who is not None:
            yield self._table.problem(self._first, f"respondent '{self._respondent}' {who}")
        given = self.collected.answers
        if not given:
            yield self._table.problem(
                self._first, f"respondent '{self._respondent}' answers nothing: remove the rows or fill them in"
            )
        shown = path_of(questionnaire, self._standing, given)
        for key in sorted(given.keys() - shown.counted(given).keys()):
            yield self._table.problem(
                self._rows[key],
                f"question '{key}' is not shown to respondent '{self._respondent}' after their other answers: "
                "remove the answer",
            )
        for key in shown.unfinished(given):
            yield self._table.problem(
                self._rows.get(key, self._first),
                f"question '{key}' must be answered differently by respondent '{self._respondent}' before answers can "
                "be sent: look at what the questionnaire asks there",
            )

    def _about_who(self) -> str | None:
        if self._seat is not None and self._seat.sent:
            return "has sent answers to this wave already: remove the rows"
        if self._seat is not None and self._seat.begun:
            return "has begun to answer with their own link: let them send it, or remove the rows"
        if self._seat is None and "@" in self._respondent:
            return "was not invited under this address for this organisation and role: invite them first, or use a code"
        if self._respondent in self._expected.imported:
            return "was imported into this wave already: remove the rows, or use another code"
        if len(self._respondent) > LONGEST_CODE or not self._respondent.isprintable():
            return f"cannot be a code: use at most {LONGEST_CODE} characters that can be printed"
        return None
