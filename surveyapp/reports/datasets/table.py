"""What a download holds: columns that say what they mean, and rows that come one by one."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Final, Literal

from surveyapp.questionnaires.kinds.asked import Measure
from surveyapp.questionnaires.text import Text

Kind = Literal["code", "integer", "decimal", "text", "date"]
Cell = str | int | float | Decimal | date | None
"""An answer apart from the matter (don't know) stands in any column as its code, a string; None is nothing."""
Row = Sequence[Cell]

DONT_KNOW_NUMBER: Final = 98
NOT_APPLICABLE_NUMBER: Final = 99
NOT_ASKED: Final = "not_asked"
NOT_ASKED_NUMBER: Final = 97
NOT_ASKED_LABEL: Final[Text] = {"nl": "Niet voorgelegd", "en": "Not asked"}
"""Somebody was not shown the question: another role, or a condition. What was shown and skipped is empty."""
_NOT_WRITABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 or UTF-8 cannot hold, or reads as something else."""


@dataclass(frozen=True)
class Value:
    """What a cell may hold: its code in most files, its number in a file for SPSS, and what it means."""

    code: str
    number: int
    label: Text
    missing: bool = False
    """Says nothing about the matter: left out of means, and "user-missing" for SPSS."""


@dataclass(frozen=True)
class Column:
    """One column; ``values`` are all that may stand in it where ``kind`` is ``code``, else those apart from numbers."""

    key: str
    label: Text
    kind: Kind
    measure: Measure
    values: tuple[Value, ...] = ()
    decimals: int | None = None
    """To which a decimal number was rounded; None where it was not."""
    keys: bool = False
    """Holds nothing but keys of content, which are letters, digits and underscores: never words."""
    facts: Mapping[str, str] = field(default_factory=dict)
    """What the codebook tells besides: the question, its kind, theme and roles, and whether it was turned round."""

    @cached_property
    def cells(self) -> dict[str, Cell]:
        """Code -> the cell: a number where the code is one."""
        return {value.code: int(value.code) if value.code.isdigit() else value.code for value in self.values}

    @cached_property
    def numbers(self) -> dict[Cell, int]:
        """Cell -> its number in a file for SPSS."""
        return {self.cells[value.code]: value.number for value in self.values}


@dataclass(frozen=True)
class Table:
    """Columns with their rows. ``rows`` begins anew each time, so that a table can be written more than once."""

    name: str
    """Of its file or sheet: letters, digits and hyphens."""
    title: Text
    columns: tuple[Column, ...]
    rows: Callable[[], Iterator[Row]]
    grouped: Callable[[], Iterator[tuple[Row, Sequence[Row]]]] | None = None
    """The same rows, where many begin alike: with what, and how each goes on. Text is written faster from these."""


@dataclass(frozen=True)
class Download:
    """Tables that belong together, with what their reader must know."""

    title: Text
    tables: tuple[Table, ...]
    notes: Mapping[str, str] = field(default_factory=dict)
    """For the README: ``contents`` (answers or results), ``wave``, ``regime``, ``threshold`` and so on."""
    listings: tuple[Table, ...] = ()
    """Further tables that only files of text come with: the same answers, one a row."""


def writable(text: str) -> str:
    """The same words in every format: line ends as one character, and what no file can hold as U+FFFD."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _NOT_WRITABLE.sub("\ufffd", text)
