"""Numbers by which a report refers to what was written: never given out twice in a wave, also after a removal."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp.actions import holding
from surveyapp.models import Event, Finding, Recommendation, Wave


def following(session: Session, wave: Wave, kind: type[Finding] | type[Recommendation]) -> int:
    """The next number of this wave, while nobody else takes one; the log remembers those of what was removed."""
    holding.wave(session, wave.id, alone=True)
    last = session.scalar(select(func.max(kind.number)).where(kind.wave_id == wave.id)) or 0
    verb = f"{kind.__tablename__}.remove"
    removed = select(Event.details).where(Event.evaluation_id == wave.evaluation_id, Event.verb == verb)
    gone = [int(told["number"]) for told in session.scalars(removed) if told.get("wave") == wave.number]
    return max([last, *gone]) + 1
