"""PDF: tables as lines of text in columns, the other lines, and what no page shows."""

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from typing import Any, Final

from pypdf import PageObject, PdfReader
from pypdf.generic import DictionaryObject, StreamObject, TextStringObject

from surveyapp.analysis.attacking import Leftover
from surveyapp.reports.reading_back.sheet import IN_A_SENTENCE, Content, Sheet, decimals_in, leftovers, sheet

Words = list[tuple[int, int, str]]
"""Where words begin and end in a line, and the words."""
_TOLD: Final = ("/Alt", "/ActualText", "/Contents", "/E", "/T", "/TU", "/Title", "/V")
"""Entries whose words are read out, or shown when something is touched."""
_MARKUP: Final = re.compile(r"<[^>]*>")


def read(content: bytes, source: str) -> Content:
    """Blocks of lines between empty ones; the first line of a block that has columns names them."""
    document = PdfReader(io.BytesIO(content))
    sheets: list[Sheet] = []
    unseen: list[Leftover] = []
    for number, page in enumerate(document.pages, 1):
        for heading, block in _blocks(page):
            found = sheet(f"{source}, page {number}", heading, _rows(block), names=(source,))
            sheets += [found] if found is not None and len(block) > 1 else []
            if len(block) == 1:
                unseen += _of_a_line(block[0], source)
    unseen += [*_properties(document, source), *_attached(document, source), *_in_objects(document, source)]
    return Content(tuple(sheets), tuple(unseen))


def _blocks(page: PageObject) -> Iterator[tuple[str, list[str]]]:
    """Lines with columns together, under the last line without; those without one by one."""
    heading = ""
    lines = page.extract_text(extraction_mode="layout").splitlines()
    for has_columns, block in groupby(lines, key=lambda line: len(_words(line)) > 1):
        found = list(block)
        if has_columns:
            yield heading, found
        else:
            heading = next((line.strip() for line in reversed(found) if line.strip()), heading)
            yield from ((heading, [line]) for line in found)


def _of_a_line(line: str, source: str) -> list[Leftover]:
    return [replace(each, read=True) for each in decimals_in(line, f"{source}, {IN_A_SENTENCE}", source)]


def _properties(document: PdfReader, source: str) -> Iterator[Leftover]:
    for value in (document.metadata or {}).values():
        yield from leftovers(str(value), f"{source}, properties")


def _attached(document: PdfReader, source: str) -> Iterator[Leftover]:
    for name, copies in document.attachments.items():
        for copy in copies:
            yield from leftovers(copy.decode("utf-8", "replace"), f"{source}, attachment {name}")


def _in_objects(document: PdfReader, source: str) -> Iterator[Leftover]:
    """Notes, alternative texts, names of fields and bookmarks, and the metadata of the file and its pictures."""
    for number in range(1, int(str(document.trailer["/Size"]))):
        found = document.get_object(number)
        if isinstance(found, StreamObject) and found.get("/Type") == "/Metadata":
            words = _MARKUP.sub(" ", found.get_data().decode("utf-8", "replace"))
            yield from decimals_in(words, f"{source}, metadata", source)
        elif isinstance(found, DictionaryObject):
            for words in _told_by(found):
                yield from (replace(each, read=True) for each in leftovers(words, f"{source}, a note", source))


def _told_by(found: Any) -> Iterator[str]:  # noqa: ANN401 - pypdf has dictionaries of anything
    for name in _TOLD:
        value = found.raw_get(name) if name in found else None
        if isinstance(value, TextStringObject):
            yield str(value)


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
