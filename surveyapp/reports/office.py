"""What the formats of documents have in common: pictures, languages, files without a time."""

import base64
import io
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from surveyapp.reports.document import Document, Heading, Table, numbered, plain
from surveyapp.reports.figures.drawing.drawn import png, svg
from surveyapp.reports.figures.figure import Figure
from surveyapp.reports.figures.specification import from_json
from surveyapp.reports.html import DEEPEST_LISTED

COUNTRIES: Final = {"nl": "NL", "en": "GB"}
"""Of a language, for a spelling checker."""
TICK: Final = "☐ "
LEADER: Final = "\u2026" * 40
"""A line to write on."""
KEPT: Final = 100
"""Drawings that are kept for the next document."""
TEXT_WIDTH: Final = 166
"""Millimetres between the margins."""
_NUMBER_WIDTHS: Final = (16, 27)
"""The least and the most for a column of numbers, by the longest word above it."""
_LETTER: Final = 2.4
_NARROWEST: Final = 24
_WIDEST: Final = 16.5
_HIGHEST: Final = 20.0
_LONG_AGO: Final = (1980, 1, 1, 0, 0, 0)
_MIMETYPE: Final = "mimetype"


@dataclass(frozen=True)
class Picture:
    """A PNG with its size on paper in centimetres."""

    content: bytes
    width: float
    height: float


def picture(figure: Figure, fonts: Path | None) -> Picture:
    """The figure, as wide as the text and no higher than its page."""
    content = _as_png(figure.on_paper().to_json(), fonts)
    width, height = (int.from_bytes(content[at : at + 4], "big") for at in (16, 20))
    scale = min(_WIDEST / width, _HIGHEST / height)
    return Picture(content, round(width * scale, 2), round(height * scale, 2))


def inline(figure: Figure, fonts: Path | None = None) -> str:
    """The figure as an address that holds it, for HTML."""
    return f"data:image/svg+xml;base64,{base64.b64encode(_as_svg(figure.on_paper().to_json(), fonts)).decode()}"


@lru_cache(maxsize=KEPT)
def _as_svg(specification: str, fonts: Path | None) -> bytes:
    """Reports about organisations of one region have most of their figures in common."""
    return svg(from_json(specification), fonts).content


@lru_cache(maxsize=KEPT)
def _as_png(specification: str, fonts: Path | None) -> bytes:
    """As PNG: a document for Word and one for LibreOffice have the same, and reports about one region most."""
    return png(from_json(specification), fonts).content


def column_widths(table: Table) -> tuple[int, ...]:
    """Millimetres for each column, together as wide as the text: numbers get what they need, words share the rest.

    A column of words is the wider the more words are in it, by the square root, as texts wrap.
    """
    columns = range(len(table.header))
    numbers = [at for at in columns if at > 0 and at not in table.words]
    narrow = {at: min(_room_for(plain(table.header[at])), TEXT_WIDTH // (len(columns) + 1)) for at in numbers}
    words = [at for at in columns if at not in numbers]
    lengths = {at: max(sum(len(plain(row[at])) for row in table.rows), 1) ** 0.5 for at in words}
    room = TEXT_WIDTH - sum(narrow.values())
    least = min(_NARROWEST, room // len(words))
    spare = room - least * len(words)
    shares = {at: least + int(spare * length / sum(lengths.values())) for at, length in lengths.items()}
    shares[0] += room - sum(shares.values())
    return tuple({**shares, **narrow}[at] for at in columns)


def _room_for(header: str) -> int:
    """So that no word above numbers is broken."""
    least, most = _NUMBER_WIDTHS
    return min(max(least, round(max(map(len, header.split()), default=0) * _LETTER + 3)), most)


def listed(document: Document) -> list[tuple[Heading, int]]:
    """The headings of the table of contents with their numbers; none where the document has no cover."""
    return [
        (each.block, each.number)
        for each in (numbered(document) if document.cover else ())
        if isinstance(each.block, Heading) and each.block.level <= DEEPEST_LISTED
    ]


def timeless(package: bytes, parts: Mapping[str, bytes] | None = None) -> bytes:
    """A zip file again, with these ``parts`` in it and one moment for all: the same parts give the same bytes.

    What says of which kind the package is stays first and as it is (ODF 1.3, part 2, 3.3).
    """
    made = io.BytesIO()
    with ZipFile(io.BytesIO(package)) as old, ZipFile(made, "w") as new:
        content = {name: old.read(name) for name in old.namelist()} | dict(parts or {})
        for name in sorted(content, key=lambda name: (name != _MIMETYPE, name != "[Content_Types].xml", name)):
            part = ZipInfo(name, _LONG_AGO)
            part.compress_type = ZIP_STORED if name == _MIMETYPE else ZIP_DEFLATED
            part.create_system = 3
            new.writestr(part, content[name])
    return made.getvalue()
