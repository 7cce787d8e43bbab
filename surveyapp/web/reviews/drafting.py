"""The paragraphs of a draft: of a round about the facts those of findings, and after it judgements and advice."""

from surveyapp.models import Membership, Wave
from surveyapp.queries import editions, findings
from surveyapp.queries.findings import FindingRecord, RecommendationRecord
from surveyapp.questionnaires.edition import Edition
from surveyapp.web.database import session
from surveyapp.web.figures import theme_title
from surveyapp.web.findings import wording
from surveyapp.web.words import _

Paragraph = dict[str, str]


def paragraphs(wave: Wave, kind: str, member: Membership | None) -> list[Paragraph]:
    """What is in the report, about the region and about this organisation; about everything for None."""
    code = member.organisation.code if member is not None else None
    edition = editions.of(session(), wave)
    found = findings.reported(session(), wave, code)
    if kind == "facts":
        return [_fact(each, edition) for each in found]
    judged = [_judgement(each, edition) for each in found]
    return judged + [_advice(each) for each in findings.recommended(session(), wave, code)]


def _fact(found: FindingRecord, edition: Edition) -> Paragraph:
    return {"key": f"finding-{found.number}", "heading": _heading(found, edition), "text": found.fact}


def _judgement(found: FindingRecord, edition: Edition) -> Paragraph:
    judged = _(wording.JUDGEMENTS[found.judgement])
    text = f"{judged}: {found.judgement_reason}" if found.judgement_reason else f"{judged}."
    return {"key": f"judgement-{found.number}", "heading": _heading(found, edition), "text": f"{found.fact}\n{text}"}


def _advice(found: RecommendationRecord) -> Paragraph:
    words = [found.text, found.explanation, _("For: %(addressee)s.", addressee=found.addressee)]
    heading = _("Recommendation %(number)s", number=found.number)
    return {"key": f"recommendation-{found.number}", "heading": heading, "text": "\n".join(filter(None, words))}


def _heading(found: FindingRecord, edition: Edition) -> str:
    place = found.organisation_name or _("The region")
    return f"{theme_title(edition, found.theme)} ({place})"
