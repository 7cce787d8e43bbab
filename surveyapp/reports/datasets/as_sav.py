"""Files for SPSS, one for each table: variable and value labels, measure levels, and 98, 99 as user-missing.

Pyreadstat writes a whole frame at once, so memory grows with the table: about 5 kB a person for a questionnaire of
forty statements with some words (100 MiB for 20,000 people). ``MOST_ROWS`` bounds it.
"""

from array import array
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd
import pyreadstat

from surveyapp.errors import InvalidContent
from surveyapp.questionnaires.text import say
from surveyapp.reports.datasets.codebook import names_in_spss
from surveyapp.reports.datasets.table import Cell, Column, Table

MOST_ROWS: Final = 150_000
"""About 750 MiB of memory."""
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

    Raises ``InvalidContent`` (``too-many-rows``, with ``most``).
    """
    names = names_in_spss(table.columns)
    named = list(zip(names, table.columns, strict=True))
    pyreadstat.write_sav(
        pd.DataFrame(dict(zip(names, _columns(table), strict=True)), copy=False),
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


def _columns(table: Table) -> list[Any]:
    """Every column as an array of numbers or a list of words, filled row by row."""
    filled: list[Any] = [[] if column.kind == "text" else array("d") for column in table.columns]
    fill: list[Callable[[Any], None]] = [into.append for into in filled]
    read = [_reader(column) for column in table.columns]
    for number, row in enumerate(table.rows(), 1):
        if number > MOST_ROWS:
            raise InvalidContent("too-many-rows", most=MOST_ROWS)
        for add, of, cell in zip(fill, read, row, strict=True):
            add(of(cell))
    return [np.frombuffer(into) if isinstance(into, array) and into else np.array(into) for into in filled]


def _reader(column: Column) -> Callable[[Cell], Any]:
    if column.kind == "text":
        return lambda cell: _cut("" if cell is None else str(cell), LONGEST_CELL)
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
