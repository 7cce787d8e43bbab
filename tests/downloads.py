"""Reading a download back, whatever its format: every cell as one and the same thing."""

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pyreadstat
from odfdo import Document
from openpyxl.utils.escape import unescape

from surveyapp.reports.spreadsheet import BEGINS_A_FORMULA

FORMATS = ("csv", "xlsx", "ods", "sav", "json")
Rows = list[dict[str, Any]]
"""A cell is None, a code or words (``str``), a number (``float``), or a day as 2026-11-22."""


def unpacked(packed: bytes, room: Path) -> Path:
    """The folder with the files of a zip, which all lie in one folder."""
    with ZipFile(io.BytesIO(packed)) as files:
        files.extractall(room)
        (name,) = {Path(each).parts[0] for each in files.namelist()}
    return room / name


def read(folder: Path, kind: str) -> dict[str, Rows]:
    """The tables of a download in this format, by name; every kind of file read by another program's reader."""
    book = _csv(folder / "codebook.csv")
    types = {(row["table"], row["variable"]): row["type"] for row in book}
    return {
        name: [{key: _plain(types[name, key], cell) for key, cell in row.items()} for row in rows]
        for name, rows in _READERS[kind](folder, sorted({row["table"] for row in book})).items()
    }


def tallied(people: Rows, questions: Iterable[str]) -> Counter[tuple[str, str, str, str]]:
    """How often each answer was given: by question, organisation, role and code; skipped is an empty code."""
    found: Counter[tuple[str, str, str, str]] = Counter()
    for row in people:
        for key in questions:
            code = row[key]
            if code != "not_asked":
                found[key, row["organisation"], row["role"], code or ""] += 1
    return found


def counted(rows: Rows) -> Counter[tuple[str, str, str, str]]:
    """The same of a table ``counts``."""
    return Counter(
        {(row["question"], row["organisation"], row["role"], row["answer"] or ""): int(row["count"]) for row in rows}
    )


def _plain(kind: str, cell: Any) -> Any:  # noqa: ANN401
    if cell is None or cell == "" or cell != cell:
        return None
    if kind == "text":
        return str(cell)
    if kind == "date":
        return cell.isoformat()[:10] if isinstance(cell, date | datetime) else str(cell)
    try:
        number = float(cell)
    except ValueError:
        return str(cell)
    return f"{number:g}" if kind == "code" else number


def _csv(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as opened:
        return [{key: _unguarded(cell) for key, cell in row.items()} for row in csv.DictReader(opened)]


def _unguarded(cell: str) -> str:
    return cell[1:] if cell[:1] == "'" and cell[1:].lstrip(" '").startswith(BEGINS_A_FORMULA) else cell


def _of_csv(folder: Path, tables: list[str]) -> dict[str, Rows]:
    return {name: list(_csv(folder / f"{name}.csv")) for name in tables}


def _of_json(folder: Path, tables: list[str]) -> dict[str, Rows]:
    (file,) = folder.glob("*.json")
    found = json.loads(file.read_text(encoding="utf-8"))
    return {name: found[name] for name in tables if name in found}


def _of_xlsx(folder: Path, tables: list[str]) -> dict[str, Rows]:
    (file,) = folder.glob("*.xlsx")
    book = openpyxl.load_workbook(file)
    found = {}
    for name in tables:
        if name in book.sheetnames:
            head, *rows = book[name].iter_rows(values_only=True)
            found[name] = [dict(zip(map(str, head), map(_unescaped, row), strict=True)) for row in rows]
    assert not any(cell.data_type == "f" for sheet in book for row in sheet.iter_rows() for cell in row)
    book.close()
    return found


def _unescaped(cell: Any) -> Any:  # noqa: ANN401 - as openpyxl has it
    return unescape(cell) if isinstance(cell, str) else cell


def _of_ods(folder: Path, tables: list[str]) -> dict[str, Rows]:
    (file,) = folder.glob("*.ods")
    found = {}
    for sheet in Document(file).body.tables:
        if sheet.name in tables:
            head, *rows = sheet.iter_values()
            found[str(sheet.name)] = [dict(zip(head, row, strict=True)) for row in rows]
        assert not any(cell.formula for row in sheet.traverse() for cell in row.traverse())
    return found


def _of_sav(folder: Path, _tables: list[str]) -> dict[str, Rows]:
    values, book = _csv(folder / "values.csv"), _csv(folder / "codebook.csv")
    return {file.stem: _sav(file, values, book) for file in folder.glob("*.sav")}


def _sav(file: Path, values: list[dict[str, str]], book: list[dict[str, str]]) -> Rows:
    frame, _about = pyreadstat.read_sav(file, user_missing=True)
    code = {
        (row["variable"], float(row["sav_code"])): row["code"]
        for row in values
        if row["table"] == file.stem and row["sav_code"]
    }
    key = {row["sav_variable"]: row["variable"] for row in book if row["table"] == file.stem}
    return [
        {key[str(name)]: code.get((key[str(name)], cell), cell) for name, cell in row.items()}
        for row in frame.to_dict(orient="records")
    ]


_READERS = {"csv": _of_csv, "json": _of_json, "xlsx": _of_xlsx, "ods": _of_ods, "sav": _of_sav}
