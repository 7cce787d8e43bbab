"""PDF: tables as lines of text in columns; properties, notes and attachments."""

import io
import re
from itertools import groupby

from pypdf import PdfReader

from surveyapp.analysis.attacking import Leftover
from surveyapp.reports.reading_back.sheet import Content, Sheet, leftovers, sheet

Words = list[tuple[int, int, str]]
"""Where words begin and end in a line, and the words."""


def read(content: bytes, source: str) -> Content:
    """Blocks of lines between empty ones; the first line of a block that has columns names them."""
    document = PdfReader(io.BytesIO(content))
    sheets: list[Sheet] = []
    unseen: list[Leftover] = []
    for number, page in enumerate(document.pages, 1):
        lines = page.extract_text(extraction_mode="layout").splitlines()
        heading = ""
        for has_columns, block in groupby(lines, key=lambda line: len(_words(line)) > 1):
            found = list(block)
            if not has_columns:
                heading = next((line.strip() for line in reversed(found) if line.strip()), heading)
            elif (table := sheet(f"{source}, page {number}", heading, _rows(found))) is not None:
                sheets.append(table)
        for note in page.annotations or []:
            unseen += leftovers(str(note.get_object().get("/Contents") or ""), f"{source}, a note on page {number}")
    for value in (document.metadata or {}).values():
        unseen += leftovers(str(value), f"{source}, properties")
    for name, copies in document.attachments.items():
        for copy in copies:
            unseen += leftovers(copy.decode("utf-8", "replace"), f"{source}, attachment {name}")
    return Content(tuple(sheets), tuple(unseen))


def _words(line: str) -> Words:
    """Words that stand together; two spaces or more lie between columns."""
    return [(found.start(), found.end(), found.group()) for found in re.finditer(r"\S+(?: \S+)*", line)]


def _rows(lines: list[str]) -> list[list[str]]:
    """Each word under the column that it overlaps most, or lies nearest to."""
    columns = _words(lines[0])
    rows = [[words for _, _, words in columns]]
    for line in lines[1:]:
        row = [""] * len(columns)
        for start, end, words in _words(line):
            distances = [max(start - right, left - end) for left, right, _ in columns]
            place = distances.index(min(distances))
            row[place] = f"{row[place]} {words}".strip()
        rows.append(row)
    return rows
