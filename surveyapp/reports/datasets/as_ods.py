"""An OpenDocument spreadsheet: a sheet per table, then the codebook and what to know first.

odfdo makes the document with its empty sheets; as it holds a whole document in memory, some kilobytes for every row,
the rows themselves are written into ``content.xml`` as they come: memory does not grow with them.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import IO, Final
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from odfdo import Document
from odfdo import Table as Sheet

from surveyapp.errors import InvalidContent
from surveyapp.reports.datasets.table import Cell, Row, Table

MOST_ROWS: Final = 1_048_575
"""Below the header of a sheet, as LibreOffice has it."""
_CONTENT: Final = "content.xml"
_LONG_AGO: Final = (1980, 1, 1, 0, 0, 0)
"""The moment of every part: the same answers give the same file."""
_SHEET: Final = re.compile(r'<table:table table:name="([^"]*)"[^>]*?(/>|>.*?</table:table>)', re.DOTALL)
_SPACES: Final = re.compile("  +")
_EMPTY: Final = "<table:table-cell/>"


def write(tables: Sequence[Table], readme: str, out: Path) -> None:
    """Write the tables as sheets of one document.

    Raises ``InvalidContent`` (``too-many-rows``, with ``most``) for a table that no sheet can hold.
    """
    made = BytesIO()
    _skeleton([*(table.name for table in tables), "README"]).save(made)
    with ZipFile(made) as empty, ZipFile(out, "w") as full:
        for part in empty.infolist():
            if part.filename == _CONTENT:
                with _part(full, part) as file:
                    _write_content(empty.read(part).decode(), tables, readme, file)
            else:
                with _part(full, part) as file:
                    file.write(empty.read(part))


@contextmanager
def _part(full: ZipFile, part: ZipInfo) -> Iterator[IO[bytes]]:
    fresh = ZipInfo(part.filename, _LONG_AGO)
    fresh.compress_type = ZIP_STORED if part.filename == "mimetype" else ZIP_DEFLATED
    with full.open(fresh, "w", force_zip64=fresh.compress_type == ZIP_DEFLATED) as file:
        yield file


def _skeleton(names: Sequence[str]) -> Document:
    """The document with its sheets, empty; in the order in which they are filled."""
    document = Document("spreadsheet")
    document.body.clear()
    for name in names:
        document.body.append(Sheet(name))
    return document


def _write_content(empty: str, tables: Sequence[Table], readme: str, file: IO[bytes]) -> None:
    written = 0
    sheets = [*(_sheet(table) for table in tables), (_row((line,)) for line in readme.splitlines())]
    for place, rows in zip(_SHEET.finditer(empty), sheets, strict=True):
        file.write(empty[written : place.start()].encode())
        file.write(f'<table:table table:name="{place[1]}">'.encode())
        for row in rows:
            file.write(row.encode())
        file.write(b"</table:table>")
        written = place.end()
    file.write(empty[written:].encode())


def _sheet(table: Table) -> Iterator[str]:
    yield f'<table:table-column table:number-columns-repeated="{len(table.columns)}"/>'
    yield _row([column.key for column in table.columns])
    for number, row in enumerate(table.rows(), 1):
        if number > MOST_ROWS:
            raise InvalidContent("too-many-rows", most=MOST_ROWS)
        yield _row(row)


def _row(row: Row) -> str:
    return f"<table:table-row>{''.join(map(_cell, row))}</table:table-row>"


def _cell(cell: Cell) -> str:
    if cell is None or cell == "":
        return _EMPTY
    if isinstance(cell, str):
        return f'<table:table-cell office:value-type="string">{_paragraphs(cell)}</table:table-cell>'
    if isinstance(cell, date):
        day = quoteattr(cell.isoformat())
        return (
            f'<table:table-cell office:value-type="date" office:date-value={day}>'
            f"<text:p>{cell.isoformat()}</text:p></table:table-cell>"
        )
    return (
        f'<table:table-cell office:value-type="float" office:value="{cell}"><text:p>{cell}</text:p></table:table-cell>'
    )


def _paragraphs(text: str) -> str:
    """A paragraph per line; several spaces and tabs as OpenDocument writes them, which else come out as one space."""
    return "".join(f"<text:p>{_line(line)}</text:p>" for line in text.split("\n"))


def _line(line: str) -> str:
    safe = escape(line)
    if line[:1] == " " or line[-1:] == " " or "  " in line:
        if safe[:1] == " ":
            safe = f"<text:s/>{safe[1:]}"
        safe = _SPACES.sub(lambda found: f' <text:s text:c="{len(found[0]) - 1}"/>', safe)
        if safe[-1:] == " ":
            safe = f"{safe[:-1]}<text:s/>"
    return safe.replace("\t", "<text:tab/>")
