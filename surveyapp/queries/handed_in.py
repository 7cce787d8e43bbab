"""What was handed in, response by response, without any answer: to see which of them count, and which were excluded.

There is no such list of an anonymous wave: there a response is of nobody, and nobody can point at it.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from surveyapp.models import Evaluation, Invitation, Invitee, Membership, Organisation, Response, User, Wave
from surveyapp.models.wave import ANONYMOUS


@dataclass(frozen=True)
class HandedIn:
    """A response that was handed in, or that is excluded though its respondent reopened it."""

    response_id: int
    invitation_id: int
    name: str | None
    """None where it came through an open link; empty where the name was erased."""
    organisation: str
    role: str
    channel: str
    repeated: bool
    """Through an open link, from a device that had answered before."""
    submitted_at: datetime | None
    excluded_at: datetime | None
    excluded_by: str | None
    reason: str | None


@dataclass(frozen=True)
class Chosen:
    """Which of them to list; empty is all."""

    organisation: str = ""
    """A code."""
    excluded: bool = False

    def __bool__(self) -> bool:
        return bool(self.organisation or self.excluded)


def listed(session: Session, wave: Wave, chosen: Chosen, *, first: int = 0, most: int | None = None) -> list[HandedIn]:
    """Those of this choice, by organisation in the order of the study, then by role, name and day."""
    order = (
        Membership.position,
        Membership.id,
        Response.role,
        func.lower(func.coalesce(Invitee.name, "")),
        Response.submitted_at,
        Response.id,
    )
    rows = session.execute(_rows(_chosen(wave, chosen)).order_by(*order).offset(first).limit(most))
    return [HandedIn(*row) for row in rows]


def count(session: Session, wave: Wave, chosen: Chosen) -> int:
    """How many those are."""
    return session.scalar(select(func.count()).select_from(_rows(_chosen(wave, chosen)).subquery())) or 0


def excluded(session: Session, wave: Wave) -> int:
    """How many responses of a wave are excluded."""
    found = select(func.count()).where(Response.wave_id == wave.id, Response.excluded_at.is_not(None))
    return session.scalar(found) or 0


def one(session: Session, evaluation: Evaluation, invitation_id: int) -> HandedIn | None:
    """What was handed in with this invitation of the study; None where that is nothing, or nobody can know."""
    known = (Response.invitation_id == invitation_id, Wave.evaluation_id == evaluation.id)
    row = session.execute(_rows(*known)).one_or_none()
    return HandedIn(*row) if row is not None else None


def _rows(*conditions: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """The columns of ``HandedIn``."""
    by = aliased(User)
    return (
        select(
            Response.id,
            Invitation.id,
            Invitee.name,
            Organisation.name,
            Response.role,
            Response.channel,
            Invitation.repeated,
            Response.submitted_at,
            Response.excluded_at,
            by.name,
            Response.excluded_reason,
        )
        .select_from(Response)
        .join(Response.wave)
        .join(Response.membership)
        .join(Membership.organisation)
        .join(Response.invitation)
        .outerjoin(Invitation.invitee)
        .outerjoin(by, by.id == Response.excluded_by)
        .where(
            *conditions,
            or_(Response.submitted, Response.excluded_at.is_not(None)),
            Response.regime != ANONYMOUS,
            or_(Invitee.id.is_(None), Invitee.test.is_(False)),
        )
    )


def _chosen(wave: Wave, chosen: Chosen) -> ColumnElement[bool]:
    conditions = [Response.wave_id == wave.id]
    if chosen.organisation:
        conditions.append(Organisation.code == chosen.organisation)
    if chosen.excluded:
        conditions.append(Response.excluded_at.is_not(None))
    return and_(*conditions)
