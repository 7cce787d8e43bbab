"""Verbs of the worker that sends a mail: taking it, and writing down what became of it.

A mail is taken and that is committed before a server hears of it; what came of it is written down after. A worker that
dies in between leaves it ``sending``, and whoever finds it so cannot know whether it went: it becomes ``uncertain``,
and no worker sends it again by itself. So nobody gets the same mail twice.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.actions import approvals, letter_values, pacing, sign_ins
from surveyapp.config import Settings
from surveyapp.errors import NotFound
from surveyapp.mail.message import Letter, new_message_id
from surveyapp.models import Approval, Invitation, Invitee, Mail, Mailing, Receipt, Response, Reviewer, User, Wave

MOST_ATTEMPTS: Final = 6
FIRST_PAUSE: Final = timedelta(minutes=5)
"""After a server said to try again later; doubled each time, two and a half hours in all."""
AWAY_PAUSE: Final = timedelta(minutes=1)
"""While no server answers: that is no attempt, however long it takes."""
DIED: Final = "worker-died"
_OF_APPROVALS: Final = frozenset({"approval", "decision"})


@dataclass(frozen=True)
class Taken:
    """A mail that this worker, and no other, hands to the server."""

    mail_id: int
    message_id: str
    """Of this attempt: whoever comes with another has lost the mail."""
    letter: Letter


def take(
    session: Session, *, mail_id: int, settings: Settings, wave_id: int | None = None, language: str = ""
) -> Taken | datetime | None:
    """Take a mail to send; the moment to come back where its turn is later; None where there is nothing to send.

    Mail that is not wanted any more is called off: who answered, opted out or lost the link meanwhile gets none. With
    a ``wave_id`` and ``language`` it is an example of that wave's mail. Commit before a server hears of it.
    """
    mail = _held(session, mail_id)
    if mail is None or _found_dead(mail) or mail.state != "waiting":
        return None
    moment = clock.now()
    if mail.due_at > moment:
        return mail.due_at
    unwanted = _unwanted(session, mail, moment)
    if unwanted is not None:
        mail.state, mail.problem = "cancelled", unwanted
        return None
    if moment - mail.due_at > pacing.LATENESS:
        mail.due_at = pacing.turn(session, mail.mailing, earliest=moment)
        if mail.due_at > moment:
            return mail.due_at
    letter = _letter(session, mail, settings, wave_id, language)
    mail.state, mail.problem = "sending", None
    mail.attempts += 1
    mail.message_id = new_message_id(letter.envelope.sender.address)
    return Taken(mail.id, mail.message_id, letter)


def sent(session: Session, taken: Taken) -> None:
    """The server has it."""
    mail = _mine(session, taken)
    if mail is not None:
        mail.state, mail.problem, mail.sent_at = "sent", None, clock.now()


def hold_off(session: Session, *, mail_id: int, problem: str) -> datetime | None:
    """No server answers: a mail that waits gets another turn, however often. When that is."""
    mail = _held(session, mail_id)
    if mail is None or _found_dead(mail) or mail.state != "waiting":
        return None
    return _wait_for_server(session, mail, problem)


def do_without(session: Session, *, mail_id: int) -> bool:
    """Where an installation sends no mail, call off what only saves its staff a look at a page; whether this was it."""
    mail = _held(session, mail_id)
    if mail is None or mail.purpose not in _OF_APPROVALS or mail.state != "waiting":
        return False
    mail.state, mail.problem = "cancelled", "no-mail-server"
    return True


def away(session: Session, taken: Taken, problem: str) -> datetime | None:
    """The server takes no mail from us at all: this one waits another turn, and no attempt is counted. When it is."""
    mail = _mine(session, taken)
    if mail is None:
        return None
    mail.state = "waiting"
    mail.attempts -= 1
    return _wait_for_server(session, mail, problem)


def later(session: Session, taken: Taken, problem: str) -> datetime | None:
    """The server said to try this one again later: after a pause that doubles, and not for ever. When that is."""
    mail = _mine(session, taken)
    if mail is None:
        return None
    mail.problem = problem
    if mail.attempts >= MOST_ATTEMPTS:
        mail.state = "failed"
        return None
    mail.state = "waiting"
    mail.due_at = clock.now() + FIRST_PAUSE * 2 ** (mail.attempts - 1)
    return mail.due_at


def refused(session: Session, taken: Taken, problem: str) -> None:
    """The server will never take it; ``problem`` is its code and what it was about, no address and no text."""
    _ended(session, taken, "failed", problem)


def unknown(session: Session, taken: Taken, problem: str) -> None:
    """The connection broke after everything was handed over and before the server said that it has it."""
    _ended(session, taken, "uncertain", problem)


def _found_dead(mail: Mail) -> bool:
    """Whether a worker died while it sent this."""
    if mail.state != "sending":
        return False
    mail.state, mail.problem = "uncertain", DIED
    return True


def _wait_for_server(session: Session, mail: Mail, problem: str) -> datetime:
    mail.problem = problem
    mail.due_at = pacing.turn(session, mail.mailing, earliest=clock.now() + AWAY_PAUSE)
    return mail.due_at


def _ended(session: Session, taken: Taken, state: str, problem: str) -> None:
    mail = _mine(session, taken)
    if mail is not None:
        mail.state, mail.problem = state, problem


def _held(session: Session, mail_id: int) -> Mail | None:
    """The mail, held until this transaction ends, and before it its mailing, as for whoever calls that off."""
    mailing_id = session.scalar(select(Mail.mailing_id).where(Mail.id == mail_id))
    if mailing_id is not None:
        session.get(Mailing, mailing_id, with_for_update={"key_share": True}, populate_existing=True)
    return session.get(Mail, mail_id, with_for_update=True, populate_existing=True)


def _mine(session: Session, taken: Taken) -> Mail | None:
    """The mail as this worker took it; None where it was erased, or taken again since."""
    mail = _held(session, taken.mail_id)
    mine = mail is not None and mail.message_id == taken.message_id and mail.state in {"sending", "uncertain"}
    return mail if mine else None


def _unwanted(session: Session, mail: Mail, moment: datetime) -> str | None:
    """Why this mail is not to be sent any more."""
    if mail.mailing is not None and mail.mailing.cancelled_at is not None:
        return "mailing-cancelled"
    if mail.invitee_id is not None:
        return _unwanted_by_invitee(session, mail.invitee_id, mail.purpose, moment)
    if mail.delegation is not None:
        ended = mail.delegation.ended_at is not None or mail.delegation.response.submitted
        return "delegation-ended" if ended else _closed(mail.delegation.response.wave, moment)
    if mail.reviewer is not None:
        return _unwanted_by_reader(mail.reviewer, moment)
    if mail.user is not None and mail.user.disabled_at is not None:
        return "account-disabled"
    return _out_of_date(session, mail) if mail.purpose in _OF_APPROVALS else None


def _out_of_date(session: Session, mail: Mail) -> str | None:
    """Why nobody needs to hear of a request any more: its study is gone, or it does not wait."""
    approval = session.get(Approval, mail.number)
    if approval is None:
        return "study-deleted"
    return "already-decided" if mail.purpose == "approval" and approvals.state(approval) != "waiting" else None


def _unwanted_by_invitee(session: Session, invitee_id: int, purpose: str, moment: datetime) -> str | None:
    row = session.execute(
        select(
            Invitee,
            Invitation.revoked_at,
            exists().where(Receipt.invitation_id == Invitation.id).label("answered"),
            exists().where(Response.invitation_id == Invitation.id, Response.submitted).label("known"),
        )
        .join(Invitation, Invitation.invitee_id == Invitee.id)
        .where(Invitee.id == invitee_id)
    ).one()
    if row.Invitee.opted_out_at is not None:
        return "opted-out"
    if row.revoked_at is not None:
        return "link-revoked"
    if purpose == "thanks":
        return None if row.known else "not-answered"
    if purpose == "closing":
        return None
    return "answered" if row.answered else _closed(row.Invitee.wave, moment)


def _unwanted_by_reader(reader: Reviewer, moment: datetime) -> str | None:
    if reader.token_hash is None or not reader.email:
        return "link-revoked"
    if reader.review.closed_at is not None or moment >= reader.review.deadline:
        return "review-closed"
    return "answered" if reader.answered_at is not None else None


def _closed(wave: Wave, moment: datetime) -> str | None:
    return "wave-closed" if wave.state_at(moment) == "closed" else None


def _letter(session: Session, mail: Mail, settings: Settings, wave_id: int | None, language: str) -> Letter:
    if mail.invitee is not None:
        return letter_values.of_invitee(session, mail.invitee, mail.purpose, settings)
    if mail.delegation is not None:
        return letter_values.of_colleague(session, mail.delegation, settings)
    if mail.reviewer is not None:
        return letter_values.of_reader(session, mail.reviewer, mail.purpose, settings)
    if mail.user is None:
        raise NotFound("recipient")
    if wave_id is not None:
        wave = session.get_one(Wave, wave_id)
        return letter_values.trial(session, wave, mail.purpose, language, settings, to=mail.user)
    if mail.purpose in _OF_APPROVALS:
        approval = session.get_one(Approval, mail.number)
        return letter_values.of_approval(approval, mail.purpose, mail.user, settings, until=approvals.until(approval))
    return _to_staff(session, mail.user, settings)


def _to_staff(session: Session, user: User, settings: Settings) -> Letter:
    expires_at = clock.now() + sign_ins.link_lasts(user)
    token = sign_ins.one_time_link(session, user=user, purpose="password", expires_at=expires_at, by=None)
    return letter_values.of_user(user, token, expires_at, settings)
