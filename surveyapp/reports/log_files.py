"""The audit log as a file: CSV for a spreadsheet, or a JSON object a line for another program."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, Final, Protocol

COLUMNS: Final = ("number", "at", "actor", "name", "evaluation", "verb", "subject", "reason", "details", "digest")
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""


class Line(Protocol):
    """What a file tells of a line of the log."""

    @property
    def id(self) -> int: ...
    @property
    def at(self) -> datetime: ...
    @property
    def actor_id(self) -> int | None: ...
    @property
    def actor(self) -> str | None: ...
    @property
    def slug(self) -> str | None: ...
    @property
    def verb(self) -> str: ...
    @property
    def subject(self) -> str: ...
    @property
    def details(self) -> Mapping[str, int | str]: ...
    @property
    def reason(self) -> str: ...
    @property
    def digest(self) -> str: ...


def as_csv(lines: Iterable[Line]) -> Iterator[str]:
    """The head and a row for each line, as text to be written one after the other."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(COLUMNS)
    for line in lines:
        writer.writerow([_as_text(value) for value in _told(line).values()])
        yield _emptied(buffer)
    yield _emptied(buffer)


def as_json_lines(lines: Iterable[Line]) -> Iterator[str]:
    """A JSON object for each line, with the names of ``COLUMNS``."""
    for line in lines:
        yield json.dumps(_told(line), ensure_ascii=False) + "\n"


def _told(line: Line) -> dict[str, Any]:
    details = {name: value for name, value in line.details.items() if name != "reason"}
    values = (line.id, line.at.isoformat(), line.actor_id, line.actor, line.slug, line.verb, line.subject)
    return dict(zip(COLUMNS, (*values, line.reason, details, line.digest), strict=True))


def _as_text(value: object) -> object:
    """Of words that people wrote none is a formula."""
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False, sort_keys=True) if value else ""
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return value


def _emptied(buffer: io.StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text
