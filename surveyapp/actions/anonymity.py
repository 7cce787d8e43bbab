"""Handing in without a trace: in an anonymous wave nothing leads from what was sent to who was invited.

What somebody wrote as a draft is thrown away and written again as a response of nobody. That is not enough: databases
keep rows in the order in which they came, and PostgreSQL tells of each row which transaction wrote it. A receipt and a
response of one transaction would be a pair, and the newest row of a tally would show what the last one answered. So
whatever a group of people leaves behind is written anew, together and in random order, whenever one of them hands in:
all its receipts, its tallies, and so many of its responses that the new one is one of many.
"""

import secrets
from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import delete, func, insert, or_, select
from sqlalchemy.orm import Session

from surveyapp.actions import jobs, tallies
from surveyapp.models import (
    Answer,
    Base,
    Invitation,
    Invitee,
    ItemTally,
    MergedRole,
    OpenLink,
    Receipt,
    Response,
    ThemeTally,
    Wave,
)
from surveyapp.models.response import random_id
from surveyapp.models.wave import ANONYMOUS
from surveyapp.queries.responses import Answering
from surveyapp.questionnaires.questionnaire import Questionnaire

STIRRED: Final = 30
"""Earlier responses of the group that are written anew with each new one; all of them in most groups."""
ERASE_TRACES: Final = "erase-traces"
"""The kind of job that frees the disk of what was deleted."""
_QUIETLY: Final = {"synchronize_session": False}
_CHANCE: Final = secrets.SystemRandom()

Rows = list[dict[str, Any]]


def hand_in(
    session: Session, *, response: Answering, questionnaire: Questionnaire, counted_rows: Mapping[str, str]
) -> None:
    """Make a response of nobody out of this draft, with its receipt and tallies; the caller holds the wave alone.

    ``counted_rows`` are the answers that count: what was hidden when it was sent is not kept, as nobody can show it
    again.
    """
    if response.invitation_id is None:
        raise ValueError("only a draft, which knows its invitation, is handed in")
    session.execute(delete(Response).where(Response.id == response.id))
    _stir_receipts(session, response, response.invitation_id)
    _stir_responses(session, response, counted_rows)
    tallies.add(session, response=response, questionnaire=questionnaire, answers=counted_rows)
    for tally in (ItemTally, ThemeTally):
        _stir_tally(session, response, tally)


def settle(session: Session, *, wave: Wave) -> int:
    """Throw away what was never sent in a closed anonymous wave, as it still knows its invitation; how many they were.

    A worker then frees the disk of all that was deleted. Nothing happens in another regime.
    """
    if wave.regime != ANONYMOUS:
        return 0
    drafts = (Response.wave_id == wave.id, Response.submitted.is_(False))
    found = session.scalar(select(func.count()).select_from(Response).where(*drafts)) or 0
    if found:
        session.execute(delete(Response).where(*drafts))
    jobs.enqueue(session, kind=ERASE_TRACES, evaluation_id=wave.evaluation_id)
    return found


def _stir_receipts(session: Session, response: Answering, invitation_id: int) -> None:
    """Of everybody in the group, so that none is the newest."""
    merged = select(MergedRole.role).where(
        MergedRole.wave_id == response.wave_id,
        MergedRole.membership_id == response.membership_id,
        MergedRole.kept_as == response.role,
    )
    role = func.coalesce(Invitee.role, Invitation.declared_role)
    given = list(
        session.scalars(
            select(Receipt.invitation_id)
            .join(Invitation, Invitation.id == Receipt.invitation_id)
            .outerjoin(Invitation.invitee)
            .outerjoin(Invitation.open_link)
            .where(
                func.coalesce(Invitee.wave_id, OpenLink.wave_id) == response.wave_id,
                func.coalesce(Invitee.membership_id, Invitation.declared_membership_id) == response.membership_id,
                or_(role == response.role, role.in_(merged)),
            )
        )
    )
    session.execute(delete(Receipt).where(Receipt.invitation_id.in_(given)), execution_options=_QUIETLY)
    _insert(session, Receipt, [{"invitation_id": each} for each in (*given, invitation_id)])


def _stir_responses(session: Session, response: Answering, counted: Mapping[str, str]) -> None:
    """The new one among earlier ones of the group."""
    earlier = list(session.scalars(select(Response.id).where(*_in_group(response), Response.submitted)))
    again = _CHANCE.sample(earlier, min(STIRRED, len(earlier)))
    kept = session.execute(
        select(Answer.response_id, Answer.question, Answer.value).where(Answer.response_id.in_(again))
    )
    answers: Rows = [dict(row) for row in kept.mappings()]
    session.execute(delete(Response).where(Response.id.in_(again)), execution_options=_QUIETLY)
    new = random_id()
    answers += [{"response_id": new, "question": key, "value": value} for key, value in counted.items()]
    place = {
        "wave_id": response.wave_id,
        "regime": ANONYMOUS,
        "membership_id": response.membership_id,
        "role": response.role,
        "submitted": True,
        "channel": "web",
    }
    _insert(session, Response, [{"id": each, **place} for each in (*again, new)])
    _insert(session, Answer, [{**answer, "hidden": False} for answer in answers])


def _stir_tally(session: Session, response: Answering, tally: type[ItemTally] | type[ThemeTally]) -> None:
    """Every count of the group, so that it cannot be seen which the last one added to."""
    place = (
        tally.wave_id == response.wave_id,
        tally.membership_id == response.membership_id,
        tally.role == response.role,
    )
    rows = [dict(row) for row in session.execute(select(*tally.__table__.columns).where(*place)).mappings()]
    session.execute(delete(tally).where(*place), execution_options=_QUIETLY)
    _insert(session, tally, rows)


def _in_group(response: Answering) -> tuple[Any, ...]:
    return (
        Response.wave_id == response.wave_id,
        Response.membership_id == response.membership_id,
        Response.role == response.role,
    )


def _insert(session: Session, model: type[Base], rows: Sequence[dict[str, Any]]) -> None:
    """In random order."""
    if rows:
        session.execute(insert(model), _CHANCE.sample(rows, len(rows)))
