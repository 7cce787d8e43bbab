"""Rounds of mail: who gets one, how far it is, and what became of the mail to each person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import Session, aliased

from surveyapp.models import Invitation, Invitee, Mail, Mailing, Receipt, Response, Wave
from surveyapp.queries import lying_together

REACHED: Final = ("sent", "uncertain")
"""States of mail that somebody has, as far as is known."""
TROUBLED: Final = ("failed", "uncertain", "bounced")
"""States of mail that somebody should look at."""
NUMBERED: Final = frozenset({"reminder"})
"""Purposes of which one person may get several."""


@dataclass(frozen=True)
class Round:
    """A mailing and how many of its mails are in each state."""

    mailing: Mailing
    counts: Mapping[str, int]

    @property
    def total(self) -> int:
        """Mails that were or will be sent; before it started none is known."""
        return sum(count for state, count in self.counts.items() if state != "cancelled")

    @property
    def pending(self) -> int:
        """Mails that are still on their way to the server."""
        return self.counts.get("waiting", 0) + self.counts.get("sending", 0)

    @property
    def state(self) -> str:
        """``planned``, ``sending``, ``sent`` or ``cancelled``."""
        if self.mailing.cancelled_at is not None:
            return "cancelled"
        if self.mailing.started_at is None:
            return "planned"
        return "sending" if self.pending else "sent"


def recipients(session: Session, wave: Wave, purpose: str, number: int = 1) -> list[int]:
    """The invitees who would get this mail now, in the order in which they were invited.

    Never: who opted out, whose link was withdrawn, who has no address, and test people. An invitation goes to whoever
    has had none and has not answered; a reminder to whoever was invited, by mail or letter, and has not answered; the
    closing mail to whoever was invited; thanks to whoever sent their answers themselves. ``number`` is that of the
    reminder.
    """
    return list(session.scalars(_wanted(session, wave, purpose, number)))


def how_many(session: Session, wave: Wave, purpose: str) -> int:
    """How many ``recipients`` there are of the first of these mails."""
    return session.scalar(select(func.count()).select_from(_wanted(session, wave, purpose, 1).subquery())) or 0


def _wanted(session: Session, wave: Wave, purpose: str, number: int) -> Select[int]:
    wanted = _reachable(session, wave)
    if purpose in {"invitation", "reminder"}:
        wanted = wanted.where(~exists().where(Receipt.invitation_id == Invitation.id))
    if purpose in {"reminder", "closing"}:
        wanted = wanted.where(_has("invitation", 1, REACHED))
    if purpose == "thanks":
        sent = exists().where(
            Response.invitation_id == Invitation.id, Response.submitted, Response.entered_by.is_(None)
        )
        wanted = wanted.where(sent)
    return wanted.where(~_has(purpose, numbered(purpose, number)))


def numbered(purpose: str, number: int) -> int:
    """The number of a mail in a mailing with this number: what somebody gets once is always the first."""
    return number if purpose in NUMBERED else 1


def rounds(session: Session, wave: Wave) -> list[Round]:
    """Every mailing of a wave with its counts, the newest first."""
    mailings = session.scalars(select(Mailing).where(Mailing.wave_id == wave.id).order_by(Mailing.id.desc())).all()
    return _counted(session, mailings)


def round_of(session: Session, wave: Wave, mailing_id: int) -> Round | None:
    """One of them; None where this wave has no such mailing."""
    mailing = session.get(Mailing, mailing_id)
    return _counted(session, [mailing])[0] if mailing is not None and mailing.wave_id == wave.id else None


def of_people(session: Session, wave: Wave, invitee_id: int | None = None) -> dict[int, list[Mail]]:
    """Invitee -> every mail to them, in the order in which they were made; of all, or of one."""
    found: dict[int, list[Mail]] = {}
    mails = select(Mail).join(Invitee, Invitee.id == Mail.invitee_id).where(Invitee.wave_id == wave.id)
    if invitee_id is not None:
        mails = mails.where(Invitee.id == invitee_id)
    for mail in session.scalars(mails.order_by(Mail.id)):
        if mail.invitee_id is not None:
            found.setdefault(mail.invitee_id, []).append(mail)
    return found


def troubled(session: Session, wave: Wave) -> list[Mail]:
    """Mail to invitees that failed, came back, or of which it is not known whether it was sent; the newest first."""
    mails = select(Mail).join(Invitee, Invitee.id == Mail.invitee_id).where(Invitee.wave_id == wave.id)
    return list(session.scalars(mails.where(Mail.state.in_(TROUBLED)).order_by(Mail.id.desc())))


def of_delegations(session: Session, delegation_ids: Sequence[int]) -> dict[int, Mail]:
    """Delegation -> the mail to that colleague."""
    mails = session.scalars(select(Mail).where(Mail.delegation_id.in_(delegation_ids)))
    return {mail.delegation_id: mail for mail in mails if mail.delegation_id is not None}


def _reachable(session: Session, wave: Wave) -> Select[int]:
    return (
        select(Invitee.id)
        .join(Invitation, Invitation.invitee_id == Invitee.id)
        .where(
            lying_together.invitees(session, wave),
            Invitee.test.is_(False),
            Invitee.opted_out_at.is_(None),
            Invitee.email != "",
            Invitation.revoked_at.is_(None),
        )
        .order_by(Invitee.id)
    )


def _has(purpose: str, number: int, states: Sequence[str] | None = None) -> ColumnElement[bool]:
    """Whether the invitee has a mail like this, in one of these states or in any but ``cancelled``."""
    other = aliased(Mail)
    state = other.state != "cancelled" if states is None else other.state.in_(states)
    return exists().where(other.invitee_id == Invitee.id, other.purpose == purpose, other.number == number, state)


def _counted(session: Session, mailings: Sequence[Mailing]) -> list[Round]:
    counts: dict[int, dict[str, int]] = {mailing.id: {} for mailing in mailings}
    counting = select(Mail.mailing_id, Mail.state, func.count()).where(Mail.mailing_id.in_(counts))
    for mailing_id, state, count in session.execute(counting.group_by(Mail.mailing_id, Mail.state)):
        if mailing_id is not None:
            counts[mailing_id][state] = count
    return [Round(mailing, counts[mailing.id]) for mailing in mailings]
