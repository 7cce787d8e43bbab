"""What a colleague comes for."""

from flask import g

from surveyapp.errors import NotFound, WrongState
from surveyapp.queries import delegations, invitations
from surveyapp.queries.delegations import Received
from surveyapp.queries.responses import Begun
from surveyapp.web import language
from surveyapp.web.database import reading
from surveyapp.web.respond.visit import Door, Visit, enter, must_be_open


def find(token: str) -> Visit:
    """The visit behind a colleague's link, whatever became of it; raises NotFound (``delegation``).

    Who asked is in ``received()``.
    """
    received = delegations.by_token(reading(), token)
    invited = invitations.by_id(reading(), received.invitation_id) if received is not None else None
    if received is None or invited is None:
        raise NotFound("delegation")
    g.received = received
    delegated = received.delegated
    door = Door("colleague", {"token": token}, only=delegated.section, delegation_id=delegated.id)
    visit = enter(door, invited)
    language.prefer(delegated.language)
    return visit


def find_open(token: str) -> Visit:
    """The same while the colleague can answer; raises WrongState, also where the section was taken back."""
    visit = find(token)
    if not received().delegated.lasts:
        raise WrongState("delegation-ended")
    must_be_open(visit)
    return visit


def must_be_asked(visit: Visit) -> None:
    """Raise WrongState where the section is not asked, given what was answered in others."""
    if not visit.steps:
        raise WrongState("section-not-asked")


def begun(visit: Visit) -> Begun:
    """The respondent's response."""
    if visit.response is None:
        raise WrongState("response-withdrawn")
    return visit.response


def received() -> Received:
    """What was passed on, and by whom, in the request that ``find`` was called in."""
    found: Received = g.received
    return found
