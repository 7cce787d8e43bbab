"""Verbs on rounds of mail: planning one, calling it off, and deciding who gets it when its time has come."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, and_, func, select, update
from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.actions import jobs, log, pacing
from surveyapp.errors import InvalidContent, WrongState
from surveyapp.models import Mail, Mailing, User, Wave, upsert
from surveyapp.models.wave import ANONYMOUS
from surveyapp.queries import mailings

PLANNED: Final = ("invitation", "reminder", "thanks", "closing")
"""What is sent in rounds. A round of thanks goes on: whoever sends answers gets one, until the wave closes."""
MOST_PER_MINUTE: Final = 60_000
JOB: Final = "mailing"
MAIL_JOB: Final = "mail"
BY_LETTER: Final = "letter"
"""What stands as ``problem`` of an invitation that went on paper."""


def plan(
    session: Session,
    *,
    wave: Wave,
    purpose: str,
    per_minute: int,
    by: User | None,
    scheduled_at: datetime | None = None,
    number: int | None = None,
) -> Mailing:
    """Send a round of mail, now or at ``scheduled_at``; who gets it is decided then.

    Raises ``InvalidContent``: ``unknown-purpose``, ``rate-not-valid``, ``mailing-before-opening``,
    ``mailing-after-closing``; ``WrongState``: ``wave-not-ready``, ``wave-closed``, ``anonymous-wave`` for thanks, which
    would tell who answered when, and ``thanks-planned`` already. A closing mail waits until the wave is closed.
    ``number`` is which round of its purpose this is to be: where another has it, ``mailing-planned``.
    """
    _hold_wave(session, wave)
    moment = clock.now()
    at = _must_fit(wave, purpose, scheduled_at or moment, moment)
    if not 1 <= per_minute <= MOST_PER_MINUTE:
        raise InvalidContent("rate-not-valid", most=MOST_PER_MINUTE)
    of_purpose = (Mailing.wave_id == wave.id, Mailing.purpose == purpose)
    if purpose == "thanks" and session.scalar(select(Mailing.id).where(*of_purpose, Mailing.cancelled_at.is_(None))):
        raise WrongState("thanks-planned")
    last = session.scalar(select(func.max(Mailing.number)).where(*of_purpose))
    if number is not None and number != (last or 0) + 1:
        raise WrongState("mailing-planned")
    mailing = Mailing(
        wave=wave,
        purpose=purpose,
        number=(last or 0) + 1,
        per_minute=per_minute,
        scheduled_at=at,
        created_by=by.id if by is not None else None,
    )
    session.add(mailing)
    session.flush()
    jobs.enqueue(session, kind=JOB, evaluation_id=wave.evaluation_id, due_at=at, mailing=mailing.id)
    _record(session, "mailing.plan", mailing, by)
    return mailing


def cancel(session: Session, *, mailing: Mailing, by: User | None, reason: str = "") -> int:
    """Call off what was not sent yet, and return how many mails that were; what is on its way arrives.

    Raises ``WrongState``: ``mailing-cancelled`` before, ``mailing-sent`` where nothing is left to call off.
    """
    _hold(session, mailing)
    if mailing.cancelled_at is not None:
        raise WrongState("mailing-cancelled")
    goes_on = mailing.started_at is None or mailing.purpose == "thanks"
    waiting = select(func.count()).where(Mail.mailing_id == mailing.id, Mail.state == "waiting")
    left = session.scalar(waiting) or 0
    if not goes_on and not left:
        raise WrongState("mailing-sent")
    _call_off(session, mailing)
    _record(session, "mailing.cancel", mailing, by, mails=left, **({"reason": reason} if reason else {}))
    return left


def begin(session: Session, *, mailing_id: int) -> datetime | bool:
    """When its time has come: True when its recipients are to be decided on now; when to look again; False for never.

    Invitations and reminders of a wave that closed meanwhile are called off.
    """
    mailing = session.get(Mailing, mailing_id, with_for_update={"key_share": True}, populate_existing=True)
    if mailing is None or mailing.cancelled_at is not None:
        return False
    moment = clock.now()
    if mailing.scheduled_at > moment:
        return mailing.scheduled_at
    state = mailing.wave.state_at(moment)
    if state == "planned":
        return mailing.wave.opens_at
    if mailing.purpose == "closing" and state != "closed":
        return mailing.wave.closes_at + pacing.interval(mailing)
    if mailing.purpose in {"invitation", "reminder"} and state == "closed":
        _call_off(session, mailing)
        _record(session, "mailing.lapse", mailing, None)
        return False
    if mailing.started_at is None:
        mailing.started_at = moment
        people = mailings.recipients(session, mailing.wave, mailing.purpose, mailing.number)
        _record(session, "mailing.start", mailing, None, mails=len(people))
    return True


def address(session: Session, *, mailing_id: int, invitee_ids: Sequence[int]) -> int:
    """Make the mail to each of them, with its turn and its job; who has one already gets no other. How many were made.

    Two workers that do this at once make one mail for each person between them.
    """
    mailing = session.get(Mailing, mailing_id, with_for_update={"key_share": True}, populate_existing=True)
    if mailing is None or mailing.cancelled_at is not None:
        return 0
    number = mailings.numbered(mailing.purpose, mailing.number)
    due_at = pacing.turn(session, mailing, earliest=clock.now())
    made = 0
    for invitee_id in invitee_ids:
        mail_id = _new(session, mailing, number, invitee_id, due_at)
        if mail_id is not None:
            evaluation_id = mailing.wave.evaluation_id
            jobs.enqueue(session, kind=MAIL_JOB, evaluation_id=evaluation_id, due_at=due_at, mail=mail_id)
            due_at += pacing.interval(mailing)
            made += 1
    return made


def invited_by_letter(session: Session, *, wave: Wave, invitee_ids: Sequence[int], by: User | None) -> int:
    """Remember that these people got their invitation on paper: they get no other, and can be reminded by mail.

    Who was invited by mail before stays so. Returns how many were new.
    """
    moment = clock.now()
    row = {"purpose": "invitation", "number": 1, "state": "sent", "problem": BY_LETTER, "sent_at": moment}
    made = 0
    for invitee_id in invitee_ids:
        if upsert.insert_missing(session, Mail, row | {"invitee_id": invitee_id, "due_at": moment, "attempts": 0}):
            made += 1
            continue
        undelivered = update(Mail).where(_of(invitee_id, "invitation", 1), Mail.state.in_(("cancelled", "failed")))
        made += len(session.execute(undelivered.values(row).returning(Mail.id)).all())
    log.record(session, verb="mailing.by-letter", subject=wave, by=by, evaluation=wave.evaluation, letters=made)
    return made


def _must_fit(wave: Wave, purpose: str, at: datetime, moment: datetime) -> datetime:
    if purpose not in PLANNED:
        raise InvalidContent("unknown-purpose", purpose=purpose)
    state = wave.state_at(moment)
    if state == "draft":
        raise WrongState("wave-not-ready")
    if purpose == "thanks" and wave.regime == ANONYMOUS:
        raise WrongState("anonymous-wave")
    if purpose == "closing":
        return max(at, moment if state == "closed" else wave.closes_at)
    if state == "closed":
        raise WrongState("wave-closed")
    if at > wave.closes_at:
        raise InvalidContent("mailing-after-closing")
    if at < wave.opens_at:
        raise InvalidContent("mailing-before-opening")
    return max(at, moment)


def _hold_wave(session: Session, wave: Wave) -> None:
    """Of two who plan at once one waits, and gets the next number."""
    session.refresh(wave, ["ready_at", "opens_at", "closes_at", "closed_at"], with_for_update={"key_share": True})


def _hold(session: Session, mailing: Mailing) -> None:
    session.refresh(mailing, with_for_update={"key_share": True})


def _call_off(session: Session, mailing: Mailing) -> None:
    mailing.cancelled_at = clock.now()
    waiting = update(Mail).where(Mail.mailing_id == mailing.id, Mail.state == "waiting")
    session.execute(waiting.values(state="cancelled", problem="mailing-cancelled"))


def _new(session: Session, mailing: Mailing, number: int, invitee_id: int, due_at: datetime) -> int | None:
    """The mail that was made, or that had been called off and is taken up again; None where there is one already."""
    row = {"mailing_id": mailing.id, "state": "waiting", "due_at": due_at, "attempts": 0}
    key = {"purpose": mailing.purpose, "number": number, "invitee_id": invitee_id}
    here = _of(invitee_id, mailing.purpose, number)
    if upsert.insert_missing(session, Mail, row | key):
        return session.scalars(select(Mail.id).where(here)).one()
    again = update(Mail).where(here, Mail.state == "cancelled").values(row | {"problem": None}).returning(Mail.id)
    return session.scalars(again).one_or_none()


def _of(invitee_id: int, purpose: str, number: int) -> ColumnElement[bool]:
    return and_(Mail.invitee_id == invitee_id, Mail.purpose == purpose, Mail.number == number)


def _record(session: Session, verb: str, mailing: Mailing, by: User | None, **details: int | str) -> None:
    log.record(
        session,
        verb=verb,
        subject=mailing,
        by=by,
        evaluation=mailing.wave.evaluation,
        purpose=mailing.purpose,
        number=mailing.number,
        **details,
    )
