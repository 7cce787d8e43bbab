"""Inserting what may be there already: the one place that knows how each database says it."""

from collections.abc import Iterable, Mapping
from typing import Any, cast

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from surveyapp.models.base import Base

Row = Mapping[str, Any]


def replace(session: Session, model: type[Base], rows: Iterable[Row], *, column: str) -> None:
    """Insert each row; where its key is there already, the new value of ``column`` replaces the old one."""
    _upsert(session, _table(model), rows, column=column, adding=False)


def add(session: Session, model: type[Base], rows: Iterable[Row], *, column: str) -> None:
    """Insert each row; where its key is there already, add the value of ``column`` to the one that stands there."""
    _upsert(session, _table(model), rows, column=column, adding=True)


def insert_missing(session: Session, model: type[Base], row: Row) -> bool:
    """Insert the row unless a unique key of it is taken, and say whether it was inserted."""
    table = _table(model)
    statement = _insert(session, table).on_conflict_do_nothing().returning(*table.primary_key)
    return session.execute(statement, dict(row)).first() is not None


def _upsert(session: Session, table: Table, rows: Iterable[Row], *, column: str, adding: bool) -> None:
    keys = [key.name for key in table.primary_key]
    # Always in the order of the key: two transactions that touch the same rows wait for one another, never in a ring.
    ordered = sorted((dict(row) for row in rows), key=lambda row: tuple(row[key] for key in keys))
    if not ordered:
        return
    statement = _insert(session, table)
    new = statement.excluded[column]
    value = table.c[column] + new if adding else new
    session.execute(statement.on_conflict_do_update(index_elements=keys, set_={column: value}), ordered)


def _table(model: type[Base]) -> Table:
    return cast("Table", model.__table__)


def _insert(session: Session, table: Table) -> Any:  # noqa: ANN401
    """An insert that knows conflicts; the two dialects spell it alike but share no type."""
    return postgresql.insert(table) if session.get_bind().dialect.name == "postgresql" else sqlite.insert(table)
