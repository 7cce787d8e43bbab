"""Finding the invitation behind a link."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import and_, bindparam, exists, false, func, select
from sqlalchemy.orm import Session, joinedload

from surveyapp.models import (
    Answer,
    Delegation,
    Evaluation,
    Invitation,
    Invitee,
    Membership,
    MergedRole,
    OpenLink,
    Organisation,
    Receipt,
    Response,
    Wave,
)
from surveyapp.models.json_object import json_object
from surveyapp.models.wave import state
from surveyapp.queries.responses import Begun
from surveyapp.queries.tokens import token_hash
from surveyapp.questionnaires.condition import Standing


@dataclass(frozen=True)
class Invited:
    """Who comes with a link, as what, to which wave, and how far they are: all that their pages show, of one row."""

    id: int
    """Of the invitation."""
    open_link_id: int | None
    """Through which somebody came who was not invited by name."""
    role: str
    """As they were invited, or said themselves."""
    kept_as: str
    """The role under which the answers are kept: another than ``role`` only where an anonymous wave merges roles."""
    language: str | None
    """Of the invitee; nobody knows that of somebody who came through an open link."""
    membership_id: int
    organisation: str
    organisation_code: str
    organisation_kind: str
    slug: str
    """Of the evaluation, and its title."""
    title: dict[str, str]
    client: str
    wave_id: int
    edition_digest: str
    regime: str
    for_public: bool
    """Whether results may be published for everybody."""
    ready_at: datetime | None
    opens_at: datetime
    closes_at: datetime
    closed_at: datetime | None
    sender: str
    contact_name: str
    contact_email: str
    response_id: int | None
    """Of what was begun; in an anonymous wave nothing knows it any more once it was sent."""
    channel: str | None
    """How it was answered: ``web``, or ``paper`` or ``telephone`` where a researcher entered it."""
    sent: bool
    """Whether there is a receipt."""
    delegated: bool
    """Whether a section was ever passed to a colleague."""
    test: bool
    """Nobody: tries a wave that is being set up."""
    answers: dict[str, str]
    """Question -> answer of what was begun, as it stands now; empty where it was taken back."""

    @property
    def response(self) -> Begun | None:
        """What was begun with this invitation, if anything."""
        if self.response_id is None:
            return None
        return Begun(self.response_id, self.id, self.wave_id, self.regime, self.membership_id, self.standing)

    @property
    def standing(self) -> Standing:
        """Who answers, as far as the questionnaire looks at it."""
        return Standing(self.kept_as, self.organisation_code, self.organisation_kind)

    def state_at(self, moment: datetime) -> str:
        """Of the wave: ``draft``, ``planned``, ``open`` or ``closed``; who tries a draft finds it open."""
        found = state(self.ready_at, self.opens_at, self.closes_at, self.closed_at, moment)
        return "open" if found == "draft" and self.test else found


_ROLE: Final = func.coalesce(Invitee.role, Invitation.declared_role)
_ANSWERS: Final = (
    select(json_object(Answer.question, Answer.value))
    .where(Answer.response_id == Response.id)
    .correlate(Response)
    .scalar_subquery()
)
_INVITED: Final = (
    select(
        Invitation.id,
        Invitation.open_link_id,
        _ROLE.label("role"),
        func.coalesce(MergedRole.kept_as, _ROLE).label("kept_as"),
        Invitee.language,
        Membership.id.label("membership_id"),
        Organisation.name.label("organisation"),
        Organisation.code.label("organisation_code"),
        Organisation.kind.label("organisation_kind"),
        Evaluation.slug,
        Evaluation.title,
        Evaluation.client,
        Wave.id.label("wave_id"),
        Wave.edition_digest,
        Wave.regime,
        Wave.for_public,
        Wave.ready_at,
        Wave.opens_at,
        Wave.closes_at,
        Wave.closed_at,
        Wave.sender,
        Wave.contact_name,
        Wave.contact_email,
        Response.id.label("response_id"),
        Response.channel,
        Receipt.invitation_id.is_not(None).label("sent"),
        exists().where(Delegation.response_id == Response.id).label("delegated"),
        func.coalesce(Invitee.test, false()).label("test"),
        _ANSWERS.label("answers"),
    )
    .select_from(Invitation)
    .outerjoin(Invitation.invitee)
    .outerjoin(Invitation.open_link)
    .join(Wave, Wave.id == func.coalesce(Invitee.wave_id, OpenLink.wave_id))
    .join(Wave.evaluation)
    .join(Membership, Membership.id == func.coalesce(Invitee.membership_id, Invitation.declared_membership_id))
    .join(Membership.organisation)
    .outerjoin(
        MergedRole,
        and_(MergedRole.wave_id == Wave.id, MergedRole.membership_id == Membership.id, MergedRole.role == _ROLE),
    )
    .outerjoin(Response, Response.invitation_id == Invitation.id)
    .outerjoin(Receipt, Receipt.invitation_id == Invitation.id)
    .where(Invitation.revoked_at.is_(None))
)
"""The columns of ``Invited`` in its order: every request of a respondent begins here, and objects cost five times."""
_BY_TOKEN: Final = _INVITED.where(Invitation.token_hash == bindparam("token_hash"))
_BY_ID: Final = _INVITED.where(Invitation.id == bindparam("invitation_id"))
_TO_START: Final = (
    select(Invitation)
    .where(Invitation.id == bindparam("invitation_id"))
    .options(
        joinedload(Invitation.invitee).options(joinedload(Invitee.wave), joinedload(Invitee.membership)),
        joinedload(Invitation.open_link).joinedload(OpenLink.wave),
    )
)


def by_token(session: Session, token: str) -> Invited | None:
    """Whose link this is, in one statement; None when unknown or withdrawn."""
    return _read(session.connection().execute(_BY_TOKEN, {"token_hash": token_hash(token)}).one_or_none())


def by_id(session: Session, invitation_id: int) -> Invited | None:
    """The same for an invitation that was found in another way; None when it was revoked."""
    return _read(session.connection().execute(_BY_ID, {"invitation_id": invitation_id}).one_or_none())


def to_start(session: Session, invitation_id: int) -> Invitation:
    """The invitation with what starting to answer takes: who answers and the wave, in one statement."""
    return session.scalars(_TO_START, {"invitation_id": invitation_id}).one()


def _read(row: Iterable[Any] | None) -> Invited | None:
    if row is None:
        return None
    values = list(row)
    values[-1] = values[-1] or {}
    return Invited(*values)
