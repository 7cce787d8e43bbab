"""Verbs on what a researcher writes in a report: it stands apart from what the machine writes there."""

from typing import Final

from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.actions import holding, log
from surveyapp.actions.findings import must_be_of
from surveyapp.errors import InvalidContent, NotAllowed, NotFound, WrongState
from surveyapp.models import Membership, ReportText, User, Wave
from surveyapp.queries import report_texts
from surveyapp.reports.references import numbers_of, references
from surveyapp.reports.report import MUNICIPALITY, Report
from surveyapp.reports.report_places import places

LONGEST: Final = 20_000


def write(
    session: Session,
    *,
    wave: Wave,
    report: Report,
    section: str,
    text: str,
    version: int,
    by: User,
    member: Membership | None = None,
) -> ReportText:
    """Keep what somebody wrote in a section of this report, with the numbers that it refers to as they stand there.

    ``version`` is the one that was read, 0 where nothing was written. A number that changed since the text was last
    read over stays flagged until ``read_over``. Raises ``NotAllowed`` (``whose-report``), ``NotFound`` for a section
    that the report does not have, ``InvalidContent`` (``text-missing``, ``text-too-long``, ``unknown-reference``), and
    ``WrongState`` (``changed-meanwhile``) where somebody else wrote in it since.
    """
    found = _held(session, wave, report, section, version, member)
    if section not in {place.name for place in places(report)}:
        raise NotFound("report-section", section=section)
    if not text.strip():
        raise InvalidContent("text-missing")
    if len(text) > LONGEST:
        raise InvalidContent("text-too-long", most=LONGEST)
    strange = report_texts.strange(text, report, found)
    if strange:
        raise InvalidContent("unknown-reference", references=", ".join(strange))
    if found is None:
        found = ReportText(
            wave_id=wave.id,
            kind=report.kind,
            membership_id=member.id if member is not None else None,
            section=section,
            language=report.language,
            numbers={},
            version=0,
        )
        session.add(found)
    now, before = numbers_of(report), found.numbers
    found.numbers = {each: before.get(each, now.get(each, "")) for each in references(text)}
    found.text, found.version = text.strip(), found.version + 1
    found.written_by, found.written_at = by.id, clock.now()
    _record(session, "report-text.write", wave, found, by)
    return found


def clear(session: Session, *, wave: Wave, text: ReportText, version: int, by: User) -> None:
    """Throw away what was written; the version counts on, so that who still has the old one open overwrites nothing.

    Raises ``WrongState`` (``changed-meanwhile``).
    """
    found = _again(session, wave, text, version)
    found.text, found.numbers, found.version = "", {}, found.version + 1
    found.written_by, found.written_at = by.id, clock.now()
    _record(session, "report-text.clear", wave, found, by)


def read_over(
    session: Session, *, wave: Wave, text: ReportText, report: Report, version: int, publication: int, by: User
) -> None:
    """Accept the numbers as they stand in the report now: the sentences around them still hold.

    ``version`` and ``publication`` are those that were looked at. Raises ``WrongState`` (``changed-meanwhile``).
    """
    found = _again(session, wave, text, version)
    if report.provenance.publication != publication:
        raise WrongState("changed-meanwhile")
    now = numbers_of(report)
    found.numbers = {each: now.get(each, "") for each in references(found.text)}
    _record(session, "report-text.read-over", wave, found, by)


def _held(
    session: Session, wave: Wave, report: Report, section: str, version: int, member: Membership | None
) -> ReportText | None:
    """What is written there, while nobody else writes in the reports of this wave."""
    if (report.kind == MUNICIPALITY) != (member is not None):
        raise NotAllowed("whose-report")
    must_be_of(wave, member)
    holding.wave(session, wave.id, alone=True)
    found = report_texts.of_section(session, wave, member, section, report.language)
    if found is not None:
        session.refresh(found)
    if (found.version if found is not None else 0) != version:
        raise WrongState("changed-meanwhile")
    return found


def _again(session: Session, wave: Wave, text: ReportText, version: int) -> ReportText:
    holding.wave(session, wave.id, alone=True)
    session.refresh(text)
    if text.version != version:
        raise WrongState("changed-meanwhile")
    return text


def _record(session: Session, verb: str, wave: Wave, text: ReportText, by: User) -> None:
    log.record(
        session,
        verb=verb,
        subject=text,
        by=by,
        evaluation=wave.evaluation,
        section=text.section,
        language=text.language,
    )
