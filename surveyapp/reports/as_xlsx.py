"""The tables of a document, and those behind its figures, as a workbook: a sheet each, after a list of them.

No cell can become a formula or a link: words are written as words, and numbers as numbers.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any, Final

from xlsxwriter import Workbook  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from surveyapp.questionnaires.text import Text, say
from surveyapp.reports.captions import KINDS
from surveyapp.reports.datasets.as_xlsx import fitting
from surveyapp.reports.document import Document, FigureReference, Table, numbered, plain, storable
from surveyapp.reports.office import timeless
from surveyapp.reports.rendered import Rendered, file_name

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_CONTENTS: Final[Text] = {"nl": "Inhoud", "en": "Contents"}
_NUMBER: Final = re.compile(r"[+−-]?\d{1,9}([.,]\d{1,6})?%?")
_WIDEST: Final = 60


@dataclass(frozen=True)
class _Sheet:
    name: str
    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def as_xlsx(document: Document) -> Rendered:
    """The same document gives the same bytes."""
    made = io.BytesIO()
    sheets = list(_sheets(document))
    with Workbook(made, _OPTIONS) as book:
        day = datetime.combine(document.day, time(), UTC) if document.day else datetime(1980, 1, 1, tzinfo=UTC)
        book.set_properties({"title": storable(document.title), "author": storable(document.author), "created": day})
        bold = book.add_format({"bold": True})
        contents = book.add_worksheet(say(_CONTENTS, document.language))
        contents.set_column(0, 0, 14)
        contents.write_string(0, 0, fitting(storable(document.title)), bold)
        for place, sheet in enumerate(sheets, 2):
            contents.write_url(place, 0, f"internal:'{sheet.name}'!A1", string=sheet.name)
            contents.write_string(place, 1, fitting(sheet.title))
        for sheet in sheets:
            _write(book, book.add_worksheet(sheet.name), sheet, bold)
    return Rendered(timeless(made.getvalue()), MEDIA_TYPE, file_name(document.title, "xlsx"))


def _sheets(document: Document) -> Iterator[_Sheet]:
    """Tables and figures with a number, or, without, in the order in which they stand."""
    without = 0
    for each in numbered(document):
        block = each.block
        if not isinstance(block, Table | FigureReference):
            continue
        kind = say(KINDS["table" if isinstance(block, Table) else "figure"], document.language)
        without += 0 if each.number else 1
        name = f"{kind} {each.number}" if each.number else f"{kind} ({without})"
        if isinstance(block, Table):
            rows = tuple(tuple(storable(plain(cell)) for cell in row) for row in block.rows)
            header = tuple(storable(plain(cell)) for cell in block.header)
            yield _Sheet(name, storable(block.caption or header[0]), header, rows)
        else:
            table = block.figure.table()
            found = tuple(tuple(map(storable, row)) for row in table.rows)
            yield _Sheet(name, storable(block.caption or table.caption), tuple(map(storable, table.header)), found)


def _write(book: Workbook, page: Worksheet, sheet: _Sheet, bold: Any) -> None:  # noqa: ANN401 - XlsxWriter has no types
    page.write_string(0, 0, fitting(sheet.title), bold)
    page.freeze_panes(3, 1)
    for place, head in enumerate(sheet.header):
        page.write_string(2, place, fitting(head), bold)
        longest = max(len(cell) for cell in (head, *(row[place] for row in sheet.rows)))
        page.set_column(place, place, min(longest + 2, _WIDEST))
    for number, row in enumerate(sheet.rows, 3):
        for place, cell in enumerate(row):
            _cell(book, page, number, place, cell)


def _cell(book: Workbook, page: Worksheet, row: int, place: int, cell: str) -> None:
    if not (place and _NUMBER.fullmatch(cell)):
        page.write_string(row, place, fitting(cell))
        return
    bare = cell.rstrip("%").replace("−", "-").replace(",", ".")
    decimals = len(bare.partition(".")[2])
    form = f"0.{'0' * decimals}" if decimals else "0"
    share = cell.endswith("%")
    value = float(bare) / 100 if share else float(bare)
    page.write_number(row, place, value, book.add_format({"num_format": f"{form}%" if share else form}))
