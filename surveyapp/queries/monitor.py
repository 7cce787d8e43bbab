"""How far the answering is, in numbers."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp.models import Invitee, Membership, Organisation, Response, Wave
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
    """Every organisation and role with an invitee, in the order of the study and of the questionnaire."""
    begun = {
        (membership, role): (started, submitted)
        for membership, role, started, submitted in session.execute(
            select(Response.membership_id, Response.role, func.count(), func.count().filter(Response.submitted))
            .where(Response.wave_id == wave.id)
            .group_by(Response.membership_id, Response.role)
        )
    }
    order = [role.key for role in editions.of(session, wave).questionnaire.roles]
    invited = session.execute(
        select(Membership.id, Organisation.code, Organisation.name, Invitee.role, func.count())
        .join_from(Invitee, Membership)
        .join(Organisation)
        .where(Invitee.wave_id == wave.id)
        .group_by(Membership.id, Membership.position, Organisation.code, Organisation.name, Invitee.role)
        .order_by(Membership.position, Membership.id)
    ).all()
    position = {membership: place for place, (membership, *_) in enumerate(invited)}
    cells = [Cell(*row, *begun.get((row[0], row[3]), (0, 0))) for row in invited]
    return sorted(cells, key=lambda cell: (position[cell.membership_id], order.index(cell.role)))
