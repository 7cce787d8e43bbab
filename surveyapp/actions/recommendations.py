"""Verbs on recommendations: who should do what, when, and which findings that follows from."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.actions import log, numbering
from surveyapp.actions.findings import LONGEST_TEXT, must_be_of
from surveyapp.errors import InvalidContent, NotFound, WrongState
from surveyapp.models import Finding, Membership, Recommendation, User, Wave
from surveyapp.models.finding import BELONGS_TO, EFFORTS, TIMINGS
from surveyapp.queries import editions

LONGEST_ADDRESSEE: Final = 200


@dataclass(frozen=True)
class Advised:
    """What a recommendation says; ``theme`` and ``measure`` (from 0) say which measure of the guide it was taken from,
    and ``membership`` is None where it is for more than one organisation."""

    text: str
    addressee: str
    belongs_to: str
    timing: str
    effort: str
    explanation: str = ""
    membership: Membership | None = None
    theme: str = ""
    measure: int | None = None


def write(session: Session, *, wave: Wave, advised: Advised, findings: Sequence[Finding], by: User) -> Recommendation:
    """A new recommendation, which no reader sees yet.

    Raises ``InvalidContent``: ``text-missing``, ``text-too-long``, ``addressee-missing``, ``unknown-belonging``,
    ``unknown-timing``, ``unknown-effort``, ``unknown-theme``, ``unknown-measure``; ``NotFound`` for an organisation or
    a finding of elsewhere.
    """
    _must_be_sound(session, wave, advised, findings)
    number = numbering.following(session, wave, Recommendation)
    found = Recommendation(wave=wave, number=number, position=number, written_by=by.id, written_at=clock.now())
    _say(found, advised, findings)
    session.add(found)
    log.record(session, verb="recommendation.write", subject=found, by=by, evaluation=wave.evaluation, number=number)
    return found


def change(
    session: Session,
    *,
    recommendation: Recommendation,
    version: int,
    advised: Advised,
    findings: Sequence[Finding],
    by: User,
) -> None:
    """Say it otherwise; raises as ``write`` does, and ``WrongState`` (``changed-meanwhile``) as findings do."""
    wave = _held(session, recommendation)
    if recommendation.version != version:
        raise WrongState("changed-meanwhile")
    _must_be_sound(session, wave, advised, findings)
    _say(recommendation, advised, findings)
    recommendation.version += 1
    recommendation.written_by, recommendation.written_at = by.id, clock.now()
    _record(session, "recommendation.change", recommendation, by)


def show(session: Session, *, recommendation: Recommendation, in_report: bool, by: User) -> None:
    """Let readers outside the team see it, or not any more; a second time changes nothing."""
    _held(session, recommendation)
    if recommendation.in_report != in_report:
        recommendation.in_report = in_report
        _record(session, "recommendation.show" if in_report else "recommendation.hide", recommendation, by)


def remove(session: Session, *, recommendation: Recommendation, by: User) -> None:
    """Throw it away; its number is not given out again. Raises ``WrongState`` (``in-report``)."""
    wave = _held(session, recommendation)
    if recommendation.in_report:
        raise WrongState("in-report")
    log.record(
        session,
        verb="recommendation.remove",
        subject=recommendation,
        by=by,
        evaluation=wave.evaluation,
        number=recommendation.number,
        wave=wave.number,
    )
    session.delete(recommendation)
    session.flush()


def _held(session: Session, recommendation: Recommendation) -> Wave:
    again = session.get(Recommendation, recommendation.id, with_for_update=True, populate_existing=True)
    if again is None:
        raise NotFound("recommendation")
    return again.wave


def _must_be_sound(session: Session, wave: Wave, advised: Advised, findings: Sequence[Finding]) -> None:
    if not advised.text.strip():
        raise InvalidContent("text-missing")
    if not advised.addressee.strip():
        raise InvalidContent("addressee-missing")
    texts = ((advised.text, LONGEST_TEXT), (advised.explanation, LONGEST_TEXT), (advised.addressee, LONGEST_ADDRESSEE))
    for text, longest in texts:
        if len(text) > longest:
            raise InvalidContent("text-too-long", most=longest)
    for value, known, code in (
        (advised.belongs_to, BELONGS_TO, "unknown-belonging"),
        (advised.timing, TIMINGS, "unknown-timing"),
        (advised.effort, EFFORTS, "unknown-effort"),
    ):
        if value not in known:
            raise InvalidContent(code)
    _must_have_measure(session, wave, advised)
    must_be_of(wave, advised.membership)
    if any(finding.wave_id != wave.id for finding in findings):
        raise NotFound("finding")


def _must_have_measure(session: Session, wave: Wave, advised: Advised) -> None:
    edition = editions.of(session, wave)
    if advised.theme and advised.theme not in edition.questionnaire.themes:
        raise InvalidContent("unknown-theme", theme=advised.theme)
    if advised.measure is None:
        return
    measures = edition.guide.theme(advised.theme).measures if advised.theme else ()
    if not 0 <= advised.measure < len(measures):
        raise InvalidContent("unknown-measure")


def _say(recommendation: Recommendation, advised: Advised, findings: Sequence[Finding]) -> None:
    recommendation.text, recommendation.explanation = advised.text.strip(), advised.explanation.strip()
    recommendation.addressee, recommendation.membership = advised.addressee.strip(), advised.membership
    recommendation.belongs_to, recommendation.timing = advised.belongs_to, advised.timing
    recommendation.effort, recommendation.theme = advised.effort, advised.theme
    recommendation.measure = advised.measure
    recommendation.findings = list(findings)


def _record(session: Session, verb: str, recommendation: Recommendation, by: User) -> None:
    of = recommendation.wave.evaluation
    log.record(session, verb=verb, subject=recommendation, by=by, evaluation=of, number=recommendation.number)
