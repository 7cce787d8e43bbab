"""Everybody invited to a wave with the mail they got, and why a mailing would leave somebody out."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.models import Invitation, Invitee, Mail, Membership, Organisation, Receipt, Response, Wave
from surveyapp.queries import mailings

REASONS: Final = ("link-revoked", "opted-out", "no-address", "answered", "not-invited", "not-answered", "has-it")
"""Why somebody gets no mail; of several the first counts."""


@dataclass(frozen=True)
class Person:
    """Somebody who was invited by name; ``mails`` in the order in which they were made."""

    invitee_id: int
    invitation_id: int
    name: str
    email: str
    role: str
    language: str
    organisation: str
    opted_out: bool
    revoked: bool
    answered: bool
    sent_themselves: bool
    """Whether it is known that they sent their answers, and nobody entered them; in an anonymous wave it is not."""
    mails: tuple[Mail, ...]

    @property
    def latest(self) -> Mail | None:
        """The last mail that was not called off."""
        counted = [mail for mail in self.mails if mail.state != "cancelled"]
        return counted[-1] if counted else None


def people(session: Session, wave: Wave, invitee_id: int | None = None) -> list[Person]:
    """Everybody but test people, by organisation in the order of the study, role and name; or one of them."""
    wanted = (
        select(
            Invitee.id,
            Invitation.id,
            Invitee.name,
            Invitee.email,
            Invitee.role,
            Invitee.language,
            Organisation.name,
            Invitee.opted_out_at.is_not(None),
            Invitation.revoked_at.is_not(None),
            Receipt.invitation_id.is_not(None),
            (Response.submitted & Response.entered_by.is_(None)).is_(True),
        )
        .select_from(Invitee)
        .join(Invitation, Invitation.invitee_id == Invitee.id)
        .join(Invitee.membership)
        .join(Membership.organisation)
        .outerjoin(Receipt, Receipt.invitation_id == Invitation.id)
        .outerjoin(Response, Response.invitation_id == Invitation.id)
        .where(Invitee.wave_id == wave.id, Invitee.test.is_(False))
        .order_by(Membership.position, Membership.id, Invitee.role, Invitee.name, Invitee.id)
    )
    if invitee_id is not None:
        wanted = wanted.where(Invitee.id == invitee_id)
    mails = mailings.of_people(session, wave, invitee_id)
    return [Person(*row, mails=tuple(mails.get(row[0], ()))) for row in session.execute(wanted)]


def sorted_out(found: Iterable[Person], purpose: str, number: int) -> tuple[list[Person], dict[str, list[Person]]]:
    """Who would get this mail now, and the others by reason: the same people as ``mailings.recipients``."""
    getting: list[Person] = []
    left_out: dict[str, list[Person]] = {}
    for person in found:
        reason = reason_against(person, purpose, number)
        if reason is None:
            getting.append(person)
        else:
            left_out.setdefault(reason, []).append(person)
    return getting, {reason: left_out[reason] for reason in REASONS if reason in left_out}


def reason_against(person: Person, purpose: str, number: int) -> str | None:
    """Why this person would not get this mail now; None for who would."""
    asks = purpose in {"invitation", "reminder"}
    invited = any(
        mail.purpose == "invitation" and mail.number == 1 and mail.state in mailings.REACHED for mail in person.mails
    )
    kept = mailings.numbered(purpose, number)
    has_it = any(mail.purpose == purpose and mail.number == kept and mail.state != "cancelled" for mail in person.mails)
    against = {
        "link-revoked": person.revoked,
        "opted-out": person.opted_out,
        "no-address": not person.email,
        "answered": asks and person.answered,
        "not-invited": purpose in {"reminder", "closing"} and not invited,
        "not-answered": purpose == "thanks" and not person.sent_themselves,
        "has-it": has_it,
    }
    return next((reason for reason in REASONS if against[reason]), None)
