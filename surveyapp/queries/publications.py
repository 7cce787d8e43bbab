"""What was published of a wave: protected, frozen, for eyes outside the research team."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.analysis.disclosure import SafeResults
from surveyapp.models import Publication, Wave


def of(session: Session, wave: Wave) -> Publication | None:
    """The frozen results of this wave, if they were published."""
    return session.scalar(select(Publication).where(Publication.wave_id == wave.id))


def safe_results(publication: Publication) -> SafeResults:
    """The protected results as they were frozen."""
    return SafeResults.from_document(publication.document)
