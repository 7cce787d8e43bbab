"""Numbers for rows that are still to be made, so that what depends on them is worked out before anything is locked."""

from sqlalchemy import text
from sqlalchemy.orm import Session

from surveyapp.models.base import Base


def reserve(session: Session, model: type[Base], count: int) -> list[int]:
    """So many numbers for new rows of this table, in order, that nobody else gets. Commit at once, or use them in this
    transaction; what is not used stays unused. For tables of which a number is never given twice (``NEVER_REUSED``)."""
    if not count:
        return []
    table = {"table": model.__tablename__}
    if session.get_bind().dialect.name == "postgresql":
        return sorted(session.scalars(_FROM_SEQUENCE, table | {"count": count}))
    session.execute(_BEGIN_SEQUENCE, table)
    last: int = session.execute(_MOVE_SEQUENCE, table | {"count": count}).scalar_one()
    return list(range(last - count + 1, last + 1))


_FROM_SEQUENCE = text(
    "SELECT nextval(pg_get_serial_sequence(quote_ident(:table), 'id')) FROM generate_series(1, :count)"
)
_BEGIN_SEQUENCE = text(
    "INSERT INTO sqlite_sequence (name, seq) SELECT :table, 0"
    " WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = :table)"
)
_MOVE_SEQUENCE = text("UPDATE sqlite_sequence SET seq = seq + :count WHERE name = :table RETURNING seq")
