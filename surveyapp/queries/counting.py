"""Counting submitted answers from their rows: what the kept tallies are checked against.

Each count is one GROUP BY in the database. Whoever skipped a question has no row to group: their number is what is
missing from the number of submitted responses.
"""

from collections import Counter
from typing import Any

from sqlalchemy import ColumnElement, Integer, and_, case, cast, func, literal_column, or_, select
from sqlalchemy.orm import Session

from surveyapp.models import Answer, ItemTally, Response, ThemeTally, Wave
from surveyapp.questionnaires.questionnaire import SKIPPED, Questionnaire

Key = tuple[str | int, ...]
Given = tuple[str, str]
"""A question and the answer to it."""


def points(questionnaire: Questionnaire, role: str) -> dict[str, dict[Given, int]]:
    """Theme -> (question, answer) -> points, for the scored questions put to this role; reversed ones turned round."""
    found: dict[str, dict[Given, int]] = {}
    for theme in questionnaire.themes:
        items = questionnaire.scored_items(theme, role)
        if items:
            found[theme] = {
                (item.key, answer): points for item in items for answer, points in questionnaire.points(item).items()
            }
    return found


def key_columns(tally: type[ItemTally] | type[ThemeTally]) -> list[ColumnElement[Any]]:
    """The columns of a tally that say what is counted, without the wave."""
    return [key for key in tally.__table__.primary_key if key.name != "wave_id"]


def kept(session: Session, wave: Wave, tally: type[ItemTally] | type[ThemeTally]) -> dict[Key, int]:
    """The tally as it is kept: key without the wave -> count."""
    rows = session.execute(select(*key_columns(tally), tally.count).where(tally.wave_id == wave.id))
    return {tuple(row[:-1]): row[-1] for row in rows}


def submitted(session: Session, wave: Wave) -> dict[tuple[int, str], int]:
    """(membership, role) -> number of submitted responses."""
    rows = session.execute(
        select(Response.membership_id, Response.role, func.count())
        .where(Response.wave_id == wave.id, Response.submitted)
        .group_by(Response.membership_id, Response.role)
    )
    return {(membership, role): count for membership, role, count in rows}


def items(session: Session, wave: Wave, questionnaire: Questionnaire) -> dict[Key, int]:
    """The item tally, counted from the answers."""
    asked = {
        role.key: tuple(question.key for question in questionnaire.coded_for(role.key)) for role in questionnaire.roles
    }
    rows = session.execute(
        select(Answer.question, Response.membership_id, Response.role, Answer.value, func.count())
        .join_from(Answer, Response)
        .where(
            Response.wave_id == wave.id,
            Response.submitted,
            Answer.value != SKIPPED,
            Answer.question.in_({question for questions in asked.values() for question in questions}),
        )
        .group_by(Answer.question, Response.membership_id, Response.role, Answer.value)
    )
    counted: dict[Key, int] = {
        (question, membership, role, answer): count
        for question, membership, role, answer, count in rows
        if question in asked[role]
    }
    answered: Counter[tuple[str, int, str]] = Counter()
    for (question, membership, role, _answer), count in counted.items():
        answered[str(question), int(membership), str(role)] += count
    for (membership, role), people in submitted(session, wave).items():
        for question in asked[role]:
            skipped = people - answered[question, membership, role]
            if skipped:
                counted[question, membership, role, SKIPPED] = skipped
    return counted


def themes(session: Session, wave: Wave, questionnaire: Questionnaire) -> dict[Key, int]:
    """The theme tally, counted from the answers."""
    counted = _scored_answers(session, wave, questionnaire) if questionnaire.themes else {}
    with_an_answer: Counter[tuple[str, int, str]] = Counter()
    for (theme, membership, role, _answered, _total), count in counted.items():
        with_an_answer[str(theme), int(membership), str(role)] += count
    for (membership, role), people in submitted(session, wave).items():
        for theme in points(questionnaire, role):
            silent = people - with_an_answer[theme, membership, role]
            if silent:
                counted[theme, membership, role, 0, 0] = silent
    return counted


def _scored_answers(session: Session, wave: Wave, questionnaire: Questionnaire) -> dict[Key, int]:
    theme = case(questionnaire.theme_of, value=Answer.question)
    worth = _worth(questionnaire)
    per_person = (
        select(
            theme.label("theme"),
            Response.membership_id,
            Response.role,
            func.count().label("answered"),
            func.sum(worth).label("total"),
        )
        .join_from(Response, Answer)
        .where(
            Response.wave_id == wave.id,
            Response.submitted,
            or_(*(_asked_and_scored(questionnaire, role.key) for role in questionnaire.roles)),
        )
        .group_by(Response.id, Response.membership_id, Response.role, literal_column("theme"))
        .subquery()
    )
    columns = [per_person.c[name] for name in ("theme", "membership_id", "role", "answered", "total")]
    rows = session.execute(select(*columns, func.count()).group_by(*columns))
    return {tuple(row[:-1]): row[-1] for row in rows}


def _asked_and_scored(questionnaire: Questionnaire, role: str) -> ColumnElement[bool]:
    given = {pair for of_theme in points(questionnaire, role).values() for pair in of_theme}
    return and_(
        Response.role == role,
        Answer.question.in_({question for question, _ in given}),
        Answer.value.in_({code for _, code in given}),
    )


def _worth(questionnaire: Questionnaire) -> ColumnElement[int]:
    """The points of an answer: its code, or for a reversed question what is left of one more than the highest."""
    code = cast(Answer.value, Integer)
    highest = {item.key: len(questionnaire.scale(item.scale).codes) for item in questionnaire.scored if item.reverse}
    if not highest:
        return code
    return case(*((Answer.question == key, top + 1 - code) for key, top in highest.items()), else_=code)
