"""Finding the invitation behind a link."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, joinedload

from surveyapp.models import Evaluation, Invitation, Invitee, Membership, Organisation, Response, Wave
from surveyapp.models.wave import state
from surveyapp.queries.responses import Begun
from surveyapp.queries.tokens import token_hash


@dataclass(frozen=True)
class Invited:
    """Who comes with a link, as what, to which wave, and how far they are: all that their pages show, of one row."""

    id: int
    """Of the invitation."""
    role: str
    language: str
    membership_id: int
    organisation: str
    title: dict[str, str]
    """Of the evaluation."""
    client: str
    wave_id: int
    edition_digest: str
    regime: str
    opens_at: datetime
    closes_at: datetime
    closed_at: datetime | None
    sender: str
    contact_name: str
    contact_email: str
    response_id: int | None
    submitted_at: datetime | None

    @property
    def response(self) -> Begun | None:
        """What was begun with this invitation, if anything."""
        if self.response_id is None:
            return None
        return Begun(self.response_id, self.id, self.wave_id, self.membership_id, self.role)

    def state_at(self, moment: datetime) -> str:
        """Of the wave: ``planned``, ``open`` or ``closed``."""
        return state(self.opens_at, self.closes_at, self.closed_at, moment)


_BY_TOKEN: Final = (
    select(
        Invitation.id,
        Invitee.role,
        Invitee.language,
        Invitee.membership_id,
        Organisation.name.label("organisation"),
        Evaluation.title,
        Evaluation.client,
        Wave.id.label("wave_id"),
        Wave.edition_digest,
        Wave.regime,
        Wave.opens_at,
        Wave.closes_at,
        Wave.closed_at,
        Wave.sender,
        Wave.contact_name,
        Wave.contact_email,
        Response.id.label("response_id"),
        Response.submitted_at,
    )
    .select_from(Invitation)
    .join(Invitation.invitee)
    .join(Invitee.wave)
    .join(Wave.evaluation)
    .join(Invitee.membership)
    .join(Membership.organisation)
    .outerjoin(Response, Response.invitation_id == Invitation.id)
    .where(Invitation.token_hash == bindparam("token_hash"), Invitation.revoked_at.is_(None))
)
"""The columns of ``Invited``: every request of a respondent begins with it, and objects cost five times."""


def by_token(session: Session, token: str) -> Invited | None:
    """Whose link this is, in one statement; None when unknown or withdrawn."""
    row = session.connection().execute(_BY_TOKEN, {"token_hash": token_hash(token)}).mappings().one_or_none()
    return Invited(**row) if row is not None else None


def to_start(session: Session, invitation_id: int) -> Invitation:
    """The invitation with what starting to answer takes: the invitee and the wave, in one statement."""
    invitee = joinedload(Invitation.invitee, innerjoin=True)
    return session.get_one(Invitation, invitation_id, options=[invitee.joinedload(Invitee.wave, innerjoin=True)])
