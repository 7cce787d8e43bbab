"""Files for SPSS, one for each table: variable and value labels, measure levels, and 98, 99 as user-missing.

Pyreadstat writes a whole frame at once, so that memory would grow with the table. Here it writes a file of one row,
which says everything about the variables, and ``sav_rows`` puts the true rows in its place as they come.
"""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

import pandas as pd
import pyreadstat

from surveyapp.questionnaires.text import say
from surveyapp.reports.datasets.codebook import names_in_spss
from surveyapp.reports.datasets.sav_rows import Kept, replace_rows
from surveyapp.reports.datasets.table import Cell, Column, Table

LONGEST_CELL: Final = 32_767
LONGEST_LABEL: Final = 256
LONGEST_VALUE_LABEL: Final = 120
"""Bytes that SPSS takes, of UTF-8."""
CUT: Final = " […]"
_MEASURES: Final = {"nominal": "nominal", "ordinal": "ordinal", "interval": "scale", "date": "scale", "text": "nominal"}
_NAN: Final = float("nan")
_FIRST_DAY: Final = date(1582, 10, 14)
"""Day 0 of SPSS, which counts seconds."""


def write(table: Table, language: str, out: Path) -> None:
    """Write the table into this file, with labels in this language.

    Rows wait in a temporary file until it is known how wide the text is: memory does not grow with them.
    """
    read = [_reader(column) for column in table.columns]
    with Kept([column.kind == "text" for column in table.columns]) as kept:
        for row in table.rows():
            kept.add([of(cell) for of, cell in zip(read, row, strict=True)])
        kept.finish()
        _write_variables(table, language, kept.widths, out)
        replace_rows(out, kept)


def _write_variables(table: Table, language: str, widths: Sequence[int | None], out: Path) -> None:
    """The file with one row, whose text is as wide as that of any."""
    names = names_in_spss(table.columns)
    named = list(zip(names, table.columns, strict=True))
    widest: list[Any] = [[_NAN] if width is None else ["x" * width] for width in widths]
    pyreadstat.write_sav(
        pd.DataFrame(dict(zip(names, widest, strict=True))),
        str(out),
        file_label=_cut(say(table.title, language), 64),
        column_labels={name: _cut(say(column.label, language), LONGEST_LABEL) for name, column in named},
        row_compress=True,
        variable_value_labels={
            name: {
                float(value.number): _cut(say(value.label, language), LONGEST_VALUE_LABEL) for value in column.values
            }
            for name, column in named
            if column.values and column.kind != "text"
        },
        missing_ranges={
            name: [value.number for value in column.values if value.missing]
            for name, column in named
            if column.kind != "text" and any(value.missing for value in column.values)
        },
        variable_measure={name: _MEASURES[column.measure] for name, column in named},
        variable_format={name: form for name, column in named if (form := _format(column))},
    )


def _format(column: Column) -> str:
    if column.kind == "date":
        return "DATE11"
    if column.kind in {"code", "integer"}:
        return "F8.0"
    if column.kind == "decimal":
        return f"F10.{column.decimals if column.decimals is not None else 4}"
    return ""


def _reader(column: Column) -> Callable[[Cell], float | bytes]:
    """How a cell becomes a number, or words of UTF-8."""
    if column.kind == "text":
        return lambda cell: b"" if cell is None else _cut(str(cell), LONGEST_CELL).encode()
    if column.kind == "date":
        return lambda cell: (cell - _FIRST_DAY).days * 86_400.0 if isinstance(cell, date) else _NAN
    numbers: dict[Cell, float] = {None: _NAN, **column.numbers}
    if column.kind == "code":
        return lambda cell: numbers[cell]
    return lambda cell: numbers[cell] if cell is None or isinstance(cell, str) else float(cell)  # type: ignore[arg-type]


def _cut(text: str, most: int) -> str:
    """As much of the text as fits, with a mark where it was cut."""
    if len(text) * 4 <= most:
        return text
    encoded = text.encode()
    return text if len(encoded) <= most else encoded[: most - len(CUT.encode())].decode(errors="ignore") + CUT
