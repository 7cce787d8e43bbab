"""Trying a wave that is being set up: test people, whose answers are gone when it opens.

In a draft only test people may begin, so everything that was answered there is a test.
"""

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from surveyapp.actions import log
from surveyapp.actions.invitations import token_for
from surveyapp.errors import InvalidContent, NotFound, WrongState
from surveyapp.models import (
    Invitation,
    Invitee,
    ItemTally,
    Membership,
    MergedRole,
    PromiseText,
    Receipt,
    Response,
    ThemeTally,
    User,
    Wave,
)
from surveyapp.queries import editions
from surveyapp.queries.tokens import token_hash

NAME = "Test"


def join(
    session: Session,
    *,
    wave: Wave,
    membership: Membership,
    role: str,
    language: str,
    secret_key: str,
    by: User | None,
) -> str:
    """The token of a link with which this role of this organisation can be tried; asked again, it is the same.

    Raises ``WrongState`` (``wave-frozen``) once the wave was opened, ``InvalidContent`` (``unknown-role``) and
    ``NotFound``.
    """
    _hold_draft(session, wave)
    if membership.evaluation_id != wave.evaluation_id:
        raise NotFound("membership-of-another-evaluation")
    if role not in {known.key for known in editions.by_digest(session, wave.edition_digest).questionnaire.roles}:
        raise InvalidContent("unknown-role", role=role)
    invitation = session.scalar(
        select(Invitation)
        .join(Invitation.invitee)
        .where(Invitee.wave_id == wave.id, Invitee.test, Invitee.membership_id == membership.id, Invitee.role == role)
    )
    if invitation is None:
        someone = Invitee(
            wave=wave, membership=membership, role=role, name=NAME, email="", language=language, test=True
        )
        invitation = Invitation(invitee=someone, generation=1)
        session.add(invitation)
        session.flush()
        invitation.token_hash = token_hash(token_for(invitation, secret_key))
        log.record(session, verb="wave.try", subject=wave, by=by, evaluation=wave.evaluation, role=role)
    return token_for(invitation, secret_key)


def clear(session: Session, *, wave: Wave, by: User | None) -> int:
    """Throw away all test people and what they answered, to begin afresh; how many responses those were.

    Raises ``WrongState`` (``wave-frozen``).
    """
    _hold_draft(session, wave)
    gone = forget(session, wave)
    session.execute(delete(Invitee).where(Invitee.wave_id == wave.id, Invitee.test))
    log.record(session, verb="wave.clear-tests", subject=wave, by=by, evaluation=wave.evaluation, responses=gone)
    return gone


def forget(session: Session, wave: Wave) -> int:
    """Throw away what was answered in a draft, its counts and promises; how many responses. The caller holds the wave.

    Test people keep their links.
    """
    if wave.ready_at is not None:
        raise WrongState("wave-frozen")
    gone = len(session.scalars(delete(Response).where(Response.wave_id == wave.id).returning(Response.id)).all())
    of_wave = select(Invitation.id).join(Invitation.invitee).where(Invitee.wave_id == wave.id)
    session.execute(delete(Receipt).where(Receipt.invitation_id.in_(of_wave)))
    for table in (ItemTally, ThemeTally, MergedRole, PromiseText):
        session.execute(delete(table).where(table.wave_id == wave.id))
    return gone


def _hold_draft(session: Session, wave: Wave) -> None:
    session.refresh(wave, ["ready_at", "regime", "edition_digest"], with_for_update={"key_share": True})
    if wave.ready_at is not None:
        raise WrongState("wave-frozen")
