"""Who is invited to a wave, and how far each of them is, as far as the regime lets anybody know."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Case, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import Session, joinedload

from surveyapp.models import (
    Evaluation,
    Invitation,
    Invitee,
    Mail,
    Membership,
    Organisation,
    Receipt,
    Response,
    Wave,
)
from surveyapp.models.wave import ANONYMOUS

NOT_INVITED: Final = "not-invited"
INVITED: Final = "invited"
BOUNCED: Final = "bounced"
OPENED: Final = "opened"
ANSWERED: Final = "answered"
OPTED_OUT: Final = "opted-out"
REVOKED: Final = "revoked"
STATES: Final = (NOT_INVITED, INVITED, BOUNCED, OPENED, ANSWERED, OPTED_OUT, REVOKED)
_TELLING: Final = frozenset({OPENED, ANSWERED})
"""What an anonymous wave tells of nobody by name."""
_SENT: Final = ("sent", "uncertain")
_NOT_REACHED: Final = ("bounced", "failed")
_TO_INVITE: Final = ("invitation", "reminder")


@dataclass(frozen=True)
class Person:
    """Somebody who was invited by name."""

    invitation_id: int
    name: str
    email: str
    role: str
    organisation: str
    organisation_code: str
    membership_id: int
    language: str
    opted_out_at: datetime | None
    state: str
    """One of ``STATES``: what says most about what can be done for them now."""


@dataclass(frozen=True)
class Chosen:
    """Which people to list; empty is all."""

    organisation: str = ""
    """A code."""
    role: str = ""
    state: str = ""
    words: str = ""
    """Part of a name or address."""

    def __bool__(self) -> bool:
        return any((self.organisation, self.role, self.state, self.words))


def states(wave: Wave) -> tuple[str, ...]:
    """The states that may be known of somebody in this wave."""
    return tuple(state for state in STATES if wave.regime != ANONYMOUS or state not in _TELLING)


def listed(session: Session, wave: Wave, chosen: Chosen, *, first: int = 0, most: int | None = None) -> list[Person]:
    """The people of this choice, by organisation in the order of the study, then by role and name."""
    order = (Membership.position, Membership.id, Invitee.role, func.lower(Invitee.name), Invitation.id)
    rows = session.execute(_chosen(wave, chosen).order_by(*order).offset(first).limit(most))
    return [Person(*row) for row in rows]


def count(session: Session, wave: Wave, chosen: Chosen) -> int:
    """How many those are."""
    return session.scalar(select(func.count()).select_from(_chosen(wave, chosen).subquery())) or 0


def one(session: Session, wave: Wave, invitation_id: int) -> Person | None:
    """Who has this invitation to this wave; None where nobody has."""
    row = session.execute(_people(wave).where(Invitation.id == invitation_id)).one_or_none()
    return Person(*row) if row is not None else None


def invitation(session: Session, wave: Wave, invitation_id: int) -> Invitation | None:
    """The row of somebody who was invited by name to this wave, for a verb."""
    return session.scalar(
        select(Invitation)
        .join(Invitation.invitee)
        .where(Invitation.id == invitation_id, Invitee.wave_id == wave.id, Invitee.test.is_(False))
        .options(joinedload(Invitation.invitee))
    )


def wants_no_mail(session: Session, invitation_id: int) -> bool:
    """Whether this invitee said to want no more mail."""
    said = select(Invitee.opted_out_at).join(Invitation, Invitation.invitee_id == Invitee.id)
    return session.scalar(said.where(Invitation.id == invitation_id)) is not None


def places(session: Session, evaluation: Evaluation) -> Sequence[tuple[str, str]]:
    """Code and name of the organisations that take part, in order."""
    rows = session.execute(
        select(Organisation.code, Organisation.name)
        .join_from(Membership, Organisation)
        .where(Membership.evaluation_id == evaluation.id)
        .order_by(Membership.position, Membership.id)
    )
    return [(code, name) for code, name in rows]


def _people(wave: Wave) -> Select[*tuple[Any, ...]]:
    """The columns of ``Person``."""
    return (
        select(
            Invitation.id,
            Invitee.name,
            Invitee.email,
            Invitee.role,
            Organisation.name,
            Organisation.code,
            Membership.id,
            Invitee.language,
            Invitee.opted_out_at,
            _state(wave).label("state"),
        )
        .select_from(Invitation)
        .join(Invitation.invitee)
        .join(Invitee.membership)
        .join(Membership.organisation)
        .outerjoin(Response, Response.invitation_id == Invitation.id)
        .outerjoin(Receipt, Receipt.invitation_id == Invitation.id)
        .where(Invitee.wave_id == wave.id, Invitee.test.is_(False))
    )


def _state(wave: Wave) -> Case[str]:
    mailed = and_(Mail.invitee_id == Invitee.id, Mail.purpose.in_(_TO_INVITE))
    reached = exists().where(mailed, Mail.state.in_(_SENT))
    lost = exists().where(mailed, Mail.state.in_(_NOT_REACHED))
    known = (
        ((Receipt.invitation_id.is_not(None), ANSWERED), (Response.id.is_not(None), OPENED))
        if wave.regime != ANONYMOUS
        else ()
    )
    return case(
        (Invitation.revoked_at.is_not(None), REVOKED),
        *known,
        (Invitee.opted_out_at.is_not(None), OPTED_OUT),
        (lost, BOUNCED),
        (reached, INVITED),
        else_=NOT_INVITED,
    )


def _chosen(wave: Wave, chosen: Chosen) -> Select[*tuple[Any, ...]]:
    found = _people(wave)
    if chosen.organisation:
        found = found.where(Organisation.code == chosen.organisation)
    if chosen.role:
        found = found.where(Invitee.role == chosen.role)
    if chosen.state:
        found = found.where(_state(wave) == chosen.state)
    if chosen.words:
        words = chosen.words.lower()
        has = [func.lower(column).contains(words, autoescape=True) for column in (Invitee.name, Invitee.email)]
        found = found.where(or_(*has))
    return found
