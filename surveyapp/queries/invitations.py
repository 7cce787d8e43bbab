"""Finding the invitation behind a link."""

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from surveyapp.models import Invitation, Invitee, Membership, Wave
from surveyapp.queries.tokens import token_hash


def by_token(session: Session, token: str) -> Invitation | None:
    """The invitation with everything its pages show, in one statement; None when unknown or withdrawn."""
    invitee = joinedload(Invitation.invitee, innerjoin=True)
    return session.scalar(
        select(Invitation)
        .where(Invitation.token_hash == token_hash(token), Invitation.revoked_at.is_(None))
        .options(
            invitee.joinedload(Invitee.wave, innerjoin=True).joinedload(Wave.evaluation, innerjoin=True),
            invitee.joinedload(Invitee.membership, innerjoin=True).joinedload(Membership.organisation, innerjoin=True),
        )
    )
