"""Reading all of a wave in the order in which its rows lie, where fetching them one by one takes minutes.

SQLite knows nothing of how many rows a wave has: through an index it fetches each row of a million from another place.
PostgreSQL keeps statistics, and finds the way by itself.
"""

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from surveyapp.models import Invitee, Response, Wave


def invitees(session: Session, wave: Wave) -> ColumnElement[bool]:
    """Which invitees are of this wave: all between its first and its last, who were mostly invited together."""
    if not _on_sqlite(session):
        return Invitee.wave_id == wave.id
    ends = select(func.min(Invitee.id), func.max(Invitee.id)).where(Invitee.wave_id == wave.id)
    first, last = session.execute(ends).one()
    return and_(Invitee.id.between(first or 0, last or 0), _without_index(Invitee.wave_id, wave))


def responses(session: Session, wave: Wave) -> ColumnElement[bool]:
    """Which responses are of this wave; as their numbers are random, all are read where it has most of them."""
    if _on_sqlite(session):
        everywhere = select(func.count()).select_from(Response)
        here = everywhere.where(Response.wave_id == wave.id)
        if 2 * (session.scalar(here) or 0) > (session.scalar(everywhere) or 0):
            return _without_index(Response.wave_id, wave)
    return Response.wave_id == wave.id


def _on_sqlite(session: Session) -> bool:
    return session.get_bind().dialect.name == "sqlite"


def _without_index(column: InstrumentedAttribute[int], wave: Wave) -> ColumnElement[bool]:
    """What is computed from a column is in no index of it."""
    return column + 0 == wave.id
