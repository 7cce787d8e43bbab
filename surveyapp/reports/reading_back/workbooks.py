"""XLSX: values as they are stored, whatever their format shows; comments, hidden parts and properties."""

import io
from typing import Any

import openpyxl

from surveyapp.analysis.attacking import Leftover
from surveyapp.reports.reading_back.packages import words_of_parts
from surveyapp.reports.reading_back.sheet import Content, Sheet, leftovers, sheet, written


def read(content: bytes, source: str) -> Content:
    """Every sheet, visible or not."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheets: list[Sheet] = []
    unseen: list[Leftover] = []
    for each in book.worksheets:
        place = f"{source}, sheet {each.title}"
        rows = [[written(cell.value) for cell in row] for row in each.iter_rows()]
        found = sheet(place, each.title, rows, as_printed=False)
        sheets += [found] if found is not None else []
        unseen += _unseen(each, place)
    unseen += [*_properties(book, source), *words_of_parts(content, source)]
    return Content(tuple(sheets), tuple(unseen))


def _unseen(page: Any, place: str) -> list[Leftover]:  # noqa: ANN401 - openpyxl has no type for it
    """What stands in hidden rows, columns and sheets, and in comments."""
    found: list[Leftover] = []
    for row in page.iter_rows():
        for cell in row:
            if cell.comment is not None:
                found += leftovers(cell.comment.text, f"{place}, comment at {cell.coordinate}")
            is_hidden = (
                page.sheet_state != "visible"
                or page.row_dimensions[cell.row].hidden
                or page.column_dimensions[cell.column_letter].hidden
            )
            if is_hidden and cell.value is not None:
                found += leftovers(written(cell.value), f"{place}, hidden cell {cell.coordinate}")
    return found


def _properties(book: Any, source: str) -> list[Leftover]:  # noqa: ANN401 - openpyxl has no type for it
    about = book.properties
    words = [about.title, about.subject, about.description, about.keywords, about.category, about.creator]
    words += [written(each.value) for each in book.custom_doc_props.props]
    words += [each.attr_text for each in book.defined_names.values()]
    return [each for text in words if text for each in leftovers(str(text), f"{source}, properties")]
