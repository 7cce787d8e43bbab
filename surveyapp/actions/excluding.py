"""Verbs of a researcher about a response that was handed in and is wrong, or there twice: leave it out, count it again.

It stays as it is, in the log and among the answers, with who excluded it, when and why; it only counts nowhere. It does
so until it is included again, also where its respondent reopens it and hands it in anew.
"""

from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.actions import holding, log, reasons, tallies
from surveyapp.errors import WrongState
from surveyapp.models import Response, User
from surveyapp.models.wave import ANONYMOUS
from surveyapp.queries import editions, responses

EXCLUDE: Final = "response.exclude"
INCLUDE: Final = "response.include"


def exclude(session: Session, *, response: Response, reason: str, by: User) -> None:
    """Count this response no more; both tallies are as if it had never been handed in.

    What was published stays: a correction comes after it. Raises ``InvalidContent`` as ``reasons.told`` does, and
    ``WrongState``: ``anonymous-wave`` (there nobody can point at a response), ``not-sent``, ``already-excluded``,
    ``response-withdrawn``.
    """
    why = reasons.told(reason, _about(response))
    held = _hold(session, response)
    if not held.submitted:
        raise WrongState("not-sent")
    if held.excluded_at is not None:
        raise WrongState("already-excluded")
    _count(session, held, tallies.subtract)
    held.excluded_at, held.excluded_by, held.excluded_reason = clock.now(), by.id, why
    log.record(session, verb=EXCLUDE, subject=held, by=by, evaluation=held.wave.evaluation, reason=why)


def include(session: Session, *, response: Response, reason: str, by: User) -> None:
    """Count it again, exactly as it is now; a draft counts once it is handed in.

    Raises ``InvalidContent`` as ``exclude`` does, and ``WrongState`` (``not-excluded``, ``response-withdrawn``).
    """
    why = reasons.told(reason, _about(response))
    held = _hold(session, response)
    if held.excluded_at is None:
        raise WrongState("not-excluded")
    held.excluded_at = held.excluded_by = held.excluded_reason = None
    if held.submitted:
        _count(session, held, tallies.add)
    log.record(session, verb=INCLUDE, subject=held, by=by, evaluation=held.wave.evaluation, reason=why)


def _hold(session: Session, response: Response) -> Response:
    """The row, looked at again under a lock; the wave's too, so that nothing is published or counted beside it."""
    if response.regime == ANONYMOUS:
        raise WrongState("anonymous-wave")
    holding.wave(session, response.wave_id)
    again = select(Response).where(Response.id == response.id).with_for_update(of=Response)
    held = session.scalar(again.execution_options(populate_existing=True))
    if held is None:
        raise WrongState("response-withdrawn")
    return held


def _count(session: Session, held: Response, change: "tallies.Change") -> None:
    counted = responses.counted_answers(session, held)
    change(session, response=held, questionnaire=editions.of(session, held.wave).questionnaire, answers=counted)


def _about(response: Response) -> tuple[str, ...]:
    """The name and address of whose response it is, where that is known."""
    invitee = response.invitation.invitee if response.invitation is not None else None
    return () if invitee is None else (invitee.name, invitee.email)
