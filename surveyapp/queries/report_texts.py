"""What researchers wrote in reports: by section, and which of its numbers changed since it was read over."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp.models import Membership, ReportText, Wave
from surveyapp.queries.reports import written
from surveyapp.reports.references import changed, numbers_of, offered, references, unknown
from surveyapp.reports.report import Report
from surveyapp.reports.report_places import Place, places


@dataclass(frozen=True)
class Section:
    """A place to write in a report, what stands there, and its numbers that changed: reference -> (was, is now)."""

    place: Place
    text: ReportText | None
    changed: Mapping[str, tuple[str, str]]


@dataclass(frozen=True)
class Sections:
    """All places of one report; ``adrift`` are texts for a section that the report does not have any more."""

    sections: tuple[Section, ...]
    adrift: tuple[ReportText, ...]


def sections(session: Session, wave: Wave, member: Membership | None, report: Report) -> Sections:
    """Every place of this report with what stands there; a text that was cleared is none."""
    texts = {name: each for name, each in written(session, wave, member, report.language).items() if each.text}
    known = places(report)
    names = {place.name for place in known}
    return Sections(
        tuple(Section(place, texts.get(place.name), changes(texts.get(place.name), report)) for place in known),
        tuple(each for name, each in sorted(texts.items()) if name not in names),
    )


def of_section(
    session: Session, wave: Wave, member: Membership | None, section: str, language: str
) -> ReportText | None:
    """What stands in one section, also where it was cleared; None where nobody ever wrote."""
    return written(session, wave, member, language).get(section)


def changes(text: ReportText | None, report: Report) -> dict[str, tuple[str, str]]:
    """Reference -> what stood there when the text was last read over, and what stands there now."""
    return changed(text.text, text.numbers, numbers_of(report)) if text is not None else {}


def strange(text: str, report: Report, before: ReportText | None) -> tuple[str, ...]:
    """What is written as a reference and is no number of this report; what stood in it before may stay and is flagged
    by ``changes``."""
    kept = references(before.text) if before is not None else ()
    return unknown(text, {*offered(numbers_of(report)), *kept})


def counted(session: Session, wave: Wave) -> dict[tuple[int | None, str], int]:
    """Organisation (None: the region) and language -> in how many sections something was written."""
    rows = session.execute(
        select(ReportText.membership_id, ReportText.language, func.count())
        .where(ReportText.wave_id == wave.id, ReportText.text != "")
        .group_by(ReportText.membership_id, ReportText.language)
    )
    return {(member, language): number for member, language, number in rows}
