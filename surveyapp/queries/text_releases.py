"""What was decided about letting words out of the team: for the research team."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.models import TextRelease, Wave

Place = tuple[str, str]


def states(session: Session, wave: Wave) -> dict[Place, str]:
    """Text -> what was decided about it: ``proposed``, ``released`` or ``withheld``."""
    rows = session.execute(
        select(TextRelease.source, TextRelease.source_key, TextRelease.state).where(TextRelease.wave_id == wave.id)
    )
    return {(source, key): state for source, key, state in rows}


def of(session: Session, wave: Wave, source: str, key: str) -> TextRelease | None:
    """What was decided about one text."""
    return session.scalar(
        select(TextRelease).where(
            TextRelease.wave_id == wave.id, TextRelease.source == source, TextRelease.source_key == key
        )
    )


def decided(session: Session, wave: Wave) -> list[TextRelease]:
    """Every decision, in the order of the first one about each text."""
    return list(session.scalars(select(TextRelease).where(TextRelease.wave_id == wave.id).order_by(TextRelease.id)))
