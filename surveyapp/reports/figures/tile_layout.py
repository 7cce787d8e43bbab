"""Which place does each organisation have on a tile map? Read from the files in ``reports/tile-maps``."""

import csv
from collections.abc import Collection, Iterator
from functools import cache
from pathlib import Path
from typing import Final

from surveyapp.content import folders
from surveyapp.errors import InvalidContent
from surveyapp.reports.figures.tile_map import Place

COLUMNS: Final = ("code", "name", "column", "row")
MOST: Final = 99
"""Columns and rows of a map."""


def places(codes: Collection[str], own: Path | None = None) -> dict[str, Place]:
    """Organisation code -> column and row, from the map that knows most of these organisations.

    A map that knows fewer than half of them is no map of this region: then nobody has a place, and the tiles stand in
    rows. ``own`` is the owner's folder, whose maps go before ours. Raises InvalidContent ``tile-map`` with the file,
    the lines and what is wrong with each.
    """
    wanted = set(codes)
    best: dict[str, Place] = {}
    for file in _files(own):
        known = {code: place for code, place in read(file).items() if code in wanted}
        if len(known) > len(best):
            best = known
    return best if 2 * len(best) >= len(wanted) else {}


def _files(own: Path | None) -> Iterator[Path]:
    for folder in folders("reports", own):
        yield from sorted((folder / "tile-maps").glob("*.csv"))


@cache
def read(file: Path) -> dict[str, Place]:
    """A file ``code,name,column,row``, counted from 1 at the top left. Raises InvalidContent ``tile-map``."""
    try:
        lines = list(csv.reader(file.read_text(encoding="utf-8-sig").splitlines()))
    except UnicodeDecodeError as unreadable:
        raise InvalidContent("tile-map", file=file.name, problems="is not UTF-8") from unreadable
    if not lines or tuple(lines[0]) != COLUMNS:
        raise InvalidContent("tile-map", file=file.name, problems=f"line 1 must be {','.join(COLUMNS)}")
    found: dict[str, Place] = {}
    problems = []
    for number, line in enumerate(lines[1:], 2):
        problem = _problem(line, found)
        if problem:
            problems.append(f"line {number}: {problem}")
        else:
            found[line[0].strip()] = (int(line[2]) - 1, int(line[3]) - 1)
    if problems:
        raise InvalidContent("tile-map", file=file.name, problems="; ".join(problems))
    return found


def _problem(line: list[str], found: dict[str, Place]) -> str:
    if len(line) != len(COLUMNS):
        return f"has {len(line)} fields instead of {len(COLUMNS)}"
    code, _, column, row = (field.strip() for field in line)
    for name, number in (("column", column), ("row", row)):
        if not (number.isascii() and number.isdigit() and 1 <= int(number) <= MOST):
            return f"{name} {number!r} is not a number from 1 to {MOST}"
    if not code:
        return "has no code"
    if code in found:
        return f"{code} has a place already"
    if (int(column) - 1, int(row) - 1) in found.values():
        return f"column {column}, row {row} is taken already"
    return ""
