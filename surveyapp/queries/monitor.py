"""How far the answering is, in numbers."""

from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from surveyapp.models import Invitation, Invitee, Membership, Organisation, Receipt, Response, Wave
from surveyapp.queries import editions


@dataclass(frozen=True)
class Cell:
    """One role of one organisation: how many were invited, opened their link, and handed in."""

    membership_id: int
    organisation: str
    """Its code."""
    name: str
    role: str
    invited: int
    started: int
    submitted: int


def per_cell(session: Session, wave: Wave) -> list[Cell]:
    """Every organisation and role with an invitee, in the order of the study and of the questionnaire.

    Counted by who was invited and what became of their invitation: in an anonymous wave, where no response that was
    handed in leads to an invitation, receipts tell how many did so. Whoever came through an open link is in no cell.
    """
    order = {role.key: place for place, role in enumerate(editions.of(session, wave).questionnaire.roles)}
    handed_in = Receipt.invitation_id.is_not(None)
    rows = session.execute(
        select(
            Membership.id,
            Organisation.code,
            Organisation.name,
            Invitee.role,
            func.count(),
            func.count().filter(or_(handed_in, Response.id.is_not(None))),
            func.count().filter(handed_in),
            Membership.position,
        )
        .join_from(Invitee, Membership)
        .join(Organisation)
        .outerjoin(Invitation, Invitation.invitee_id == Invitee.id)
        .outerjoin(Response, Response.invitation_id == Invitation.id)
        .outerjoin(Receipt, Receipt.invitation_id == Invitation.id)
        .where(Invitee.wave_id == wave.id)
        .group_by(Membership.id, Membership.position, Organisation.code, Organisation.name, Invitee.role)
    )
    in_order = sorted(rows, key=lambda row: (row[-1], row[0], order[row[3]]))
    return [Cell(*row[:-1]) for row in in_order]
