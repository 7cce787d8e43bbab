"""Finding an open link, what it leaves to choose, and how many came through it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from surveyapp.models import Evaluation, Invitation, Membership, OpenLink, Organisation, Receipt, Wave
from surveyapp.queries import editions, evaluations, open_roles
from surveyapp.queries.tokens import token_hash
from surveyapp.questionnaires.questionnaire import Role

NEIGHBOURHOOD: Final = "neighbourhood"


@dataclass(frozen=True)
class Offered:
    """What somebody who follows a link may say to be; one of each where the link fixes it."""

    roles: tuple[Role, ...]
    members: tuple[Membership, ...]


@dataclass(frozen=True)
class Listed:
    """A link with how many came through it."""

    link: OpenLink
    started: int
    sent: int
    repeated: int
    """Began although somebody had taken part on the same device, and said to be another person."""


@dataclass(frozen=True)
class OpenCell:
    """One open role of one organisation: nobody was invited, so there is no response rate."""

    name: str
    """Of the organisation."""
    role: str
    started: int
    sent: int
    repeated: int
    """As of ``Listed``."""


def by_token(session: Session, token: str) -> OpenLink | None:
    """The link with its wave and study; None when unknown or withdrawn."""
    return session.scalar(
        select(OpenLink)
        .where(OpenLink.token_hash == token_hash(token), OpenLink.revoked_at.is_(None))
        .options(
            joinedload(OpenLink.wave).joinedload(Wave.evaluation),
            joinedload(OpenLink.membership).joinedload(Membership.organisation),
        )
    )


def by_id(session: Session, wave: Wave, number: int) -> OpenLink | None:
    """The link of this wave with this number."""
    return session.scalar(select(OpenLink).where(OpenLink.id == number, OpenLink.wave_id == wave.id))


def standing(session: Session, wave: Wave, membership: Membership | None, role: str | None) -> OpenLink | None:
    """The link for exactly this role and place that has not been withdrawn."""
    place = OpenLink.membership_id.is_(None) if membership is None else OpenLink.membership_id == membership.id
    said = OpenLink.role.is_(None) if role is None else OpenLink.role == role
    return session.scalar(
        select(OpenLink).where(OpenLink.wave_id == wave.id, OpenLink.revoked_at.is_(None), place, said)
    )


def offered(session: Session, link: OpenLink) -> Offered:
    """Roles that nobody was invited in, and the places of the study: its neighbourhoods, where it has any."""
    invited = open_roles.invited(session, link.wave)
    roles = editions.by_digest(session, link.wave.edition_digest).questionnaire.roles
    return Offered(
        tuple(role for role in roles if role.key not in invited and link.role in {None, role.key}),
        (link.membership,) if link.membership is not None else places(session, link.wave.evaluation),
    )


def places(session: Session, evaluation: Evaluation) -> tuple[Membership, ...]:
    """Where people may say to be from: the neighbourhoods of the study, or all that take part where it has none."""
    members = evaluations.memberships(session, evaluation)
    neighbourhoods = tuple(member for member in members if member.organisation.kind == NEIGHBOURHOOD)
    return neighbourhoods or tuple(members)


def full(session: Session, link: OpenLink) -> bool:
    """Whether as many have handed in as may take part. A draft takes nobody's place."""
    if link.most is None:
        return False
    sent = select(func.count()).select_from(Receipt).join(Invitation, Invitation.id == Receipt.invitation_id)
    return (session.scalar(sent.where(Invitation.open_link_id == link.id)) or 0) >= link.most


def per_cell(session: Session, wave: Wave) -> Sequence[OpenCell]:
    """Every organisation and role that somebody came for, in the order of the study and of the questionnaire."""
    order = [role.key for role in editions.by_digest(session, wave.edition_digest).questionnaire.roles]
    rows = session.execute(
        select(
            Membership.position,
            Membership.id,
            Organisation.name,
            Invitation.declared_role.label("role"),
            func.count().label("started"),
            func.count(Receipt.invitation_id).label("sent"),
            func.count().filter(Invitation.repeated).label("repeated"),
        )
        .join(Invitation.open_link)
        .join(Invitation.declared_membership)
        .join(Membership.organisation)
        .outerjoin(Receipt, Receipt.invitation_id == Invitation.id)
        .where(OpenLink.wave_id == wave.id)
        .group_by(Membership.position, Membership.id, Organisation.name, Invitation.declared_role)
    )
    in_order = sorted(rows, key=lambda row: (row.position, row.id, order.index(row.role)))
    return [OpenCell(row.name, row.role, row.started, row.sent, row.repeated) for row in in_order]


def listed(session: Session, wave: Wave) -> Sequence[Listed]:
    """The links of a wave, withdrawn ones too, in the order in which they were made."""
    counts = {
        link: (started, sent, repeated)
        for link, started, sent, repeated in session.execute(
            select(
                Invitation.open_link_id,
                func.count(),
                func.count(Receipt.invitation_id),
                func.count().filter(Invitation.repeated),
            )
            .join(Invitation.open_link)
            .outerjoin(Receipt, Receipt.invitation_id == Invitation.id)
            .where(OpenLink.wave_id == wave.id)
            .group_by(Invitation.open_link_id)
        )
    }
    links = select(OpenLink).where(OpenLink.wave_id == wave.id).order_by(OpenLink.id)
    shown = links.options(joinedload(OpenLink.membership).joinedload(Membership.organisation))
    return [Listed(link, *counts.get(link.id, (0, 0, 0))) for link in session.scalars(shown)]
