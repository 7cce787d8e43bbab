"""Verbs on waves: planning one, saying who will see what, closing it."""

from datetime import datetime

from sqlalchemy import String, cast, exists, func, literal, or_, select
from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.actions import anonymity, log
from surveyapp.errors import InvalidContent, WrongState
from surveyapp.models import EditionDocument, Evaluation, Event, PromiseText, Response, User, Wave, upsert
from surveyapp.models.wave import ANONYMOUS, REGIMES
from surveyapp.questionnaires.edition import Edition, digest

_SETTLED = "wave.settle"


def plan(
    session: Session,
    *,
    evaluation: Evaluation,
    edition: Edition,
    regime: str,
    opens_at: datetime,
    closes_at: datetime,
    sender: str,
    contact_name: str,
    contact_email: str,
    by: User | None,
) -> Wave:
    """Plan the next wave of an evaluation; it keeps the whole edition as it is asked."""
    if regime not in REGIMES:
        raise InvalidContent("unknown-regime", regime=regime)
    if closes_at <= opens_at:
        raise InvalidContent("closes-before-opening")
    document = edition.to_json()
    key = digest(document)
    upsert.insert_missing(session, EditionDocument, {"digest": key, "name": edition.name, "document": document})
    last = session.scalar(select(func.max(Wave.number)).where(Wave.evaluation_id == evaluation.id))
    wave = Wave(
        evaluation=evaluation,
        number=(last or 0) + 1,
        edition_digest=key,
        regime=regime,
        ready_at=clock.now(),
        opens_at=opens_at,
        closes_at=closes_at,
        sender=sender,
        contact_name=contact_name,
        contact_email=contact_email,
    )
    session.add(wave)
    log.record(session, verb="wave.plan", subject=wave, by=by, evaluation=evaluation, edition=edition.name)
    return wave


def set_regime(session: Session, *, wave: Wave, regime: str, by: User | None) -> None:
    """Choose who will see what, as long as nobody has answered or been promised anything.

    Raises ``InvalidContent`` (``unknown-regime``) and ``WrongState`` (``regime-promised``).
    """
    if regime not in REGIMES:
        raise InvalidContent("unknown-regime", regime=regime)
    session.refresh(wave, ["regime"], with_for_update=True)
    relied_on = or_(exists().where(Response.wave_id == wave.id), exists().where(PromiseText.wave_id == wave.id))
    if session.scalar(select(relied_on)):
        raise WrongState("regime-promised")
    wave.regime = regime
    log.record(session, verb="wave.set-regime", subject=wave, by=by, evaluation=wave.evaluation, regime=regime)


def close(session: Session, *, wave: Wave, by: User | None) -> None:
    """End the asking. Drafts stay out of every result; the log tells how many there were.

    Those of an anonymous wave, which know their invitation, are thrown away.

    Waits for submissions that are under way, so that what is counted after this does not change any more.
    """
    session.refresh(wave, ["closed_at", "closes_at", "opens_at"], with_for_update={"key_share": True})
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
    )


def settle_ended(session: Session) -> int:
    """Throw away the drafts of anonymous waves that ended by their date and that nobody closed; how many waves.

    Each wave once: the log tells that it was done. Nothing that was sent is touched. A wave in which a
    submission is under way is left for the next time.
    """
    subject = literal(f"{Wave.__tablename__}:") + cast(Wave.id, String)
    ended = select(Wave).where(
        Wave.regime == ANONYMOUS,
        Wave.closes_at < clock.now(),
        Wave.closed_at.is_(None),
        ~exists().where(Event.evaluation_id == Wave.evaluation_id, Event.verb == _SETTLED, Event.subject == subject),
    )
    waves = session.scalars(ended.with_for_update(key_share=True, skip_locked=True)).all()
    for wave in waves:
        drafts = anonymity.settle(session, wave=wave)
        log.record(session, verb=_SETTLED, subject=wave, by=None, evaluation=wave.evaluation, drafts=drafts)
    return len(waves)
