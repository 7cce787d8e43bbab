"""Who was invited by name and how each of them answered, for whoever enters answers on their behalf."""

from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, aliased

from surveyapp.models import Invitation, Invitee, Membership, Organisation, Receipt, Response, User, Wave
from surveyapp.queries import lying_together


@dataclass(frozen=True)
class Entry:
    """An invitee with what was begun for them; nothing of what was answered."""

    invitation_id: int
    name: str
    role: str
    organisation: str
    channel: str | None
    """``web``, ``paper`` or ``telephone``; None while nothing was begun."""
    sent: bool
    entered_by: str | None
    """The name of the researcher who began to enter."""


def of_wave(session: Session, wave: Wave) -> list[Entry]:
    """Everybody with a personal link, by organisation in the order of the study, then by role and name."""
    order = (Membership.position, Membership.id, Invitee.role, Invitee.name, Invitation.id)
    return [Entry(*row) for row in session.execute(_listed(wave).order_by(*order))]


def one(session: Session, wave: Wave, invitation_id: int) -> Entry | None:
    """Who has this invitation to this wave; None where nobody has, or it was revoked."""
    row = session.execute(_listed(wave).where(Invitation.id == invitation_id)).one_or_none()
    return Entry(*row) if row is not None else None


def by_channel(session: Session, wave: Wave) -> dict[str, int]:
    """Channel -> how many responses were sent through it."""
    rows = session.execute(
        select(Response.channel, func.count().label("number"))
        .where(lying_together.responses(session, wave), Response.submitted)
        .group_by(Response.channel)
    )
    return {row.channel: row.number for row in rows}


def _listed(wave: Wave) -> Select[int, str, str, str, str, bool, str]:
    """The columns of ``Entry``."""
    by = aliased(User)
    return (
        select(
            Invitation.id,
            Invitee.name,
            Invitee.role,
            Organisation.name,
            Response.channel,
            Receipt.invitation_id.is_not(None),
            by.name,
        )
        .select_from(Invitation)
        .join(Invitation.invitee)
        .join(Invitee.membership)
        .join(Membership.organisation)
        .outerjoin(Response, Response.invitation_id == Invitation.id)
        .outerjoin(Receipt, Receipt.invitation_id == Invitation.id)
        .outerjoin(by, by.id == Response.entered_by)
        .where(Invitee.wave_id == wave.id, Invitation.revoked_at.is_(None))
    )
