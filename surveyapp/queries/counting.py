"""Counting submitted answers from their rows: what the kept tallies are checked against.

Each count is one GROUP BY in the database. Whoever skipped a question has no row to group: their number is what is
missing from the number of submitted responses.
"""

from collections import Counter
from typing import Any

from sqlalchemy import CTE, ColumnElement, Integer, String, and_, column, func, select, values
from sqlalchemy.orm import Session

from surveyapp.models import Answer, ItemTally, Response, ThemeTally, Wave
from surveyapp.questionnaires.questionnaire import SKIPPED, ChoiceQuestion, Questionnaire, ScaleQuestion

Key = tuple[str | int, ...]
Given = tuple[str, str]
"""A question and the answer to it."""


def coded_questions(questionnaire: Questionnaire, role: str) -> tuple[str, ...]:
    """The questions put to this role that have one code for an answer, and therefore an item tally."""
    return tuple(
        question.key
        for question in questionnaire.questions.values()
        if isinstance(question, ScaleQuestion | ChoiceQuestion) and question.asked_of(role)
    )


def points(questionnaire: Questionnaire, role: str) -> dict[str, dict[Given, int]]:
    """Theme -> (question, answer) -> points, for the scored questions put to this role; reversed ones turned round."""
    found: dict[str, dict[Given, int]] = {}
    for theme in questionnaire.themes:
        items = questionnaire.scored_items(theme, role)
        if items:
            found[theme] = {
                (item.key, str(code)): turned
                for item in items
                for code, turned in _turned(item, questionnaire.scale(item.scale).codes)
            }
    return found


def _turned(item: ScaleQuestion, codes: tuple[int, ...]) -> list[tuple[int, int]]:
    return [(code, len(codes) + 1 - code if item.reverse else code) for code in codes]


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
        .where(Response.wave_id == wave.id, Response.submitted_at.is_not(None))
        .group_by(Response.membership_id, Response.role)
    )
    return {(membership, role): count for membership, role, count in rows}


def items(session: Session, wave: Wave, questionnaire: Questionnaire) -> dict[Key, int]:
    """The item tally, counted from the answers."""
    asked = {role.key: coded_questions(questionnaire, role.key) for role in questionnaire.roles}
    rows = session.execute(
        select(Answer.question, Response.membership_id, Response.role, Answer.value, func.count())
        .join_from(Answer, Response)
        .where(
            Response.wave_id == wave.id,
            Response.submitted_at.is_not(None),
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
    scored = {role.key: points(questionnaire, role.key) for role in questionnaire.roles}
    counted = _scored_answers(session, wave, scored) if any(scored.values()) else {}
    with_an_answer: Counter[tuple[str, int, str]] = Counter()
    for (theme, membership, role, _answered, _total), count in counted.items():
        with_an_answer[str(theme), int(membership), str(role)] += count
    for (membership, role), people in submitted(session, wave).items():
        for theme in scored[role]:
            silent = people - with_an_answer[theme, membership, role]
            if silent:
                counted[theme, membership, role, 0, 0] = silent
    return counted


def _scored_answers(session: Session, wave: Wave, scored: dict[str, dict[str, dict[Given, int]]]) -> dict[Key, int]:
    worth = _worth(scored)
    per_person = (
        select(
            worth.c.theme,
            Response.membership_id,
            Response.role,
            func.count().label("answered"),
            func.sum(worth.c.points).label("total"),
        )
        .join_from(Response, Answer)
        .join(
            worth,
            and_(worth.c.role == Response.role, worth.c.question == Answer.question, worth.c.answer == Answer.value),
        )
        .where(Response.wave_id == wave.id, Response.submitted_at.is_not(None))
        .group_by(Response.id, Response.membership_id, Response.role, worth.c.theme)
        .subquery()
    )
    columns = (per_person.c[name] for name in ("theme", "membership_id", "role", "answered", "total"))
    rows = session.execute(select(*columns, func.count()).select_from(per_person).group_by(*per_person.c))
    return {tuple(row[:-1]): row[-1] for row in rows}


def _worth(scored: dict[str, dict[str, dict[Given, int]]]) -> CTE:
    """A small table in the statement itself: what each answer to each question is worth to which theme."""
    columns = [column(name, String) for name in ("role", "theme", "question", "answer")]
    rows = [
        (role, theme, question, answer, worth)
        for role, of_role in scored.items()
        for theme, of_theme in of_role.items()
        for (question, answer), worth in of_theme.items()
    ]
    return values(*columns, column("points", Integer), name="worth", literal_binds=True).data(rows).cte()
