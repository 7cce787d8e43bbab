"""A table as somebody keeps it: rows of cells, with what could not be read; whatever kind of file it came from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

LARGEST: Final = 4 * 1024 * 1024
"""Bytes of a file, at most."""
MOST_ROWS: Final = 20_000
"""Rows with something in them, the header included."""
MOST_COLUMNS: Final = 100


@dataclass(frozen=True, order=True)
class Fault:
    """What is wrong, where: ``reports.people_faults`` says it in words.

    ``row`` counts from 1, as a spreadsheet shows it; 0 stands for the whole file. ``column`` is a column's key or, of
    one that we do not know, its title; empty for the whole row. ``advice`` is what ``value`` should probably be, or
    where it stands already.
    """

    row: int
    column: str
    code: str
    value: str = ""
    advice: str = ""


@dataclass(frozen=True)
class Line:
    """A row with its number; empty cells are empty strings."""

    number: int
    cells: tuple[str, ...]
    unreadable: Mapping[int, str] = field(default_factory=dict)
    """Place of a cell -> the code of why it has no value that can be used."""
    code: str = ""
    """Why the row as a whole cannot be used."""

    @property
    def empty(self) -> bool:
        return not self.code and not self.unreadable and not any(self.cells)


@dataclass(frozen=True)
class Grid:
    """The rows that have something in them, the first of which is the header; or why there are none."""

    lines: tuple[Line, ...] = ()
    fault: Fault | None = None


def refused(code: str, value: str = "") -> Grid:
    """A file of which nothing can be used."""
    return Grid(fault=Fault(0, "", code, value))
