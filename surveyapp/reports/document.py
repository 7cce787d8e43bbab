"""A document: headings, paragraphs, tables and room for notes, whatever it is printed as."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from surveyapp.reports.figures.figure import Figure

_NOT_IN_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Run:
    """A piece of a line of text."""

    text: str
    style: Literal["plain", "strong", "emphasis"] = "plain"


Line = tuple[Run, ...]


@dataclass(frozen=True)
class Heading:
    """``level`` 2 and further; the title of the document is level 1."""

    level: int
    line: Line


@dataclass(frozen=True)
class Paragraph:
    line: Line


@dataclass(frozen=True)
class Bullets:
    """A list; ``ordered`` where the order matters, ``ticks`` for things to tick off."""

    lines: tuple[Line, ...]
    kind: Literal["points", "ordered", "ticks"] = "points"


@dataclass(frozen=True)
class Table:
    """The first column names the row. Every row is as long as ``header``.

    ``words`` are the places of the columns that hold words and not numbers. A ``caption`` makes it a numbered table.
    """

    header: tuple[Line, ...]
    rows: tuple[tuple[Line, ...], ...]
    words: tuple[int, ...] = ()
    caption: str = ""


@dataclass(frozen=True)
class Callout:
    """Something that must not be missed."""

    lines: tuple[Line, ...]


@dataclass(frozen=True)
class FigureReference:
    """A figure of the document, with its own alternative text. A ``caption`` makes it a numbered figure."""

    figure: Figure
    caption: str = ""

    @property
    def picture(self) -> Figure:
        """What to draw: without the title above it where a caption says the same."""
        return self.figure.model_copy(update={"title": ""}) if self.caption else self.figure


@dataclass(frozen=True)
class NoteSpace:
    """Lines to write on; ``label`` says what for."""

    label: str
    lines: int


@dataclass(frozen=True)
class PageBreak:
    """What follows starts on a new page."""


Block = Heading | Paragraph | Bullets | Table | Callout | FigureReference | NoteSpace | PageBreak


@dataclass(frozen=True)
class Cover:
    """A page before everything else: what kind of document it is, a line under its title, and what to know of it."""

    kind: str
    subtitle: str
    facts: tuple[tuple[str, str], ...]
    """Names with what they stand for, such as "Published" and a day."""
    contents: str
    """The heading of the table of contents, which follows it."""


@dataclass(frozen=True)
class Document:
    """A title and what follows, in one language."""

    title: str
    language: str
    blocks: tuple[Block, ...]
    cover: Cover | None = None
    author: str = ""
    day: date | None = None
    """On which it was made, as its properties say; a document without one has no day."""


@dataclass(frozen=True)
class Numbered:
    """A heading, table or figure with its number: headings count for the table of contents, the others for captions."""

    block: Block
    number: int


def numbered(document: Document) -> Iterator[Numbered]:
    """Every block; headings, tables and figures with a caption each count from 1, and whatever has no number has 0."""
    counts = {Heading: 0, Table: 0, FigureReference: 0}
    for block in document.blocks:
        counted = isinstance(block, Heading) or (isinstance(block, Table | FigureReference) and bool(block.caption))
        if counted:
            counts[type(block)] += 1
        yield Numbered(block, counts[type(block)] if counted else 0)


def plain(line: Line) -> str:
    """The words without their style."""
    return "".join(run.text for run in line)


def storable(text: str) -> str:
    """The text without what no XML file can hold (XML 1.0, "Characters"): control characters and half characters."""
    return _NOT_IN_XML.sub("", text)
