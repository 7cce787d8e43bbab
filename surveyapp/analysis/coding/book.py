"""A codebook as a file: CSV with a header, one code a line, as it is written and as it is read.

    key,title,definition,not_for,example,parent,theme

``not_for`` says when not to use the code; ``parent`` is the key of another code, ``theme`` one of the questionnaire.
"""

import csv
import io
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Final

KEY: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
LONGEST_TITLE: Final = 200
LONGEST_TEXT: Final = 5_000
LARGEST: Final = 1024 * 1024
"""Bytes of a file, at most."""
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Entry:
    """A code as it stands in the codebook."""

    key: str
    title: str
    definition: str = ""
    not_for: str = ""
    example: str = ""
    parent: str = ""
    theme: str = ""


COLUMNS: Final = tuple(field.name for field in fields(Entry))


@dataclass(frozen=True)
class Problem:
    """What is wrong, where: ``line`` counts from 1 as an editor does, 0 for the whole file."""

    line: int
    code: str
    value: str = ""


def written(entries: Iterable[Entry]) -> str:
    """The file; a text that a spreadsheet would take for a formula has an apostrophe before it."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for entry in entries:
        writer.writerow({name: _safe(value) for name, value in asdict(entry).items()})
    return out.getvalue()


def read(content: bytes, *, themes: Collection[str], there: Iterable[Entry] = ()) -> tuple[list[Entry], list[Problem]]:
    """The codes of a file, and everything that is wrong with it or does not fit the codes that are there already.

    Separated by commas or semicolons; a code whose key is there already takes the place of that one.
    """
    if len(content) > LARGEST:
        return [], [Problem(0, "file-too-large")]
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as failure:
        return [], [Problem(content.count(b"\n", 0, failure.start) + 1, "not-utf-8")]
    try:
        lines, columns = _rows(text)
    except csv.Error:
        return [], [Problem(0, "not-a-table")]
    missing = [name for name in ("key", "title") if name not in columns]
    problems = [Problem(1, "column-missing", name) for name in missing]
    problems += [Problem(1, "column-unknown", name) for name in columns if name not in COLUMNS]
    if missing:
        return [], problems
    entries = [entry for _line, entry in lines]
    problems += [Problem(line, "key-twice", entry.key) for line, entry in _repeated(lines)]
    kept = {entry.key: entry for entry in (*there, *entries)}
    for line, entry in lines:
        problems += [Problem(line, code, value) for code, value in faults(entry, kept, themes)]
    if not entries:
        problems.append(Problem(0, "nothing-in-it"))
    return entries, sorted(problems, key=lambda one: one.line)


def faults(entry: Entry, book: dict[str, Entry], themes: Collection[str]) -> list[tuple[str, str]]:
    """What is wrong with a code in a codebook (key -> code) that it is part of: codes, each with what it is about."""
    found: list[tuple[str, str]] = []
    if not KEY.fullmatch(entry.key):
        found.append(("key-not-valid", entry.key))
    if not entry.title:
        found.append(("title-missing", entry.key))
    if len(entry.title) > LONGEST_TITLE:
        found.append(("title-too-long", entry.key))
    if any(len(text) > LONGEST_TEXT for text in (entry.definition, entry.not_for, entry.example)):
        found.append(("text-too-long", entry.key))
    if entry.parent and entry.parent not in book:
        found.append(("parent-unknown", entry.parent))
    elif is_below(entry, entry.key, book):
        found.append(("parent-below-itself", entry.parent))
    if entry.theme and entry.theme not in themes:
        found.append(("theme-unknown", entry.theme))
    return found


def is_below(entry: Entry, key: str, book: dict[str, Entry]) -> bool:
    """Whether a code stands, at any depth, below the one with this key."""
    seen: set[str] = set()
    above = entry.parent
    while above and above not in seen:
        if above == key:
            return True
        seen.add(above)
        above = book[above].parent if above in book else ""
    return False


def _rows(text: str) -> tuple[list[tuple[int, Entry]], Sequence[str]]:
    """Every row that holds something, with the line that it begins on."""
    first = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text), delimiter=";" if first.count(";") > first.count(",") else ",", strict=True)
    columns = [name.strip().lower() for name in next(reader, [])]
    found, line = [], reader.line_num + 1
    for row in reader:
        cells = {name: _plain(cell) for name, cell in zip(columns, row, strict=False) if name in COLUMNS}
        if any(cells.values()):
            found.append((line, Entry(**{"key": "", "title": "", **cells})))
        line = reader.line_num + 1
    return found, columns


def _repeated(lines: Sequence[tuple[int, Entry]]) -> list[tuple[int, Entry]]:
    keys = [entry.key for _line, entry in lines]
    return [(line, entry) for place, (line, entry) in enumerate(lines) if entry.key in keys[:place]]


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _plain(cell: str) -> str:
    stripped = cell.strip().replace("\x00", "")
    return stripped[1:] if stripped.startswith("'") and stripped[1:].startswith(_FORMULA) else stripped
