"""Findings and recommendations of a wave, with what they rest on and how strong that is."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from surveyapp.analysis.grounds import Family, Ground, Strength, strength
from surveyapp.errors import NotFound
from surveyapp.models import Finding, Membership, Note, Quote, Recommendation, Support, Wave

FAMILY: Final[Mapping[str, Family]] = {
    "score": "survey",
    "code": "survey",
    "answer": "survey",
    "quote": "interview",
    "note": "interview",
    "reference": "document",
}
"""Kind of support -> the family of evidence that it belongs to."""


@dataclass(frozen=True)
class FindingRecord:
    """A finding. ``organisation`` is a code, empty about the region; ``role`` is empty about everybody."""

    id: int
    number: int
    theme: str
    organisation: str
    organisation_name: str
    role: str
    fact: str
    judgement: str
    judgement_reason: str
    in_report: bool
    strength: Strength
    supports: Mapping[str, int]
    """Kind of support -> how many links support it."""
    contradicts: Mapping[str, int]
    recommendations: tuple[int, ...]
    """The numbers of what follows from it; of readers, of what is in the report only."""


@dataclass(frozen=True)
class RecommendationRecord:
    """A recommendation. ``organisation`` is a code, empty where it is for more than one."""

    id: int
    number: int
    text: str
    explanation: str
    addressee: str
    organisation: str
    organisation_name: str
    belongs_to: str
    timing: str
    effort: str
    theme: str
    measure: int | None
    in_report: bool
    findings: tuple[int, ...]
    """The numbers of what it follows from; of readers, of what is in the report only."""


def reported(session: Session, wave: Wave, organisation: str | None = None) -> tuple[FindingRecord, ...]:
    """The findings that readers see, by theme, position and number.

    With the code of an ``organisation`` those about it and about the region; empty gives the region's alone.
    """
    found = [each for each in every(session, wave) if each.in_report and _speaks_of(each.membership, organisation)]
    sources = interviews_of(session, found)
    return tuple(_record(each, sources, for_readers=True) for each in found)


def recommended(session: Session, wave: Wave, organisation: str | None = None) -> tuple[RecommendationRecord, ...]:
    """The recommendations that readers see, by position and number; ``organisation`` as in ``reported``."""
    found = [each for each in advice(session, wave) if each.in_report and _speaks_of(each.membership, organisation)]
    return tuple(_advice(each, for_readers=True) for each in found)


def written(session: Session, wave: Wave) -> tuple[FindingRecord, ...]:
    """Every finding, as the research team sees them."""
    found = every(session, wave)
    sources = interviews_of(session, found)
    return tuple(_record(each, sources, for_readers=False) for each in found)


def advised(session: Session, wave: Wave) -> tuple[RecommendationRecord, ...]:
    """Every recommendation, as the research team sees them."""
    return tuple(_advice(each, for_readers=False) for each in advice(session, wave))


def every(session: Session, wave: Wave) -> Sequence[Finding]:
    """The findings themselves, with their links, by theme, position and number."""
    found = select(Finding).where(Finding.wave_id == wave.id)
    loaded = found.options(selectinload(Finding.supports), selectinload(Finding.recommendations))
    return session.scalars(
        loaded.options(joinedload(Finding.membership)).order_by(Finding.theme, Finding.position, Finding.number)
    ).all()


def advice(session: Session, wave: Wave) -> Sequence[Recommendation]:
    """The recommendations themselves, with what they follow from, by position and number."""
    found = select(Recommendation).where(Recommendation.wave_id == wave.id)
    loaded = found.options(selectinload(Recommendation.findings), joinedload(Recommendation.membership))
    return session.scalars(loaded.order_by(Recommendation.position, Recommendation.number)).all()


def by_id(session: Session, wave: Wave, finding: int) -> Finding:
    """The finding of this wave; raises ``NotFound`` (``finding``)."""
    found = session.get(Finding, finding)
    if found is None or found.wave_id != wave.id:
        raise NotFound("finding")
    return found


def recommendation_by_id(session: Session, wave: Wave, recommendation: int) -> Recommendation:
    """The recommendation of this wave; raises ``NotFound`` (``recommendation``)."""
    found = session.get(Recommendation, recommendation)
    if found is None or found.wave_id != wave.id:
        raise NotFound("recommendation")
    return found


def support_by_id(session: Session, finding: Finding, support: int) -> Support:
    """The link of this finding; raises ``NotFound`` (``support``)."""
    found = session.get(Support, support)
    if found is None or found.finding_id != finding.id:
        raise NotFound("support")
    return found


def strength_of(session: Session, finding: Finding) -> Strength:
    """How strong what one finding rests on is."""
    return _strength(finding, interviews_of(session, [finding]))


def interviews_of(session: Session, findings: Iterable[Finding]) -> dict[tuple[str, str], int]:
    """Kind and id of every note and quote that these link to -> its interview: two of one interview are one source."""
    linked = {(each.kind, each.target) for finding in findings for each in finding.supports}
    notes = [target for kind, target in linked if kind == "note"]
    quotes = [target for kind, target in linked if kind == "quote"]
    of_notes = session.execute(select(Note.id, Note.interview_id).where(Note.id.in_(notes))) if notes else ()
    of_quotes = session.execute(select(Quote.id, Quote.interview_id).where(Quote.id.in_(quotes))) if quotes else ()
    found = {("note", key): interview for key, interview in of_notes}
    return found | {("quote", key): interview for key, interview in of_quotes}


def _speaks_of(membership: Membership | None, organisation: str | None) -> bool:
    return organisation is None or membership is None or membership.organisation.code == organisation


def _record(finding: Finding, sources: Mapping[tuple[str, str], int], *, for_readers: bool) -> FindingRecord:
    links = Counter((each.stance, each.kind) for each in finding.supports)
    return FindingRecord(
        finding.id,
        finding.number,
        finding.theme,
        finding.membership.organisation.code if finding.membership is not None else "",
        finding.membership.organisation.name if finding.membership is not None else "",
        finding.role,
        finding.fact,
        finding.judgement,
        finding.judgement_reason,
        finding.in_report,
        _strength(finding, sources),
        {kind: links["supports", kind] for kind in FAMILY if links["supports", kind]},
        {kind: links["contradicts", kind] for kind in FAMILY if links["contradicts", kind]},
        tuple(each.number for each in finding.recommendations if each.in_report or not for_readers),
    )


def _advice(found: Recommendation, *, for_readers: bool) -> RecommendationRecord:
    return RecommendationRecord(
        found.id,
        found.number,
        found.text,
        found.explanation,
        found.addressee,
        found.membership.organisation.code if found.membership is not None else "",
        found.membership.organisation.name if found.membership is not None else "",
        found.belongs_to,
        found.timing,
        found.effort,
        found.theme,
        found.measure,
        found.in_report,
        tuple(each.number for each in found.findings if each.in_report or not for_readers),
    )


def _strength(finding: Finding, sources: Mapping[tuple[str, str], int]) -> Strength:
    return strength(_ground(each, sources) for each in finding.supports)


def _ground(support: Support, sources: Mapping[tuple[str, str], int]) -> Ground:
    family = FAMILY[support.kind]
    interview = sources.get((support.kind, support.target))
    source = f"interview {interview}" if interview is not None else f"{support.kind} {support.target}"
    return Ground(family, source, support.stance == "supports")
