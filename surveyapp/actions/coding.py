"""Verbs on the sorting of what was written and said: reading it, giving a text codes, settling a disagreement.

Nothing is sorted by a machine. Every reading is logged; in an anonymous wave nobody reads what one person wrote.
"""

from collections.abc import Collection
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.actions import log
from surveyapp.errors import InvalidContent, NotFound, WrongState
from surveyapp.models import Code, Coding, Resolution, Segment, User, Wave
from surveyapp.models.coding import SOURCES
from surveyapp.models.wave import ANONYMOUS
from surveyapp.queries import source_texts
from surveyapp.queries.source_texts import SourceText

LONGEST_MEMO: Final = 2_000


def read(session: Session, *, wave: Wave, by: User | None, sources: Collection[str] = SOURCES) -> list[SourceText]:
    """What was written and said in a wave, with a line in the log; raises ``WrongState`` (``anonymous-wave``)."""
    _must_not_be_anonymous(wave)
    log.record(session, verb="coding.read", subject=wave, by=by, evaluation=wave.evaluation)
    return source_texts.of(session, wave, sources=sources)


def read_one(session: Session, *, wave: Wave, source: str, key: str, by: User | None) -> SourceText:
    """One of those, with a line in the log; raises ``NotFound`` where it is not there any more, and as ``read``."""
    found = text_of(session, wave, source, key)
    log.record(session, verb="coding.read-one", subject=wave, by=by, evaluation=wave.evaluation, source=source)
    return found


def assign(
    session: Session,
    *,
    wave: Wave,
    source: str,
    key: str,
    begins: int,
    ends: int,
    text_digest: str,
    codes: Collection[Code],
    none_fits: bool,
    memo: str,
    by: User,
) -> None:
    """What this person makes of a part of a text, in place of what they made of it before; nothing at all takes it
    back. What others made of it stays.

    Raises ``NotFound`` (``text``), ``WrongState`` (``text-changed`` since ``text_digest``, ``code-retired``),
    ``InvalidContent`` (``not-in-text``, ``codes-and-none``, ``memo-too-long``).
    """
    found = text_of(session, wave, source, key)
    if found.digest != text_digest:
        raise WrongState("text-changed")
    if not 0 <= begins < ends <= len(found.text):
        raise InvalidContent("not-in-text")
    if codes and none_fits:
        raise InvalidContent("codes-and-none")
    if len(memo) > LONGEST_MEMO:
        raise InvalidContent("memo-too-long", longest=LONGEST_MEMO)
    if any(code.evaluation_id != wave.evaluation_id or code.retired_at is not None for code in codes):
        raise WrongState("code-retired")
    segment = _segment(session, wave, found, begins, ends)
    session.execute(delete(Coding).where(Coding.segment_id == segment.id, Coding.coder_id == by.id))
    given: list[Code | None] = [*sorted(codes, key=lambda code: code.id)] or ([None] if none_fits else [])
    for code in given:
        coding = Coding(segment_id=segment.id, coder_id=by.id, memo=memo.strip(), coded_at=clock.now())
        coding.code_id = code.id if code is not None else None
        session.add(coding)
    session.flush()
    _throw_away_empty(session, segment)
    log.record(session, verb="coding.assign", subject=wave, by=by, evaluation=wave.evaluation, codes=len(codes))


def settle(
    session: Session, *, wave: Wave, source: str, key: str, code: Code, fits: bool, reason: str, by: User
) -> None:
    """Decide whether a code fits a text about which people differ; what each of them said stays.

    Raises ``NotFound`` (``text``), ``InvalidContent`` (``reason-missing``, ``memo-too-long``).
    """
    found = text_of(session, wave, source, key)
    why = reason.strip()
    if not why:
        raise InvalidContent("reason-missing")
    if len(why) > LONGEST_MEMO:
        raise InvalidContent("memo-too-long", longest=LONGEST_MEMO)
    segment = _segment(session, wave, found, 0, len(found.text))
    decided = session.get(Resolution, (segment.id, code.id))
    if decided is None:
        decided = Resolution(segment_id=segment.id, code_id=code.id)
        session.add(decided)
    decided.fits, decided.reason, decided.resolved_by, decided.resolved_at = fits, why, by.id, clock.now()
    log.record(session, verb="coding.settle", subject=wave, by=by, evaluation=wave.evaluation, key=code.key)


def text_of(session: Session, wave: Wave, source: str, key: str) -> SourceText:
    """One text, for a verb on it that is logged itself; raises as ``read_one``."""
    _must_not_be_anonymous(wave)
    if source not in SOURCES:
        raise NotFound("text")
    found = source_texts.of(session, wave, sources=(source,), key=key)
    if not found:
        raise NotFound("text")
    return found[0]


def _segment(session: Session, wave: Wave, found: SourceText, begins: int, ends: int) -> Segment:
    place = (Segment.source == found.source) & (Segment.source_key == found.key)
    segment = session.scalar(select(Segment).where(place, Segment.begins == begins, Segment.ends == ends))
    if segment is None:
        segment = Segment(
            wave_id=wave.id,
            source=found.source,
            source_key=found.key,
            begins=begins,
            ends=ends,
            text_digest=found.digest,
        )
        session.add(segment)
    segment.text_digest = found.digest
    session.flush()
    return segment


def _throw_away_empty(session: Session, segment: Segment) -> None:
    """A part of a text of which nobody made anything."""
    coded = session.scalar(select(Coding.id).where(Coding.segment_id == segment.id).limit(1))
    settled = session.scalar(select(Resolution.code_id).where(Resolution.segment_id == segment.id).limit(1))
    if coded is None and settled is None:
        session.delete(segment)
        session.flush()


def _must_not_be_anonymous(wave: Wave) -> None:
    if wave.regime == ANONYMOUS:
        raise WrongState("anonymous-wave")
