"""Inserting what may be there already: the one place that knows how each database says it."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, cast

from sqlalchemy import Executable, Table
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
    return session.execute(_inserting_missing(_dialect(session), _table(model)), dict(row)).first() is not None


def _upsert(session: Session, table: Table, rows: Iterable[Row], *, column: str, adding: bool) -> None:
    keys = [key.name for key in table.primary_key]
    # Always in the order of the key: two transactions that touch the same rows wait for one another, never in a ring.
    ordered = sorted((dict(row) for row in rows), key=lambda row: tuple(row[key] for key in keys))
    if not ordered:
        return
    session.execute(_upserting(_dialect(session), table, column, adding), ordered)


@cache
def _inserting_missing(dialect: str, table: Table) -> Executable:
    inserting: Executable = _insert(dialect, table).on_conflict_do_nothing().returning(*table.primary_key)
    return inserting


@cache
def _upserting(dialect: str, table: Table, column: str, adding: bool) -> Executable:
    """Made once: it costs more than what it does."""
    statement = _insert(dialect, table)
    new = statement.excluded[column]
    value = table.c[column] + new if adding else new
    keys = [key.name for key in table.primary_key]
    updating: Executable = statement.on_conflict_do_update(index_elements=keys, set_={column: value})
    return updating


def _table(model: type[Base]) -> Table:
    return cast("Table", model.__table__)


def _dialect(session: Session) -> str:
    return session.get_bind().dialect.name


def _insert(dialect: str, table: Table) -> Any:  # noqa: ANN401
    """An insert that knows conflicts; the two dialects spell it alike but share no type."""
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)
