"""A report of what was published: its protected numbers, with the findings, recommendations and texts for its readers.

Nothing here knows unprotected results.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp import __version__, clock
from surveyapp.errors import InvalidContent, NotFound
from surveyapp.models import Membership, Publication, Rendering, ReportText, Wave
from surveyapp.models.publication import LEAD, PUBLIC
from surveyapp.queries import code_counts, findings, publications, released_texts, reviews
from surveyapp.queries.findings import FindingRecord, RecommendationRecord
from surveyapp.questionnaires.edition import Edition
from surveyapp.questionnaires.text import say
from surveyapp.reports.report import (
    MUNICIPALITY,
    REGION,
    Coded,
    CodedAs,
    Provenance,
    Recommended,
    Remarked,
    Report,
    ReportedFinding,
    Said,
)
from surveyapp.reports.reporting import Material, report


def of(session: Session, wave: Wave, *, audience: str, language: str, member: Membership | None = None) -> Report:
    """The report of the region, or of one organisation (``member``), as this audience may read it.

    It is made of the newest publication. Raises ``NotFound`` (``publication``) where nothing was published for them.
    """
    if audience == PUBLIC and member is not None:
        raise InvalidContent("unknown-audience", audience=audience)
    frozen = publications.of(session, wave, PUBLIC if audience == PUBLIC else LEAD)
    if frozen is None:
        raise NotFound("publication", wave=wave.number)
    return made(session, frozen, audience=audience, language=language, member=member)


def made(
    session: Session, frozen: Publication, *, audience: str, language: str, member: Membership | None = None
) -> Report:
    """The same of one publication."""
    wave = frozen.wave
    edition = publications.edition(session, frozen)
    names = {each.organisation.code: each.organisation.name for each in publications.members(session, frozen, language)}
    own = publications.shown_as(frozen, member.organisation.code) if member is not None else ""
    safe = publications.safe_results(frozen)
    code = member.organisation.code if member is not None else None
    material = Material(
        kind=MUNICIPALITY if member is not None else REGION,
        audience=audience,
        study=wave.evaluation.title,
        client=wave.evaluation.client,
        sender=wave.sender,
        regime=wave.regime,
        opened=clock.local(wave.opens_at).date(),
        closed=clock.local(min(wave.closed_at or wave.closes_at, wave.closes_at)).date(),
        edition=edition,
        organisations=names,
        organisation=own,
        findings=tuple(_finding(each, edition, language, own) for each in findings.reported(session, wave, code)),
        recommendations=tuple(
            _advice(each, edition, language, own) for each in findings.recommended(session, wave, code)
        ),
        said=_said(session, wave, edition, names, language),
        coded=_coded(session, wave),
        remarks=tuple(_remark(each) for each in reviews.table(session, wave, code)) if audience != PUBLIC else (),
        texts=texts(session, wave, member, language),
        provenance=Provenance(
            wave=wave.number,
            publication=frozen.number,
            published=clock.local(frozen.published_at).date(),
            correction=frozen.reason,
            data_digest=publications.numbers_digest(frozen, own),
            questionnaire=edition.name,
            questionnaire_digest=wave.edition_digest,
            version=__version__,
        ),
    )
    return report(safe.select(own) if own else safe, material, language)


def texts(session: Session, wave: Wave, member: Membership | None, language: str) -> dict[str, str]:
    """What researchers wrote for this report, by section."""
    return {each.section: each.text for each in written(session, wave, member, language).values()}


def written(session: Session, wave: Wave, member: Membership | None, language: str) -> Mapping[str, ReportText]:
    """The same as rows."""
    found = session.scalars(
        select(ReportText).where(
            ReportText.wave_id == wave.id,
            ReportText.kind == (MUNICIPALITY if member is not None else REGION),
            ReportText.membership_id.is_not_distinct_from(member.id if member is not None else None),
            ReportText.language == language,
        )
    )
    return {each.section: each for each in found}


def _finding(found: FindingRecord, edition: Edition, language: str, own: str) -> ReportedFinding:
    roles = {role.key: say(role.plural, language) for role in edition.questionnaire.roles}
    return ReportedFinding.model_validate(
        {
            "number": found.number,
            "theme": found.theme,
            "code": own if own and found.organisation else found.organisation,
            "organisation": found.organisation_name,
            "role": roles.get(found.role, found.role),
            "fact": found.fact,
            "judgement": found.judgement,
            "judgement_reason": found.judgement_reason,
            "strength": found.strength.level,
            "supports": dict(found.supports),
            "contradicts": dict(found.contradicts),
            "recommendations": found.recommendations,
        }
    )


def _advice(found: RecommendationRecord, edition: Edition, language: str, own: str) -> Recommended:
    titles = {each.theme: say(each.title, language) for each in edition.questionnaire.sections if each.theme}
    return Recommended.model_validate(
        {
            "number": found.number,
            "code": own if own and found.organisation else found.organisation,
            "text": found.text,
            "explanation": found.explanation,
            "addressee": found.addressee,
            "organisation": found.organisation_name,
            "belongs_to": found.belongs_to,
            "timing": found.timing,
            "effort": found.effort,
            "theme": titles.get(found.theme, ""),
            "findings": found.findings,
        }
    )


def _remark(found: reviews.Disposed) -> Remarked:
    return Remarked.model_validate(
        {
            "round": found.round,
            "number": found.number,
            "organisation": found.organisation_name,
            "heading": found.heading,
            "place": found.place,
            "kind": found.kind,
            "text": found.printed,
            "disposition": found.disposition,
            "answer": found.answer,
        }
    )


def _said(
    session: Session, wave: Wave, edition: Edition, names: Mapping[str, str], language: str
) -> dict[str, tuple[Said, ...]]:
    """What was released to be read, by theme; what belongs to none is left out."""
    roles = {role.key: say(role.title, language) for role in edition.questionnaire.roles}
    by_theme: dict[str, tuple[Said, ...]] = {}
    for each in released_texts.released_texts(session, wave):
        known = (each.person, roles.get(each.role, ""), names.get(each.organisation, ""))
        said = Said(
            text=each.text,
            by=", ".join(part for part in known if part),
            is_literal=each.consent != "paraphrase",
            code=each.organisation,
        )
        by_theme[each.theme] = (*by_theme.get(each.theme, ()), said)
    return by_theme


def _coded(session: Session, wave: Wave) -> dict[str, Coded]:
    """How many people wrote about what, as it was last told, by theme."""
    told = code_counts.told(session, wave)
    return {
        table.theme: Coded(
            of=table.of, codes=tuple(CodedAs(title=each.title, people=each.people) for each in table.codes)
        )
        for table in (told[-1] if told else ())
    }


@dataclass(frozen=True)
class Made:
    """How many files of reports a worker made, and how many it still has to make."""

    made: int
    waiting: int

    @property
    def asked(self) -> int:
        return self.made + self.waiting


def progress(session: Session, wave: Wave) -> Made:
    """Of all files of reports that were asked for in a study."""
    counted = session.execute(
        select(Rendering.content.is_(None), func.count())
        .where(Rendering.evaluation_id == wave.evaluation_id, Rendering.kind.like("report%"))
        .group_by(Rendering.content.is_(None))
    )
    found = {bool(waits): number for waits, number in counted}
    return Made(found.get(False, 0), found.get(True, 0))
