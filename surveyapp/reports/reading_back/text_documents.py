"""DOCX and ODT: tables under the words above them, all other words, and what no page shows."""

import io
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from lxml import etree  # type: ignore[import-untyped]

from surveyapp.analysis.attacking import Leftover
from surveyapp.reports.reading_back import pictures
from surveyapp.reports.reading_back.packages import words_of_parts
from surveyapp.reports.reading_back.sentences import scores_in
from surveyapp.reports.reading_back.sheet import IN_A_SENTENCE, Content, Sheet, decimals_in, sheet

_WORD: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TEXT: Final = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TOLD: Final = ("descr", "title", "tooltip", "author", "alt", "desc")
"""Attributes, by the end of their names, whose words are read out or shown when something is touched."""


@dataclass(frozen=True)
class _Format:
    """Where the words of a document are, and what its tables and paragraphs are called."""

    part: str
    table: str
    row: str
    cell: str
    paragraphs: tuple[str, ...]
    captions: tuple[str, ...] = ()
    """Elements whose value is told instead of the table."""


_DOCX: Final = _Format(
    "word/document.xml",
    f"{_WORD}tbl",
    f"{_WORD}tr",
    f"{_WORD}tc",
    (f"{_WORD}p",),
    (f"{_WORD}tblCaption", f"{_WORD}tblDescription"),
)
_ODT: Final = _Format(
    "content.xml", f"{_TABLE}table", f"{_TABLE}table-row", f"{_TABLE}table-cell", (f"{_TEXT}p", f"{_TEXT}h")
)


def read_docx(content: bytes, source: str) -> Content:
    """A document for Word."""
    return _read(content, source, _DOCX)


def read_odt(content: bytes, source: str) -> Content:
    """A document for LibreOffice."""
    return _read(content, source, _ODT)


def _read(content: bytes, source: str, form: _Format) -> Content:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = {part: package.read(part) for part in package.namelist()}
    root = etree.fromstring(parts[form.part], etree.XMLParser(resolve_entities=False, huge_tree=True))
    found = _Reading(source, form)
    found.follow(root)
    unseen = [*found.unseen, *_told(root, source, form), *_pictures(parts, source)]
    unseen += [each for each in words_of_parts(content, source) if not each.place.endswith(form.part)]
    return Content(tuple(found.sheets), tuple(unseen))


class _Reading:
    """Goes through the words of a document from the first to the last."""

    def __init__(self, source: str, form: _Format) -> None:
        self.source = source
        self.sheets: list[Sheet] = []
        self.unseen: list[Leftover] = []
        self._form = form
        self._above = ""
        self._heading = ""

    def follow(self, element: Any) -> None:  # noqa: ANN401 - lxml has no types
        for child in element:
            if child.tag == self._form.table:
                self._add_table(child)
            elif child.tag in self._form.paragraphs:
                words = _words(child)
                self.sheets += filter(None, [scores_in(words, self._heading, self.source)])
                self._heading = words if _is_heading(child) else self._heading
                self._say(words)
            else:
                self.follow(child)

    def _add_table(self, table: Any) -> None:  # noqa: ANN401 - as above
        rows = [[self._in(cell) for cell in row.iter(self._form.cell)] for row in table.iter(self._form.row)]
        found = sheet(self.source, self._above, rows, names=(self.source,))
        self.sheets += [found] if found is not None else []

    def _in(self, cell: Any) -> str:  # noqa: ANN401 - as above
        return " ".join(map(_words, cell.iter(*self._form.paragraphs)))

    def _say(self, words: str) -> None:
        if words.strip():
            self._above = words
        said = decimals_in(words, f"{self.source}, {IN_A_SENTENCE}", self.source)
        self.unseen += [replace(each, read=True) for each in said]


def _is_heading(paragraph: Any) -> bool:  # noqa: ANN401 - as above
    style = paragraph.find(f"{_WORD}pPr/{_WORD}pStyle")
    return paragraph.tag == f"{_TEXT}h" or (style is not None and style.get(f"{_WORD}val", "").startswith("Heading"))


def _words(element: Any) -> str:  # noqa: ANN401 - as above
    """Every word in it, hidden ones too."""
    return "".join(element.itertext())


def _told(root: Any, source: str, form: _Format) -> Iterator[Leftover]:  # noqa: ANN401 - as above
    """What attributes tell of pictures, links and tables."""
    for element in root.iter():
        attributes: Mapping[str, str] = element.attrib
        names = [name for name in attributes if name.rpartition("}")[2] in _TOLD or element.tag in form.captions]
        for name in names:
            told = decimals_in(attributes[name], f"{source}, a note", source)
            yield from (replace(each, read=True) for each in told)


def _pictures(parts: Mapping[str, bytes], source: str) -> Iterator[Leftover]:
    """What is kept in its pictures beside the dots: they repeat what is drawn."""
    for part, content in parts.items():
        if part.endswith(".png"):
            for each in pictures.read(content, f"{source}, part {part}").unseen:
                yield replace(each, within=source, read=True)
