"""A document: headings, paragraphs, tables and room for notes, whatever it is printed as."""

from dataclasses import dataclass
from typing import Literal

from surveyapp.reports.figures.figure import Figure


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
    """The first column names the row. Every row is as long as ``header``."""

    header: tuple[Line, ...]
    rows: tuple[tuple[Line, ...], ...]


@dataclass(frozen=True)
class Callout:
    """Something that must not be missed."""

    lines: tuple[Line, ...]


@dataclass(frozen=True)
class FigureReference:
    """A figure of the document, with its own alternative text."""

    figure: Figure


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
class Document:
    """A title and what follows, in one language."""

    title: str
    language: str
    blocks: tuple[Block, ...]


def plain(line: Line) -> str:
    """The words without their style."""
    return "".join(run.text for run in line)
