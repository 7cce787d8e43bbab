"""Ending the asking, giving it longer, and beginning it again: each is a verb with a reason."""

from datetime import datetime
from typing import Final

from sqlalchemy import String, cast, exists, func, literal, select
from sqlalchemy.orm import Session, aliased

from surveyapp import clock
from surveyapp.actions import anonymity, log
from surveyapp.errors import InvalidContent, WrongState
from surveyapp.models import Event, Publication, Response, User, Wave
from surveyapp.models.wave import ANONYMOUS
from surveyapp.queries import jobs

SETTLED: Final = "wave.settle"
REOPENED: Final = "wave.reopen"
LONGEST_REASON: Final = 500
_TIMES: Final = ["ready_at", "closed_at", "closes_at", "opens_at"]


def close(session: Session, *, wave: Wave, by: User | None, reason: str = "") -> None:
    """End the asking. Drafts stay out of every result; the log tells how many there were.

    Those of an anonymous wave, which know their invitation, are thrown away.

    Waits for submissions that are under way, so that what is counted after this does not change any more.
    """
    _hold(session, wave)
    moment = clock.now()
    if wave.closed_at is not None:
        raise WrongState("already-closed")
    if wave.state_at(moment) in {"draft", "planned"}:
        raise WrongState("wave-not-open")
    wave.closed_at = moment
    started, submitted = session.execute(
        select(func.count(), func.count().filter(Response.submitted)).where(Response.wave_id == wave.id)
    ).one()
    anonymity.settle(session, wave=wave)
    log.record(
        session,
        verb="wave.close",
        subject=wave,
        by=by,
        evaluation=wave.evaluation,
        submitted=submitted,
        drafts=started - submitted,
        **({"reason": its_reason(reason)} if reason else {}),
    )


def extend(session: Session, *, wave: Wave, closes_at: datetime, reason: str, by: User | None) -> None:
    """Give people longer than they were told, while they can answer or before they can.

    Raises ``WrongState`` (``wave-being-set-up``, ``wave-closed``) and ``InvalidContent`` (``reason-missing``,
    ``reason-too-long``, ``not-later``).
    """
    why = its_reason(reason)
    _hold(session, wave)
    state = wave.state_at(clock.now())
    if state == "draft":
        raise WrongState("wave-being-set-up")
    if state == "closed":
        raise WrongState("wave-closed")
    if closes_at <= wave.closes_at:
        raise InvalidContent("not-later")
    wave.closes_at = closes_at
    log.record(
        session,
        verb="wave.extend",
        subject=wave,
        by=by,
        evaluation=wave.evaluation,
        until=clock.local(closes_at).date().isoformat(),
        reason=why,
    )


def reopen(session: Session, *, wave: Wave, closes_at: datetime, reason: str, by: User | None) -> None:
    """Let people answer again in a wave that was closed, until ``closes_at``.

    Raises ``WrongState`` (``wave-not-closed``, ``already-published``, and ``being-published`` while a worker makes
    that) and ``InvalidContent`` (``reason-missing``, ``reason-too-long``, ``closes-in-the-past``).
    """
    why = its_reason(reason)
    _hold(session, wave)
    moment = clock.now()
    if wave.state_at(moment) != "closed":
        raise WrongState("wave-not-closed")
    if session.scalar(select(exists().where(Publication.wave_id == wave.id))):
        raise WrongState("already-published")
    if jobs.pending(session, "publish", wave=wave.id):
        raise WrongState("being-published")
    if closes_at <= moment:
        raise InvalidContent("closes-in-the-past")
    wave.closed_at, wave.closes_at = None, closes_at
    log.record(
        session,
        verb=REOPENED,
        subject=wave,
        by=by,
        evaluation=wave.evaluation,
        until=clock.local(closes_at).date().isoformat(),
        reason=why,
    )


def its_reason(reason: str) -> str:
    """What the user gave as a reason, for the log; raises ``InvalidContent`` where that is nothing or a story."""
    words = " ".join(reason.split())
    if not words:
        raise InvalidContent("reason-missing")
    if len(words) > LONGEST_REASON:
        raise InvalidContent("reason-too-long", most=LONGEST_REASON)
    return words


def settle_ended(session: Session) -> int:
    """Throw away the drafts of anonymous waves that ended by their date and that nobody closed; how many waves.

    Each wave once, and once more after it was reopened: the log tells that it was done. Nothing that was sent is
    touched. A wave in which a submission is under way is left for the next time.
    """
    subject = literal(f"{Wave.__tablename__}:") + cast(Wave.id, String)
    again = aliased(Event)
    reopened_since = exists().where(
        again.evaluation_id == Event.evaluation_id,
        again.verb == REOPENED,
        again.subject == Event.subject,
        again.id > Event.id,
    )
    settled = (
        exists()
        .where(
            Event.evaluation_id == Wave.evaluation_id,
            Event.verb == SETTLED,
            Event.subject == subject,
            ~reopened_since,
        )
        .correlate(Wave)
    )
    ended = select(Wave).where(
        Wave.regime == ANONYMOUS,
        Wave.ready_at.is_not(None),
        Wave.closes_at < clock.now(),
        Wave.closed_at.is_(None),
        ~settled,
    )
    waves = session.scalars(ended.with_for_update(key_share=True, skip_locked=True)).all()
    for wave in waves:
        drafts = anonymity.settle(session, wave=wave)
        log.record(session, verb=SETTLED, subject=wave, by=None, evaluation=wave.evaluation, drafts=drafts)
    return len(waves)


def _hold(session: Session, wave: Wave) -> None:
    """Read its times anew and keep others from changing them until this transaction ends."""
    session.refresh(wave, _TIMES, with_for_update={"key_share": True})
