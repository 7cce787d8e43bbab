"""The rows of a whole database, and to which study each belongs: found by following every reference."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from sqlalchemy import Table, select

from surveyapp.models import Base
from surveyapp.models.database import Database

Key = tuple[str, tuple[Any, ...]]
"""A table and the primary key of a row in it."""
_PASSING = {"sign_in", "setting"}
"""What changes with every visit."""


class Rows:
    """Every row as it stood at one moment."""

    def __init__(self, database: Database) -> None:
        self.rows: dict[Key, dict[str, Any]] = {}
        with database.session(readonly=True) as session:
            for table in Base.metadata.sorted_tables:
                for row in session.execute(select(table)).mappings():
                    self.rows[self._key(table, row)] = {str(name): value for name, value in row.items()}

    @staticmethod
    def _key(table: Table, row: Any) -> Key:  # noqa: ANN401 - a mapping of the driver
        return table.name, tuple(row[column.name] for column in table.primary_key)

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
        row, table = self.rows[key], Base.metadata.tables[key[0]]
        for column in table.columns:
            for reference in column.foreign_keys:
                other = (reference.column.table.name, (row[column.name],))
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
