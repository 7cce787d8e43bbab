"""The declarative base, times in UTC, and columns that say whether they are personal."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, Dialect, Index, MetaData, text
from sqlalchemy.orm import DeclarativeBase, MappedColumn, mapped_column
from sqlalchemy.types import TypeDecorator

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


NEVER_REUSED = {"sqlite_autoincrement": True}
"""For tables whose ids outlive their rows (in the log, in a derived link): SQLite too never gives one out twice."""


class Base(DeclarativeBase):
    """What every table stands on."""

    metadata = MetaData(naming_convention=NAMING)


class UtcDateTime(TypeDecorator[datetime]):
    """A moment, stored in UTC and aware of it when read back, on every database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        del dialect
        if value is not None and value.tzinfo is None:
            raise ValueError("a time without a zone cannot be stored")
        return value.astimezone(UTC) if value is not None else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def plain(*arguments: Any, **options: Any) -> MappedColumn[Any]:  # noqa: ANN401
    """A column that says nothing about a person."""
    return mapped_column(*arguments, info={"personal": False}, **options)


def personal(*arguments: Any, **options: Any) -> MappedColumn[Any]:  # noqa: ANN401
    """A column about a person: part of subject access, erased in the end, scrubbed from copies."""
    return mapped_column(*arguments, info={"personal": True}, **options)


def unique_where_empty(name: str, *columns: str, empty: str) -> Index:
    """At most one row with these values and nothing in ``empty``; a unique constraint takes two NULLs as different."""
    condition = text(f"{empty} IS NULL")
    return Index(name, *columns, unique=True, sqlite_where=condition, postgresql_where=condition)
