"""Verbs on findings: writing down what is the case and what the criterion makes of it, and what that rests on."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.actions import grounding, log, numbering
from surveyapp.errors import InvalidContent, NotFound, WrongState
from surveyapp.models import Finding, Membership, Reference, Support, User, Wave
from surveyapp.models.finding import JUDGEMENTS, STANCES
from surveyapp.queries import editions

NOT_ESTABLISHED: Final = "not-established"
LONGEST_TEXT: Final = 5_000
LONGEST_REMARK: Final = 500


@dataclass(frozen=True)
class Said:
    """What a finding says, apart from what it rests on; ``membership`` is None about the region."""

    theme: str
    fact: str
    membership: Membership | None = None
    role: str = ""
    judgement: str = NOT_ESTABLISHED
    judgement_reason: str = ""


def write(session: Session, *, wave: Wave, said: Said, by: User) -> Finding:
    """A new finding, which no reader sees yet.

    Raises ``InvalidContent``: ``unknown-theme``, ``unknown-role``, ``unknown-judgement``, ``text-missing``,
    ``text-too-long``, and ``reason-missing`` for a judgement without why; ``NotFound`` for an organisation of another
    study.
    """
    _must_be_sound(session, wave, said)
    number = numbering.following(session, wave, Finding)
    finding = Finding(wave=wave, number=number, position=number, written_by=by.id, written_at=clock.now())
    _say(finding, said)
    session.add(finding)
    log.record(session, verb="finding.write", subject=finding, by=by, evaluation=wave.evaluation, number=number)
    return finding


def change(session: Session, *, finding: Finding, version: int, said: Said, by: User) -> None:
    """Say it otherwise; ``version`` is the one that was read. What it rests on stays.

    Raises as ``write`` does, and ``WrongState`` (``changed-meanwhile``) where somebody else changed it since.
    """
    wave = held(session, finding)
    if finding.version != version:
        raise WrongState("changed-meanwhile")
    _must_be_sound(session, wave, said)
    _say(finding, said)
    finding.version += 1
    finding.written_by, finding.written_at = by.id, clock.now()
    _record(session, "finding.change", finding, by)


def show(session: Session, *, finding: Finding, in_report: bool, by: User) -> None:
    """Let readers outside the team see it, or not any more; a second time changes nothing."""
    held(session, finding)
    if finding.in_report != in_report:
        finding.in_report = in_report
        _record(session, "finding.show" if in_report else "finding.hide", finding, by)


def remove(session: Session, *, finding: Finding, by: User) -> None:
    """Throw it away with its links; its number is not given out again. Raises ``WrongState`` (``in-report``)."""
    wave = held(session, finding)
    if finding.in_report:
        raise WrongState("in-report")
    log.record(
        session,
        verb="finding.remove",
        subject=finding,
        by=by,
        evaluation=wave.evaluation,
        number=finding.number,
        wave=wave.number,
    )
    session.delete(finding)
    session.flush()


def link(
    session: Session, *, finding: Finding, kind: str, target: str, stance: str, remark: str = "", by: User
) -> Support:
    """Say that this supports or contradicts it. What was linked already gets the new stance and remark.

    ``target`` as ``models.finding.Support`` has it. Raises ``InvalidContent`` (``unknown-stance``, ``text-too-long``)
    and as ``grounding.must_be_there`` does.
    """
    wave = held(session, finding)
    if stance not in STANCES:
        raise InvalidContent("unknown-stance", stance=stance)
    _must_fit(remark, LONGEST_REMARK)
    grounding.must_be_there(session, wave=wave, kind=kind, target=target)
    same = (Support.finding_id == finding.id, Support.kind == kind, Support.target == target)
    support = session.scalar(select(Support).where(*same))
    if support is None:
        support = Support(finding=finding, kind=kind, target=target)
        session.add(support)
    support.stance, support.remark = stance, remark.strip()
    _record(session, "finding.link", finding, by, grounds=kind)
    return support


def cite(
    session: Session, *, finding: Finding, title: str, place: str, dated: str, page: str, stance: str, by: User
) -> Support:
    """Link a document that the study did not know yet: its title, where it is kept, its date, and the page.

    Raises ``InvalidContent`` (``text-missing``, ``text-too-long``) and as ``link`` does.
    """
    if not title.strip():
        raise InvalidContent("text-missing")
    for text, longest in ((title, 300), (place, 500), (dated, 40)):
        _must_fit(text, longest)
    held(session, finding)
    document = Reference(wave_id=finding.wave_id, title=title.strip(), place=place.strip(), dated=dated.strip())
    session.add(document)
    session.flush()
    target = str(document.id)
    return link(session, finding=finding, kind="reference", target=target, stance=stance, remark=page, by=by)


def unlink(session: Session, *, finding: Finding, support: Support, by: User) -> None:
    """Take a link away."""
    held(session, finding)
    kind = support.kind
    finding.supports.remove(support)
    _record(session, "finding.unlink", finding, by, grounds=kind)


def held(session: Session, finding: Finding) -> Wave:
    """Look at it again while nobody else changes it; returns its wave. Raises ``NotFound`` where it is gone."""
    again = session.get(Finding, finding.id, with_for_update=True, populate_existing=True)
    if again is None:
        raise NotFound("finding")
    return again.wave


def must_be_of(wave: Wave, membership: Membership | None) -> None:
    """Raise ``NotFound`` for an organisation of another study."""
    if membership is not None and membership.evaluation_id != wave.evaluation_id:
        raise NotFound("membership-of-another-evaluation")


def _must_be_sound(session: Session, wave: Wave, said: Said) -> None:
    asked = editions.of(session, wave).questionnaire
    if said.theme not in asked.themes:
        raise InvalidContent("unknown-theme", theme=said.theme)
    if said.role and said.role not in {role.key for role in asked.roles}:
        raise InvalidContent("unknown-role", role=said.role)
    if said.judgement not in JUDGEMENTS:
        raise InvalidContent("unknown-judgement", judgement=said.judgement)
    if not said.fact.strip():
        raise InvalidContent("text-missing")
    if said.judgement != NOT_ESTABLISHED and not said.judgement_reason.strip():
        raise InvalidContent("reason-missing")
    for text in (said.fact, said.judgement_reason):
        _must_fit(text, LONGEST_TEXT)
    must_be_of(wave, said.membership)


def _must_fit(text: str, longest: int) -> None:
    if len(text) > longest:
        raise InvalidContent("text-too-long", most=longest)


def _say(finding: Finding, said: Said) -> None:
    finding.theme, finding.role, finding.membership = said.theme, said.role, said.membership
    finding.fact = said.fact.strip()
    finding.judgement, finding.judgement_reason = said.judgement, said.judgement_reason.strip()


def _record(session: Session, verb: str, finding: Finding, by: User, **details: str) -> None:
    of = finding.wave.evaluation
    log.record(session, verb=verb, subject=finding, by=by, evaluation=of, number=finding.number, **details)
