"""What was published of a wave, as a download. Nothing here knows unprotected results."""

from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.errors import NotFound
from surveyapp.models import Membership, Publication, Wave
from surveyapp.models.publication import LEAD, ORGANISATIONS, PUBLIC
from surveyapp.queries import publications
from surveyapp.questionnaires.text import DEFAULT_LANGUAGE
from surveyapp.reports.datasets import results
from surveyapp.reports.datasets.table import Download


def of(
    session: Session, wave: Wave, audience: str, member: Membership | None = None, number: int | None = None
) -> Download:
    """What was published for this audience, or of it what one organisation may see (``member``).

    The newest, or the one with this ``number``. Raises ``NotFound`` (``publication``) where nothing was.
    """
    frozen = publications.of(session, wave, PUBLIC if audience == PUBLIC else LEAD, number)
    if frozen is None:
        raise NotFound("publication", wave=wave.number)
    return made(session, frozen, audience, member)


def made(session: Session, frozen: Publication, audience: str, member: Membership | None = None) -> Download:
    """The same of one publication."""
    safe, wave = publications.safe_results(frozen), frozen.wave
    members = publications.members(session, frozen, DEFAULT_LANGUAGE)
    if member is not None:
        shown = publications.shown_as(frozen, member.organisation.code)
        safe, members = safe.select(shown), [each for each in members if each.organisation.code == shown]
    names = {each.organisation.code: each.organisation.name for each in members}
    groups = [group.key for group in publications.groups(frozen) if group.kind == ORGANISATIONS and group.key in names]
    return results.published(
        safe,
        publications.edition(session, frozen),
        title=wave.evaluation.title,
        organisations=names,
        notes={
            "study": wave.evaluation.slug,
            "wave": str(wave.number),
            "regime": wave.regime,
            "audience": audience,
            "published": clock.local(frozen.published_at).date().isoformat(),
            "number": str(frozen.number),
            **({"corrected": frozen.reason} if frozen.reason else {}),
            **({"together": "; ".join(names[key] for key in groups)} if groups else {}),
        },
    )
