"""What was published of a wave."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.models import Publication, Wave


def of(session: Session, wave: Wave) -> Publication | None:
    """The frozen results of this wave, if they were published."""
    return session.scalar(select(Publication).where(Publication.wave_id == wave.id))
