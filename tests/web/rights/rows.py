"""The rows of a whole database, and to which study each belongs: found by following every reference."""

from collections.abc import Iterable
from functools import cache, cached_property
from typing import Any

from surveyapp.models import Base
from surveyapp.models.database import Database

Key = tuple[str, tuple[Any, ...]]
"""A table and the primary key of a row in it."""
_PASSING = {"sign_in", "setting"}
"""What changes with every visit."""


@cache
def _references_of(table: str) -> list[tuple[str, str]]:
    """Columns of a table that refer to a row, with the table in which that is."""
    columns = Base.metadata.tables[table].columns
    return [(column.name, one.column.table.name) for column in columns for one in column.foreign_keys]


class Rows:
    """Every row as it stood at one moment."""

    def __init__(self, database: Database) -> None:
        self.rows: dict[Key, dict[str, Any]] = {}
        with database.session(readonly=True) as session:
            for table in Base.metadata.sorted_tables:
                found = session.connection().exec_driver_sql(f'SELECT * FROM "{table.name}"')  # noqa: S608 - as stored
                columns, key = list(found.keys()), [column.name for column in table.primary_key]
                for values in found:
                    row = dict(zip(columns, values, strict=True))
                    self.rows[table.name, tuple(row[name] for name in key)] = row

    @cached_property
    def studies(self) -> dict[Key, frozenset[int]]:
        """Every row with the studies that it refers to, however far away."""
        found: dict[Key, frozenset[int]] = {}

        def of(key: Key) -> frozenset[int]:
            if key not in found:
                found[key] = frozenset()  # what refers to itself
                if key[0] == "evaluation":
                    found[key] = frozenset(key[1])
                else:
                    found[key] = frozenset(study for other in self._references(key) for study in of(other))
            return found[key]

        for key in self.rows:
            of(key)
        return found

    def _references(self, key: Key) -> Iterable[Key]:
        row = self.rows[key]
        for column, table in _references_of(key[0]):
            other = (table, (row[column],))
            if other in self.rows:
                yield other

    def mixed(self) -> list[Key]:
        """Rows that refer to more than one study."""
        return [key for key, studies in self.studies.items() if len(studies) > 1]

    def of(self, study: int) -> dict[Key, dict[str, Any]]:
        """The rows of one study."""
        return {key: row for key, row in self.rows.items() if study in self.studies[key]}

    def numbers(self, where: str, study: int) -> list[int]:
        """The numbers of the rows of this table that belong to this study; of ``table.column`` what stands there."""
        table, _dot, column = where.partition(".")
        return sorted({row[column or "id"] for key, row in self.of(study).items() if key[0] == table})

    def lasting(self) -> dict[Key, dict[str, Any]]:
        """Everything but what changes with every visit."""
        return {key: row for key, row in self.rows.items() if key[0] not in _PASSING}
