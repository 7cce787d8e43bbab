"""XLSX: the first sheet, as values. What only a spreadsheet program can work out is refused, cell by cell.

A workbook is a ZIP file of XML, and a small one can unpack to gigabytes or define words that grow without end: what it
says to hold is weighed before anything is unpacked, and a part that declares a document type is not parsed.
"""

import io
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from typing import Any, Final
from xml.etree.ElementTree import ParseError

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from surveyapp.analysis.reading.grid import MOST_COLUMNS, MOST_ROWS, Fault, Grid, Line, refused

ZIP: Final = b"PK\x03\x04"
OLE: Final = b"\xd0\xcf\x11\xe0"
"""How an old workbook begins, and a new one that is locked with a password."""
_MOST_UNPACKED: Final = 48 * 1024 * 1024
_MOST_PARTS: Final = 500
_DECLARES: Final = tuple("<!DOCTYPE".encode(codec) for codec in ("utf-8", "utf-16-le", "utf-16-be"))
_BROKEN: Final = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    InvalidFileException,
    LookupError,
    NotImplementedError,
    OSError,
    ParseError,
    RuntimeError,
    TypeError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
)
"""What reading a damaged workbook may raise: the library trusts what it reads."""
_CODES: Final = {"f": "formula", "e": "cell-error", "d": "cell-date", "b": "cell-truth"}
"""Kind of cell -> why it is no text."""


def read(content: bytes) -> Grid:
    """The rows of the first sheet."""
    if content.startswith(OLE):
        return refused("old-workbook")
    try:
        fault = _weighed(content)
        if fault:
            return refused(fault)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what the library leaves out of its reading is nothing that we look at
            return _first_sheet(content)
    except _BROKEN:
        return refused("broken-workbook")


def _weighed(content: bytes) -> str:
    """The code of why this is not to be unpacked; empty where it can be."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        parts = packed.infolist()
        names = {part.filename for part in parts}
        if "xl/workbook.xml" not in names:
            return "not-a-workbook"
        if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _MOST_UNPACKED:
            return "workbook-too-large"
        if any(part.flag_bits & 1 for part in parts):
            return "old-workbook"
        for part in parts:
            if part.filename.endswith((".xml", ".rels")):
                unpacked = packed.read(part)
                if any(declaration in unpacked for declaration in _DECLARES):
                    return "broken-workbook"
    return ""


def _first_sheet(content: bytes) -> Grid:
    workbook = openpyxl.load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
    try:
        if not workbook.worksheets:
            return refused("empty-file")
        sheet: Any = workbook.worksheets[0]
        sheet.reset_dimensions()  # a sheet may say to be as wide as it likes
        return _gathered(_lines(sheet.iter_rows(max_col=MOST_COLUMNS)))
    finally:
        workbook.close()


def _gathered(found: Iterator[Line]) -> Grid:
    lines: list[Line] = []
    for line in found:
        if len(lines) == MOST_ROWS:
            return Grid(fault=Fault(line.number, "", "too-many-rows", str(MOST_ROWS)))
        lines.append(line)
    return Grid(tuple(lines)) if lines else refused("empty-file")


def _lines(rows: Iterable[Iterable[Any]]) -> Iterator[Line]:
    for number, row in enumerate(rows, 1):
        cells: list[str] = []
        unreadable: dict[int, str] = {}
        for place, cell in enumerate(row):
            words, code = _value(cell)
            cells.append(words)
            if code:
                unreadable[place] = code
        while cells and not cells[-1] and len(cells) - 1 not in unreadable:
            cells.pop()
        if cells:
            yield Line(number, tuple(cells), unreadable)


def _value(cell: Any) -> tuple[str, str]:  # noqa: ANN401 - as openpyxl has it
    """The text of a cell, and the code of why it has none."""
    value = cell.value
    if value is None:
        return "", ""
    code = _CODES.get(cell.data_type, "")
    if code:
        return str(value)[:80] if code in {"cell-error", "formula"} else "", code
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return " ".join(str(value).split()), ""
