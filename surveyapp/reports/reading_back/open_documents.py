"""ODS: values as they are stored, annotations, and properties."""

import io
from collections.abc import Iterator
from decimal import Decimal

from odfdo import Document, Table

from surveyapp.analysis.attacking import Leftover
from surveyapp.reports.reading_back.packages import words_of_parts
from surveyapp.reports.reading_back.sheet import Content, Sheet, leftovers, sheet, written


def read(content: bytes, source: str) -> Content:
    """Every sheet."""
    document = Document(io.BytesIO(content))
    sheets: list[Sheet] = []
    unseen: list[Leftover] = []
    for table in document.body.get_tables():
        place = f"{source}, sheet {table.name}"
        found = sheet(place, table.name or "", _rows(table), as_printed=False)
        sheets += [found] if found is not None else []
    unseen += [*_notes(document, source), *_properties(document, source), *words_of_parts(content, source)]
    return Content(tuple(sheets), tuple(unseen))


def _notes(document: Document, source: str) -> Iterator[Leftover]:
    for note in document.body.get_elements("//office:annotation"):
        yield from leftovers(note.inner_text, f"{source}, a comment")


def _properties(document: Document, source: str) -> Iterator[Leftover]:
    about = document.meta
    words = [about.title, about.get_subject(), about.get_description(), *(about.get_keywords() or "").split(",")]
    words += [str(value) for value in (about.get_user_defined_metadata() or {}).values()]
    for text in filter(None, words):
        yield from leftovers(str(text), f"{source}, properties")


def _rows(table: Table) -> list[list[str]]:
    return [[_cell(cell.value) for cell in row.cells] for row in table.iter_rows()]


def _cell(value: object) -> str:
    return written(float(value)) if isinstance(value, Decimal) else written(value)
