"""Who gets a letter with their link: everybody who can still answer, or only whom mail did not reach."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, Select, exists, or_, select
from sqlalchemy.orm import Session, aliased

from surveyapp import clock
from surveyapp.models import (
    Evaluation,
    Invitation,
    Invitee,
    Job,
    Mail,
    Membership,
    Organisation,
    Receipt,
    Rendering,
    Wave,
)

EVERYBODY: Final = "everybody"
NOT_REACHED: Final = "not-reached"
WHICH: Final = (EVERYBODY, NOT_REACHED)
"""``not-reached``: without an address, or of whom the last mail failed or came back."""


@dataclass(frozen=True)
class Addressee:
    """Somebody who may get a letter; ``generation`` is that of their link."""

    invitation_id: int
    generation: int
    invitee_id: int
    name: str
    role: str
    language: str
    organisation: str
    organisation_kind: str


def addressees(session: Session, wave: Wave, which: str, *, organisation: str = "") -> list[Addressee]:
    """Everybody with a link that works who has not answered, by organisation in the order of the study, role and name.

    ``organisation`` is the code of one, or empty for all. Nobody who wants no more mail, and no test people.
    """
    wanted = _listed(wave)
    if which == NOT_REACHED:
        wanted = wanted.where(_not_reached())
    if organisation:
        wanted = wanted.where(Organisation.code == organisation)
    order = (Membership.position, Membership.id, Invitee.role, Invitee.name, Invitation.id)
    return [Addressee(*row) for row in session.execute(wanted.order_by(*order))]


def still_wanted(session: Session, wave: Wave, invitations: Collection[int]) -> list[Addressee]:
    """Of these invitations who still can answer, in the order asked for."""
    rows = session.execute(_listed(wave).where(Invitation.id.in_(invitations)))
    found = {row[0]: Addressee(*row) for row in rows}
    return [found[number] for number in invitations if number in found]


def _listed(wave: Wave) -> Select[int, int, int, str, str, str, str, str]:
    """The columns of ``Addressee``."""
    return (
        select(
            Invitation.id,
            Invitation.generation,
            Invitee.id,
            Invitee.name,
            Invitee.role,
            Invitee.language,
            Organisation.name,
            Organisation.kind,
        )
        .select_from(Invitation)
        .join(Invitation.invitee)
        .join(Invitee.membership)
        .join(Membership.organisation)
        .outerjoin(Receipt, Receipt.invitation_id == Invitation.id)
        .where(
            Invitee.wave_id == wave.id,
            Invitation.revoked_at.is_(None),
            Receipt.invitation_id.is_(None),
            Invitee.opted_out_at.is_(None),
            ~Invitee.test,
        )
    )


def _not_reached() -> ColumnElement[bool]:
    later = aliased(Mail)
    overtaken = exists().where(later.invitee_id == Mail.invitee_id, later.id > Mail.id, later.state != "cancelled")
    lost = exists().where(Mail.invitee_id == Invitee.id, Mail.state.in_(LOST), ~overtaken)
    return or_(Invitee.email == "", lost)


LOST: Final = ("failed", "bounced")
"""States of a mail that did not arrive."""


@dataclass(frozen=True)
class LetterFile:
    """A file of letters that was asked for: ``making``, ``made``, or ``failed`` for good."""

    digest: str
    state: str
    letters: int
    requested_at: datetime
    expires_at: datetime


def files(session: Session, evaluation: Evaluation, kind: str) -> list[LetterFile]:
    """The files of this study that have not expired, in the order of asking."""
    kept = session.execute(
        select(
            Rendering.id,
            Rendering.digest,
            Rendering.content.is_not(None),
            Rendering.specification,
            Rendering.requested_at,
            Rendering.expires_at,
        )
        .where(Rendering.evaluation_id == evaluation.id, Rendering.kind == kind, Rendering.expires_at > clock.now())
        .order_by(Rendering.id)
    ).all()
    failed = _failed(session, kind) if kept else frozenset()
    found = []
    for number, digest, made, asked, requested_at, expires_at in kept:
        state = "made" if made else "failed" if number in failed else "making"
        invitations = asked.get("invitations")
        count = len(invitations) if isinstance(invitations, list) else 0
        found.append(LetterFile(digest, state, count, requested_at, expires_at or requested_at))
    return found


def file(session: Session, evaluation: Evaluation, kind: str, digest: str) -> Rendering | None:
    """One of these files; None where it is not there, or expired."""
    return session.scalar(
        select(Rendering).where(
            Rendering.evaluation_id == evaluation.id,
            Rendering.kind == kind,
            Rendering.digest == digest,
            Rendering.expires_at > clock.now(),
        )
    )


def _failed(session: Session, kind: str) -> frozenset[object]:
    gone = session.scalars(select(Job.arguments).where(Job.kind == kind, Job.state == "failed"))
    return frozenset(arguments.get("rendering") for arguments in gone)
