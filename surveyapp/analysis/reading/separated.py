"""CSV as spreadsheets write it: comma, semicolon or tab, quotes where need be, and where people forgot one.

A quote that is never closed would swallow every row below it: a value may go on over a few lines and no further, and
reading starts again on the line after the one with the quote.
"""

import csv
from collections.abc import Callable, Iterator
from typing import Final

from surveyapp.analysis.reading.decoding import Text, decode
from surveyapp.analysis.reading.grid import MOST_COLUMNS, MOST_ROWS, Fault, Grid, Line, refused

SEPARATORS: Final = (";", ",", "\t", "|")
_LONGEST_LINE: Final = 20_000
_LINES_OF_A_VALUE: Final = 20
_SAYS_SEPARATOR: Final = "sep="


def read(content: bytes, known: Callable[[str], bool]) -> Grid:
    """The rows of a CSV file; ``known`` says whether something is the title of a column, which tells the separator."""
    text = decode(content)
    if text is None:
        return refused("not-a-table")
    first = next((place for place, line in enumerate(text.lines) if line.strip()), None)
    if first is None:
        return refused("empty-file")
    separator = _said(text.lines[first])
    if separator is None:
        separator = _guessed(text.lines[first], known)
    else:
        first += 1
    lines: list[Line] = []
    for line in _rows(text, separator, first):
        if line.empty:
            continue
        if len(lines) == MOST_ROWS:
            return Grid(fault=Fault(line.number, "", "too-many-rows", str(MOST_ROWS)))
        lines.append(line)
    return Grid(tuple(lines)) if lines else refused("empty-file")


def _said(line: str) -> str | None:
    """The separator that a first line ``sep=;`` gives, as one program writes for another."""
    said = line.strip().strip('"').lower() if line[:1] in {"s", "S", '"'} else ""
    said = said or line.lower()
    found = said.removeprefix(_SAYS_SEPARATOR)
    return found[:1] if said.startswith(_SAYS_SEPARATOR) and found[:1] in SEPARATORS and len(found) == 1 else None


def _guessed(header: str, known: Callable[[str], bool]) -> str:
    """The separator between most titles that we know; failing that, the one that is there most."""

    def worth(separator: str) -> tuple[int, int]:
        cells = _cells(header, separator)
        return sum(known(cell) for cell in cells), len(cells)

    return max(SEPARATORS, key=worth)


def _rows(text: Text, separator: str, first: int) -> Iterator[Line]:
    place = first
    while place < len(text.lines):
        line, code, end = text.lines[place], text.faults.get(place, ""), place + 1
        if len(line) > _LONGEST_LINE:
            yield Line(place + 1, (), code="line-too-long")
        elif '"' not in line:
            yield Line(place + 1, _tidied(line.split(separator)), code=code)
        else:
            cells, used = _quoted(text.lines[place : place + _LINES_OF_A_VALUE], separator)
            if used == 0:
                yield Line(place + 1, (), code="quote-open")
            else:
                end = place + used
                code = next((text.faults[each] for each in range(place, end) if each in text.faults), "")
                yield Line(place + 1, _tidied(cells), code=code)
        place = end


def _quoted(lines: list[str], separator: str) -> tuple[list[str], int]:
    """The cells of the row that begins here and how many lines it takes; none where a quote is not closed in time."""
    reader = csv.reader((f"{line[:_LONGEST_LINE]}\n" for line in (*lines, "")), delimiter=separator, strict=False)
    try:
        cells = next(reader, [])
    except csv.Error:
        return [], 0
    swallowed = reader.line_num > len(lines) or any(_holds_a_row(cell, separator) for cell in cells)
    return ([], 0) if swallowed else (cells, reader.line_num)


def _holds_a_row(cell: str, separator: str) -> bool:
    """Whether a value looks like the next rows: the quote that ends it was meant to begin another."""
    return "\n" in cell and "@" in cell and separator in cell


def _cells(line: str, separator: str) -> list[str]:
    try:
        return next(csv.reader([line[:_LONGEST_LINE]], delimiter=separator), [])
    except csv.Error:
        return line.split(separator)


def _tidied(cells: list[str]) -> tuple[str, ...]:
    """Without the blanks around values and the empty cells at the end that a trailing separator leaves."""
    tidy = [" ".join(cell.split()) if cell else "" for cell in cells[:MOST_COLUMNS]]
    while tidy and not tidy[-1]:
        tidy.pop()
    return tuple(tidy)
