"""CSV: UTF-8, commas, a header, line feeds. Rows are written as they come: memory does not grow with them.

Words that a spreadsheet would take for a formula have an apostrophe in front; numbers and codes stand as they are.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final

from surveyapp.reports.datasets.table import Column, Row, Table
from surveyapp.reports.spreadsheet import BEGINS_A_FORMULA, harmless

_RISKY: Final = frozenset((" ", "'", *BEGINS_A_FORMULA))
_REMEMBERED: Final = 10_000
_SHORT: Final = 100
"""So many line ends, of so many characters at most, are kept instead of written anew: those of answers in codes."""


def write(table: Table, out: Path) -> None:
    """Write the table into this file."""
    with out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([column.key for column in table.columns])
        if table.grouped is not None:
            file.writelines(_lines(table.columns, table.grouped()))
        else:
            fill = _filling(table.columns)
            writer.writerows(fill(row) for row in table.rows())


def _lines(columns: tuple[Column, ...], groups: Iterable[tuple[Row, Iterable[Row]]]) -> Iterator[str]:
    """The lines of a group at once: what they begin with is written once, and short ends, tuples, are kept."""
    known: dict[Row, str] = {}

    def end(row: Row, fill: Callable[[Row], Row]) -> str:
        made = _written(fill(row))
        if len(made) < _SHORT and len(known) < _REMEMBERED:
            known[row] = made
        return made

    for start, ends in groups:
        begin = _written(_filling(columns[: len(start)])(start)).removesuffix("\n") + ","
        fill = _filling(columns[len(start) :])
        yield "".join([begin + (known.get(row) or end(row, fill)) for row in ends])


def _written(row: Row) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(row)
    return text.getvalue()


def _filling(columns: tuple[Column, ...]) -> Callable[[Row], Row]:
    """How a row of these columns becomes cells that are safe, and rounded where the numbers were."""
    words = [place for place, column in enumerate(columns) if column.kind == "text" and not column.keys]
    fixed = [(place, column.decimals) for place, column in enumerate(columns) if column.decimals is not None]

    def filled(row: Row) -> Row:
        cells = row
        for place in words:
            cell = row[place]
            if isinstance(cell, str) and cell[:1] in _RISKY:
                cells = list(cells)
                cells[place] = harmless(cell)
        if fixed:
            cells = list(cells)
            for place, decimals in fixed:
                if cells[place] is not None:
                    cells[place] = f"{cells[place]:.{decimals}f}"
        return cells

    return filled
