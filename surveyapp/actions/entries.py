"""Verbs of a researcher who enters what an invitee answered on paper or by telephone; each leaves an event.

The researcher sees what is being entered until it is sent; from then on it is the invitee's own, as any response is.
"""

from typing import Final

from sqlalchemy import delete
from sqlalchemy.orm import Session

from surveyapp.actions import log, responses
from surveyapp.errors import InvalidContent, WrongState
from surveyapp.models import Invitation, Response, User
from surveyapp.queries.responses import Answering
from surveyapp.questionnaires.questionnaire import Questionnaire

CHANNELS: Final = ("paper", "telephone")


def start(session: Session, *, invitation: Invitation, channel: str, promise: str | None, by: User) -> Response:
    """Begin to enter for this invitee, or go on with what a colleague began; then the channel stays as it was.

    ``promise`` is the digest of what the invitee was promised. Raises ``WrongState`` as ``responses.start`` does, and
    ``open-link-entry`` (nobody knows who that is), ``begun-online`` (the invitee's draft is nobody else's business) and
    ``already-submitted``.
    """
    if channel not in CHANNELS:
        raise InvalidContent("unknown-channel", channel=channel)
    if invitation.invitee is None:
        raise WrongState("open-link-entry")
    begun = responses.start(session, invitation=invitation, promise=promise, channel=channel, by=by)
    if begun.submitted:
        raise WrongState("already-submitted")
    if begun.channel not in CHANNELS:
        raise WrongState("begun-online")
    return begun


def send(session: Session, *, response: Answering, questionnaire: Questionnaire, by: User) -> None:
    """Hand in on behalf of the invitee; raises as ``responses.submit`` does, and ``not-being-entered``."""
    entered = _being_entered(session, response)
    responses.submit(session, response=response, questionnaire=questionnaire)
    log.record(session, verb="response.send", subject=entered, by=by, evaluation=entered.wave.evaluation)


def discard(session: Session, *, response: Answering, by: User) -> None:
    """Throw away what was being entered, so that the invitee can answer with their own link after all.

    Raises ``WrongState`` (``not-being-entered``), also for what was sent.
    """
    entered = _being_entered(session, response)
    if entered.submitted:
        raise WrongState("not-being-entered")
    log.record(session, verb="response.discard", subject=entered, by=by, evaluation=entered.wave.evaluation)
    session.execute(delete(Response).where(Response.id == entered.id))


def _being_entered(session: Session, response: Answering) -> Response:
    """The row, looked at again under a lock."""
    found = session.get(Response, response.id, with_for_update={"key_share": True}, populate_existing=True)
    if found is None or found.channel not in CHANNELS:
        raise WrongState("not-being-entered")
    return found
