"""What was published of a wave, as a download. Nothing here knows unprotected results."""

from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.errors import NotFound
from surveyapp.models import Membership, Wave
from surveyapp.queries import editions, evaluations, publications
from surveyapp.reports.datasets import results
from surveyapp.reports.datasets.table import Download


def of(session: Session, wave: Wave, audience: str, member: Membership | None = None) -> Download:
    """What was published for this audience, or of it what one organisation may see (``member``).

    Raises ``NotFound`` (``publication``) where nothing was.
    """
    frozen = publications.of(session, wave)
    safe = publications.safe_results(frozen) if frozen is not None else None
    if frozen is None or safe is None or (audience == "public" and safe.policy.audience != audience):
        raise NotFound("publication", wave=wave.number)
    members = evaluations.memberships(session, wave.evaluation)
    if member is not None:
        safe, members = safe.select(member.organisation.code), [member]
    return results.published(
        safe,
        editions.of(session, wave),
        title=wave.evaluation.title,
        organisations={each.organisation.code: each.organisation.name for each in members},
        notes={
            "study": wave.evaluation.slug,
            "wave": str(wave.number),
            "regime": wave.regime,
            "audience": audience,
            "published": clock.local(frozen.published_at).date().isoformat(),
        },
    )
