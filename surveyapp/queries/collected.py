"""What a wave knows of the people whose answers were collected elsewhere."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp.analysis.reading.collected import Expected, Seat
from surveyapp.models import Invitation, Invitee, Membership, Organisation, Receipt, Response, Wave
from surveyapp.models.response import IMPORT
from surveyapp.queries import editions, evaluations, open_roles


def expected(session: Session, wave: Wave) -> Expected:
    """The organisations, roles, seats and codes that a file for this wave is judged by."""
    members = evaluations.memberships(session, wave.evaluation)
    return Expected(
        kinds={member.organisation.code: member.organisation.kind for member in members},
        open_roles=open_roles.of(session, wave).of(editions.by_digest(session, wave.edition_digest).questionnaire),
        imported=frozenset(_imported(session, wave)),
        seats=_seats(session, wave),
    )


def _imported(session: Session, wave: Wave) -> list[str]:
    """The codes under which answers were imported: the seats without an address that were made for them."""
    found = (
        select(Invitee.name)
        .join(Invitation, Invitation.invitee_id == Invitee.id)
        .join(Response, Response.invitation_id == Invitation.id)
        .where(Invitee.wave_id == wave.id, Invitee.email == "", Response.channel == IMPORT)
    )
    return list(session.scalars(found))


def _seats(session: Session, wave: Wave) -> dict[tuple[str, str, str], Seat]:
    rows = session.execute(
        select(
            func.lower(Invitee.email),
            Organisation.code,
            Invitee.role,
            Invitation.id,
            Response.id.is_not(None),
            Receipt.invitation_id.is_not(None),
        )
        .select_from(Invitation)
        .join(Invitation.invitee)
        .join(Invitee.membership)
        .join(Membership.organisation)
        .outerjoin(Response, Response.invitation_id == Invitation.id)
        .outerjoin(Receipt, Receipt.invitation_id == Invitation.id)
        .where(Invitee.wave_id == wave.id, Invitee.test.is_(False), Invitee.email != "")
    )
    return {
        (email, organisation, role): Seat(invitation, bool(begun), bool(sent))
        for email, organisation, role, invitation, begun, sent in rows
    }
