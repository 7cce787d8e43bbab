"""JSON: one object with the title, the notes, the codebook and every table as a list of objects.

Rows are written as they come: memory does not grow with them. Numbers are numbers, codes and words strings, days as
2026-11-22, and nothing is null.
"""

import json
from datetime import date
from pathlib import Path
from typing import Any, TextIO

from surveyapp.reports.datasets.codebook import names_in_spss
from surveyapp.reports.datasets.table import Column, Download, Table


def write(download: Download, out: Path) -> None:
    """Write the whole download into this file."""
    with out.open("w", encoding="utf-8", newline="\n") as file:
        head = {"title": download.title, "notes": dict(download.notes)}
        file.write(_text(head)[:-1])
        file.write(',\n"codebook": ' + _text({table.name: _described(table) for table in download.tables}))
        for table in download.tables:
            file.write(f",\n{_text(table.name)}: [")
            _write_rows(table, file)
            file.write("\n]")
        file.write("}\n")


def _write_rows(table: Table, file: TextIO) -> None:
    keys = [column.key for column in table.columns]
    between = "\n"
    for row in table.rows():
        file.write(between + _text(dict(zip(keys, row, strict=True))))
        between = ",\n"


def _described(table: Table) -> list[dict[str, Any]]:
    return [_variable(column, name) for column, name in zip(table.columns, names_in_spss(table.columns), strict=True)]


def _variable(column: Column, name: str) -> dict[str, Any]:
    return {
        "variable": column.key,
        "sav_variable": name,
        "label": column.label,
        "type": column.kind,
        "measure": column.measure,
        "decimals": column.decimals,
        "values": [
            {
                "code": column.cells[value.code] if column.kind != "text" else value.code,
                "sav_code": value.number if column.kind != "text" else None,
                "label": value.label,
                "missing": value.missing,
            }
            for value in column.values
        ],
        **column.facts,
    }


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=_day, separators=(", ", ": "))


def _day(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"no JSON for {type(value).__name__}")
