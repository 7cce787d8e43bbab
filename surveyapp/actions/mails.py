"""Verbs on single mails: to a colleague, to staff, to oneself; sending one again; what came back."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.actions import jobs, log, pacing
from surveyapp.actions.mailings import MAIL_JOB
from surveyapp.errors import InvalidContent, WrongState
from surveyapp.mail.words import ALWAYS_OURS, PURPOSES
from surveyapp.models import Delegation, Evaluation, Mail, Mailing, User, Wave, upsert

AGAIN: Final = frozenset({"failed", "uncertain", "bounced"})
"""The states from which a mail is sent again on request."""


def for_delegation(session: Session, *, delegation: Delegation) -> None:
    """Mail a colleague the link to their section, once however often it is asked."""
    row = {"purpose": "delegation", "number": 1, "delegation_id": delegation.id, "state": "waiting", "attempts": 0}
    if upsert.insert_missing(session, Mail, row | {"due_at": clock.now()}):
        mail_id = session.scalars(select(Mail.id).where(Mail.delegation_id == delegation.id)).one()
        evaluation_id = delegation.response.wave.evaluation_id
        jobs.enqueue(session, kind=MAIL_JOB, evaluation_id=evaluation_id, mail=mail_id)


def for_user(session: Session, *, user: User, by: User | None, evaluation: Evaluation | None = None) -> Mail:
    """Mail somebody of the staff a link to set a password: it is made when the mail is sent, and works as long
    as ``sign_ins.link_lasts`` says."""
    mail = _to_user(session, user, "account")
    jobs.enqueue(session, kind=MAIL_JOB, evaluation_id=evaluation.id if evaluation is not None else None, mail=mail.id)
    log.record(session, verb="user.mail-link", subject=user, by=by, evaluation=evaluation, purpose="password")
    return mail


def to_oneself(session: Session, *, wave: Wave, purpose: str, language: str, user: User) -> Mail:
    """Mail a user what a wave would send, with an example filled in; raises ``InvalidContent`` (``unknown-purpose``,
    ``unknown-language``)."""
    if purpose not in PURPOSES or purpose in ALWAYS_OURS:
        raise InvalidContent("unknown-purpose", purpose=purpose)
    if language not in wave.languages:
        raise InvalidContent("unknown-language", language=language)
    mail = _to_user(session, user, purpose)
    jobs.enqueue(
        session, kind=MAIL_JOB, evaluation_id=wave.evaluation_id, mail=mail.id, wave=wave.id, language=language
    )
    return mail


def send_again(session: Session, *, mails: Sequence[Mail], reason: str, by: User | None) -> int:
    """Send mail again that failed, came back or of which nobody knows whether it went; how many. The rest is left.

    ``reason`` says why, as sending an uncertain one may bring somebody the same mail twice. Raises ``InvalidContent``
    (``reason-missing``), and ``WrongState`` (``mail-not-failed``) where there is nothing to send again.
    """
    if not reason.strip():
        raise InvalidContent("reason-missing")
    again = [mail for mail in _held(session, mails) if mail.state in AGAIN and (mail.invitee_id or mail.delegation_id)]
    if not again:
        raise WrongState("mail-not-failed")
    for mail in again:
        was = mail.state
        due_at = pacing.turn(session, mail.mailing, earliest=clock.now())
        mail.state, mail.attempts, mail.problem, mail.message_id, mail.due_at = "waiting", 0, None, None, due_at
        of = _evaluation(mail)
        session.flush()
        jobs.enqueue(session, kind=MAIL_JOB, evaluation_id=of.id, due_at=due_at, mail=mail.id)
        log.record(session, verb="mail.send-again", subject=mail, by=by, evaluation=of, was=was, reason=reason.strip())
    return len(again)


def confirm(session: Session, *, mail: Mail, reason: str, by: User | None) -> None:
    """Somebody knows that an uncertain mail arrived. Raises ``InvalidContent`` (``reason-missing``), ``WrongState``
    (``mail-not-uncertain``)."""
    if not reason.strip():
        raise InvalidContent("reason-missing")
    _held(session, [mail])
    if mail.state != "uncertain":
        raise WrongState("mail-not-uncertain")
    mail.state, mail.problem = "sent", None
    log.record(session, verb="mail.confirm", subject=mail, by=by, evaluation=_evaluation(mail), reason=reason.strip())


def bounce(session: Session, *, message_id: str, problem: str, by: User | None) -> Mail | None:
    """The mail with this Message-ID came back; ``problem`` is the status code. None for mail that is not ours.

    A second report changes nothing.
    """
    mail = session.scalar(select(Mail).where(Mail.message_id == message_id).with_for_update())
    if mail is None or mail.state not in {"sent", "uncertain"}:
        return mail
    mail.state, mail.problem = "bounced", problem[:200]
    of = _evaluation(mail) if mail.user_id is None else None
    log.record(session, verb="mail.bounce", subject=mail, by=by, evaluation=of)
    return mail


def _to_user(session: Session, user: User, purpose: str) -> Mail:
    last = session.scalar(select(func.max(Mail.number)).where(Mail.user_id == user.id, Mail.purpose == purpose))
    mail = Mail(purpose=purpose, number=(last or 0) + 1, user=user, due_at=clock.now())
    session.add(mail)
    session.flush()
    return mail


def _held(session: Session, mails: Sequence[Mail]) -> list[Mail]:
    """Looked at again under a lock, in a fixed order, and before them their mailings."""
    of = {mail.mailing_id for mail in mails if mail.mailing_id is not None}
    held = select(Mailing).where(Mailing.id.in_(of)).order_by(Mailing.id).with_for_update(key_share=True)
    session.scalars(held).all()
    found = select(Mail).where(Mail.id.in_([mail.id for mail in mails])).order_by(Mail.id).with_for_update()
    return list(session.scalars(found.execution_options(populate_existing=True)))


def _evaluation(mail: Mail) -> Evaluation:
    """Of the study in which an invitee, a colleague or a reader was asked."""
    if mail.invitee is not None:
        return mail.invitee.wave.evaluation
    if mail.delegation is not None:
        return mail.delegation.response.wave.evaluation
    if mail.reviewer is not None:
        return mail.reviewer.review.wave.evaluation
    raise WrongState("mail-to-staff")
