"""A list of organisations from CSV or XLSX, or pasted out of a spreadsheet: ``code,name,kind,parent``.

Titles and kinds may be Dutch or English, in any order. Only code and name must be there: without a kind it is a
municipality. What an organisation is, and whether its code is free, is for the caller to say.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from surveyapp.analysis.reading import separated, spreadsheet
from surveyapp.analysis.reading.grid import LARGEST, Fault, Grid, Line, refused
from surveyapp.questionnaires.municipalities import plain

COLUMNS: Final = ("code", "name", "kind", "parent")
_TITLES: Final = {
    "code": "code", "cbs code": "code", "gemeentecode": "code", "organisatiecode": "code",
    "name": "name", "naam": "name", "organisatie": "name", "organisation": "name", "gemeente": "name",
    "kind": "kind", "soort": "kind", "type": "kind",
    "parent": "parent", "onderdeel van": "parent", "hoort bij": "parent", "part of": "parent",
}  # fmt: skip
_KINDS: Final = {
    "municipality": "municipality", "gemeente": "municipality",
    "region body": "region_body", "regional body": "region_body", "regio": "region_body",
    "regionale organisatie": "region_body",
    "neighbourhood": "neighbourhood", "wijk": "neighbourhood", "buurt": "neighbourhood",
    "provider": "provider", "aanbieder": "provider", "zorgaanbieder": "provider",
    "programme team": "programme_team", "programmateam": "programme_team", "projectteam": "programme_team",
}  # fmt: skip
_USUAL: Final = "municipality"


@dataclass(frozen=True)
class Listed:
    """One organisation as it stands in the list, in row ``row``; ``kind`` is ours, or what was written."""

    row: int
    code: str
    name: str
    kind: str
    parent: str


@dataclass(frozen=True)
class Organisations:
    """Everything that could be read, and what could not."""

    rows: tuple[Listed, ...]
    faults: tuple[Fault, ...] = ()


def read(content: bytes) -> Organisations:
    """Every organisation in a file; whatever the bytes are, nothing is raised."""
    grid = _grid(content)
    if grid.fault is not None:
        return Organisations((), (grid.fault,))
    places = _columns(grid.lines[0])
    missing = tuple(Fault(1, column, "column-missing") for column in ("code", "name") if column not in places)
    if missing:
        return Organisations((), missing)
    if len(grid.lines) == 1:
        return Organisations((), (Fault(0, "", "only-a-header"),))
    faults = tuple(_unreadable(grid.lines[1:]))
    return Organisations(tuple(_listed(line, places) for line in grid.lines[1:] if not line.code), faults)


def _grid(content: bytes) -> Grid:
    if len(content) > LARGEST:
        return refused("file-too-large", str(LARGEST // 1024 // 1024))
    if content.startswith((spreadsheet.ZIP, spreadsheet.OLE)):
        return spreadsheet.read(content)
    return separated.read(content, lambda title: _simple(title) in _TITLES)


def _columns(header: Line) -> dict[str, int]:
    """Column -> its place; the first of two alike."""
    found: dict[str, int] = {}
    for place, title in enumerate(header.cells):
        column = _TITLES.get(_simple(title))
        if column is not None:
            found.setdefault(column, place)
    return found


def _listed(line: Line, places: dict[str, int]) -> Listed:
    cells = {column: line.cells[place] if place < len(line.cells) else "" for column, place in places.items()}
    written = cells.get("kind", "")
    kind = _KINDS.get(_simple(written), written) if written else _USUAL
    return Listed(line.number, cells["code"], cells["name"], kind, cells.get("parent", ""))


def _unreadable(lines: tuple[Line, ...]) -> Iterator[Fault]:
    for line in lines:
        if line.code:
            yield Fault(line.number, "", line.code, ", ".join(line.cells)[:80])
        for place, code in line.unreadable.items():
            yield Fault(line.number, str(place + 1), code, line.cells[place] if place < len(line.cells) else "")


def _simple(words: str) -> str:
    return " ".join(plain(words).replace("_", " ").split())
