"""Inserting what may be there already: the one place that knows how each database says it."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, cast

from sqlalchemy import Executable, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from surveyapp.models.base import Base

Row = Mapping[str, Any]


def replace(session: Session, model: type[Base], rows: Iterable[Row], *, columns: tuple[str, ...]) -> None:
    """Insert each row; where its key is there already, the new values of ``columns`` replace the old ones."""
    _upsert(session, model, rows, columns=columns, adding=False)


def add(session: Session, model: type[Base], rows: Iterable[Row], *, column: str) -> None:
    """Insert each row; where its key is there already, add the value of ``column`` to the one that stands there."""
    _upsert(session, model, rows, columns=(column,), adding=True)


def insert_missing(session: Session, model: type[Base], row: Row) -> bool:
    """Insert the row unless a unique key of it is taken, and say whether it was inserted."""
    inserting = _inserting_missing(_dialect(session), _table(model))
    return session.connection().execute(inserting, dict(row)).first() is not None


def in_order(model: type[Base], rows: Iterable[Row]) -> list[dict[str, Any]]:
    """The rows in the order of their key: two transactions that touch the same rows wait, never in a ring."""
    keys = [key.name for key in _table(model).primary_key]
    return sorted((dict(row) for row in rows), key=lambda row: tuple(row[key] for key in keys))


def _upsert(
    session: Session, model: type[Base], rows: Iterable[Row], *, columns: tuple[str, ...], adding: bool
) -> None:
    ordered = in_order(model, rows)
    if ordered:
        session.connection().execute(_upserting(_dialect(session), _table(model), columns, adding), ordered)


@cache
def _inserting_missing(dialect: str, table: Table) -> Executable:
    inserting: Executable = _insert(dialect, table).on_conflict_do_nothing().returning(*table.primary_key)
    return inserting


@cache
def _upserting(dialect: str, table: Table, columns: tuple[str, ...], adding: bool) -> Executable:
    """Made once: it costs more than what it does."""
    statement = _insert(dialect, table)
    new = statement.excluded
    values = {column: table.c[column] + new[column] if adding else new[column] for column in columns}
    keys = [key.name for key in table.primary_key]
    updating: Executable = statement.on_conflict_do_update(index_elements=keys, set_=values)
    return updating


def _table(model: type[Base]) -> Table:
    return cast("Table", model.__table__)


def _dialect(session: Session) -> str:
    return session.get_bind().dialect.name


def _insert(dialect: str, table: Table) -> Any:  # noqa: ANN401
    """An insert that knows conflicts; the two dialects spell it alike but share no type."""
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)
