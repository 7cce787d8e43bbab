"""Counting answers that were submitted and not excluded from their rows: what the kept tallies are checked against.

Each count is one GROUP BY in the database. Whoever skipped a question that is always put has no row to group: their
number is what is missing from the number of submitted responses. To whom a condition showed a question, their rows
tell: submitting writes an empty one where there was no answer, and hides the answers to what was not shown.
"""

from collections import Counter
from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Integer, and_, case, cast, func, literal_column, or_, select
from sqlalchemy.orm import Session

from surveyapp.models import Answer, Invitation, Invitee, ItemTally, OpenLink, Receipt, Response, ThemeTally, Wave
from surveyapp.questionnaires.questionnaire import SKIPPED, Question, Questionnaire

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


def put(questionnaire: Questionnaire, role: str, answers: Collection[str]) -> tuple[Question, ...]:
    """The counted questions that were put to somebody of this role, of whom these answers count (see ``was_put``)."""
    return tuple(one for one in questionnaire.counted_for(role) if was_put(questionnaire, {one.key}, answers))


def was_put(questionnaire: Questionnaire, questions: Collection[str], answers: Collection[str]) -> bool:
    """Whether any of these questions was put to somebody, of whom the answers to these keys count.

    Questions without a condition are put to everybody; of one with a condition there is an answer, which may be empty.
    """
    return any(question not in questionnaire.conditional or question in answers for question in questions)


def key_columns(tally: type[ItemTally] | type[ThemeTally]) -> list[ColumnElement[Any]]:
    """The columns of a tally that say what is counted, without the wave."""
    return [key for key in tally.__table__.primary_key if key.name != "wave_id"]


def kept(session: Session, wave: Wave, tally: type[ItemTally] | type[ThemeTally]) -> dict[Key, int]:
    """The tally as it is kept: key without the wave -> count."""
    rows = session.execute(select(*key_columns(tally), tally.count).where(tally.wave_id == wave.id))
    return {tuple(row[:-1]): row[-1] for row in rows}


def respondents(session: Session, wave: Wave) -> dict[tuple[int, str], int]:
    """(membership, role) -> number of responses that count: submitted, and not excluded."""
    rows = session.execute(
        select(Response.membership_id, Response.role, func.count())
        .where(Response.wave_id == wave.id, Response.counts)
        .group_by(Response.membership_id, Response.role)
    )
    return {(membership, role): count for membership, role, count in rows}


def are_erased(session: Session, wave: Wave) -> bool:
    """Whether there are receipts of more responses than there are: single answers are kept for some time only."""
    receipts = (
        select(func.count())
        .select_from(Receipt)
        .join(Invitation, Invitation.id == Receipt.invitation_id)
        .outerjoin(Invitee, Invitee.id == Invitation.invitee_id)
        .outerjoin(OpenLink, OpenLink.id == Invitation.open_link_id)
        .where(func.coalesce(Invitee.wave_id, OpenLink.wave_id) == wave.id)
    )
    submitted = select(func.count()).where(Response.wave_id == wave.id, Response.submitted)
    return (session.scalar(receipts) or 0) > (session.scalar(submitted) or 0)


def items(session: Session, wave: Wave, questionnaire: Questionnaire) -> dict[Key, int]:
    """The item tally, counted from the answers."""
    counted: Counter[Key] = Counter()
    for (question, membership, role, answer), people in _given(session, wave, questionnaire).items():
        for variable, code in questionnaire.questions[question].tallied(answer).items():
            counted[variable, membership, role, code] += people
    return counted


def _given(session: Session, wave: Wave, questionnaire: Questionnaire) -> dict[tuple[str, int, str, str], int]:
    """(question, membership, role, answer) -> how many gave it, those who skipped it too."""
    asked = {
        role.key: tuple(question.key for question in questionnaire.counted_for(role.key))
        for role in questionnaire.roles
    }
    among = questionnaire.conditional
    rows = session.execute(
        select(Answer.question, Response.membership_id, Response.role, Answer.value, func.count())
        .join_from(Answer, Response)
        .where(
            _counting(wave),
            or_(Answer.value != SKIPPED, Answer.question.in_(among)),
            Answer.question.in_({question for questions in asked.values() for question in questions}),
        )
        .group_by(Answer.question, Response.membership_id, Response.role, Answer.value)
    )
    counted = {
        (question, membership, role, answer): count
        for question, membership, role, answer, count in rows
        if question in asked[role]
    }
    answered: Counter[tuple[str, int, str]] = Counter()
    for (question, membership, role, _answer), count in counted.items():
        answered[question, membership, role] += count
    for (membership, role), people in respondents(session, wave).items():
        for question in asked[role]:
            skipped = people - answered[question, membership, role]
            if skipped and question not in among:
                counted[question, membership, role, SKIPPED] = skipped
    return counted


def themes(session: Session, wave: Wave, questionnaire: Questionnaire) -> dict[Key, int]:
    """The theme tally, counted from the answers."""
    counted = _per_person(session, wave, questionnaire) if questionnaire.themes else Counter()
    with_a_row: Counter[tuple[str, int, str]] = Counter()
    for (theme, membership, role, _answered, _total), count in counted.items():
        with_a_row[str(theme), int(membership), str(role)] += count
    for (membership, role), people in respondents(session, wave).items():
        for theme, scored in points(questionnaire, role).items():
            silent = people - with_a_row[theme, membership, role]
            if silent and was_put(questionnaire, {question for question, _ in scored}, ()):
                counted[theme, membership, role, 0, 0] += silent
    return counted


def _counting(wave: Wave) -> ColumnElement[bool]:
    return and_(Response.wave_id == wave.id, Response.counts, ~Answer.hidden)


def _per_person(session: Session, wave: Wave, questionnaire: Questionnaire) -> Counter[Key]:
    """The theme tally of everybody with a row for any scored question of the theme."""
    theme = case(questionnaire.theme_of, value=Answer.question)
    codes = {code for role in questionnaire.roles for _, code in _scored(questionnaire, role.key)}
    is_scored = Answer.value.in_(codes)
    per_person = (
        select(
            theme.label("theme"),
            Response.membership_id,
            Response.role,
            func.sum(case((is_scored, 1), else_=0)).label("answered"),
            func.sum(case((is_scored, _worth(questionnaire)), else_=0)).label("total"),
        )
        .join_from(Response, Answer)
        .where(_counting(wave), or_(*(_asked(questionnaire, role.key) for role in questionnaire.roles)))
        .group_by(Response.id, Response.membership_id, Response.role, literal_column("theme"))
        .subquery()
    )
    columns = [per_person.c[name] for name in ("theme", "membership_id", "role", "answered", "total")]
    rows = session.execute(select(*columns, func.count()).group_by(*columns))
    return Counter({tuple(row[:-1]): row[-1] for row in rows})


def _scored(questionnaire: Questionnaire, role: str) -> set[Given]:
    return {pair for of_theme in points(questionnaire, role).values() for pair in of_theme}


def _asked(questionnaire: Questionnaire, role: str) -> ColumnElement[bool]:
    return and_(Response.role == role, Answer.question.in_({question for question, _ in _scored(questionnaire, role)}))


def _worth(questionnaire: Questionnaire) -> ColumnElement[int]:
    """The points of an answer: its code, or for a reversed question what is left of one more than the highest."""
    code = cast(Answer.value, Integer)
    highest = {item.key: len(questionnaire.scale(item.scale).codes) for item in questionnaire.scored if item.reverse}
    if not highest:
        return code
    return case(*((Answer.question == key, top + 1 - code) for key, top in highest.items()), else_=code)
