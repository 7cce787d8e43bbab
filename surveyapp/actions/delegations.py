"""Verbs of the respondent who passes a section to a colleague, and of the colleague.

They leave no event, as other verbs of respondents: the delegation itself is the record of who was asked what.
"""

import re
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.actions import holding, tokens
from surveyapp.errors import InvalidContent, NotFound, WrongState
from surveyapp.models import Delegation, Invitation
from surveyapp.queries.responses import Answering
from surveyapp.queries.tokens import token_hash

LONGEST_NAME: Final = 200
LONGEST_EMAIL: Final = 254
MOST: Final = 50
"""Delegations of one response, those taken back among them."""
_EMAIL: Final = re.compile(r"[^@\s<>\"(),:;\[\]\\]+@[^@\s<>\"(),:;\[\]\\]+\.[^@\s<>\"(),:;\[\]\\.]+")


def pass_on(
    session: Session,
    *,
    response: Answering,
    section: str,
    name: str,
    email: str,
    language: str,
    secret_key: str,
) -> tuple[Delegation, str]:
    """Ask a colleague to answer a section; returns the delegation and the token of its link.

    Raises ``InvalidContent`` (``name-missing``, ``name-too-long``, ``email-not-valid``), ``WrongState``
    (``anonymous-wave``, ``open-link``, ``section-passed-on`` already, ``too-many-delegations``, or that of a response
    that is no open draft).
    """
    name, email = " ".join(name.split()), email.strip()
    for field, code in faults(name, email).items():
        raise InvalidContent(code, field=field)
    if response.regime == "anonymous":
        raise WrongState("anonymous-wave")
    holding.open_draft(session, response)
    _must_have_room(session, response, section)
    delegation = Delegation(
        response_id=response.id,
        section=section,
        name=name,
        email=email,
        language=language,
        created_at=clock.now(),
    )
    session.add(delegation)
    session.flush()
    token = token_for(delegation.id, secret_key)
    delegation.token_hash = token_hash(token)
    session.flush()
    return delegation, token


def faults(name: str, email: str) -> dict[str, str]:
    """Field -> the code of what is wrong with it; empty when somebody can be asked."""
    name, email = name.strip(), email.strip()
    found = {}
    if not name:
        found["name"] = "name-missing"
    elif len(name) > LONGEST_NAME or not name.isprintable():
        found["name"] = "name-too-long"
    if len(email) > LONGEST_EMAIL or not email.isprintable() or not _EMAIL.fullmatch(email):
        found["email"] = "email-not-valid"
    return found


def take_back(session: Session, *, response: Answering, delegation_id: int) -> None:
    """End the colleague's link; what they answered stays. The second time changes nothing.

    Raises ``NotFound`` for a delegation of another response.
    """
    holding.open_draft(session, response)
    delegation = session.get(Delegation, delegation_id)
    if delegation is None or delegation.response_id != response.id:
        raise NotFound("delegation")
    if delegation.ended_at is None:
        delegation.ended_at = max(clock.now(), delegation.created_at)
    session.flush()


def finish(session: Session, *, response: Answering, delegation_id: int) -> None:
    """The colleague says to be done; the respondent sees it. They may go on changing until the respondent sends.

    Raises ``WrongState`` (``delegation-ended`` when the section was taken back, or that of a response that is no open
    draft).
    """
    holding.open_draft(session, response, delegation_id)
    session.get_one(Delegation, delegation_id).finished_at = clock.now()
    session.flush()


def token_for(delegation_id: int, secret_key: str) -> str:
    """The secret in the colleague's address, made again whenever the respondent wants to see it."""
    return tokens.derived(secret_key, "delegation", delegation_id)


def _must_have_room(session: Session, response: Answering, section: str) -> None:
    through = session.scalar(select(Invitation.open_link_id).where(Invitation.id == response.invitation_id))
    if through is not None:
        raise WrongState("open-link")
    of_response = Delegation.response_id == response.id
    if session.scalar(select(Delegation.id).where(of_response, Delegation.section == section, _LASTS)) is not None:
        raise WrongState("section-passed-on")
    if (session.scalar(select(func.count()).where(of_response)) or 0) >= MOST:
        raise WrongState("too-many-delegations")


_LASTS: Final = Delegation.ended_at.is_(None)
