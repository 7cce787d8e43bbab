"""What a file holds, whatever its format: tables of cells, and words in places that are not looked at."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from surveyapp.analysis.attacking import Leftover

_KNOWN: Final = ({"key", "mean"}, {"key", "gap"})
"""In the header of a table with a column per statistic; above it a file may have words of its own."""
IN_A_SENTENCE: Final = "in a sentence"
"""Where something stands that everybody reads."""
_IN_WORDS: Final = re.compile(r"(?<![\w.,:/-])-?\d[.,]\d+(?![\w:/]|[.,]\d|-\d)")


@dataclass(frozen=True)
class Sheet:
    """A table: the words above it, its first row, and the others; cells as they are written, numbers too."""

    source: str
    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    as_printed: bool = True
    """Whether zeros at the end of a decimal are kept; numbers stored as such lose them."""
    names: tuple[str, ...] = ()
    """Under which what is written beside it refers to it: the page it is on, the figure whose numbers it holds."""
    around: tuple[str, ...] = ()
    """What the page said before: what was chosen of it, and the captions above this one."""
    loose: tuple[str, ...] = ()
    """Cells above the header, or beyond its last column."""
    alone: bool = False
    """Whether it is a file of its own, without the words that a page has around a table."""


@dataclass(frozen=True)
class Content:
    """Everything that one file holds."""

    sheets: tuple[Sheet, ...] = ()
    unseen: tuple[Leftover, ...] = ()


def number(words: str) -> tuple[float, int] | None:
    """A cell as a number and how many decimals it has; Dutch or English decimals; None if it is none."""
    plain = words.strip().replace("\u2212", "-").lstrip("'")
    if not re.fullmatch(r"[+-]?\d+([.,]\d+)?(e-?\d+)?", plain):
        return None
    text = plain.replace(",", ".")
    decimals = len(text.partition(".")[2].partition("e")[0])
    return float(text), decimals


def written(value: object) -> str:
    """A stored value as words; a number with all its decimals, a whole one without."""
    if value is None or (isinstance(value, float) and value != value):  # NaN differs from itself
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return str(value)


def leftovers(words: str, place: str, within: str = "", *, each: bool = False) -> list[Leftover]:
    """The decimal numbers in words that are not shown; of words that are a number by themselves, whole ones too."""
    if (alone := number(words)) is not None:
        return [Leftover(alone[0], words.strip()[:80], place, alone[1], words.strip(), within, each=each)]
    return decimals_in(words, place, within, each=each)


def decimals_in(words: str, place: str, within: str = "", *, each: bool = False) -> list[Leftover]:
    """The decimal numbers in words that are looked at, or where whole ones mean something else."""
    return [
        Leftover(float(found.replace(",", ".")), words.strip()[:80], place, len(found) - 2, found, within, each=each)
        for found in (text.lstrip("-") for text in _IN_WORDS.findall(words))
    ]


def figure(title: str) -> str:
    """How what is written in or beside a figure refers to the table of its numbers."""
    return f"figure: {title}"


def sheet(
    source: str,
    title: str,
    rows: Sequence[Sequence[str]],
    *,
    as_printed: bool = True,
    names: tuple[str, ...] = (),
    around: tuple[str, ...] = (),
    alone: bool = False,
) -> Sheet | None:
    """A table whose first row names the columns, or the first row with names that we know; None if there is none."""
    plain = [tuple(" ".join(cell.split()) for cell in row) for row in rows if any(cell.strip() for cell in row)]
    if not plain:
        return None
    top = next((place for place, row in enumerate(plain) if _has_names(row)), _below_title(plain))
    title = f"{title} {plain[0][0]}" if top and top == _below_title(plain) else title
    width = len(plain[top])
    body = tuple((*row[:width], *[""] * (width - len(row))) for row in plain[top + 1 :])
    loose = [cell for row in plain[:top] for cell in row]
    loose += [cell for row in plain[top + 1 :] for cell in row[width:]]
    words = " ".join(title.split())
    return Sheet(source, words, plain[top], body, as_printed, names, around, tuple(filter(None, loose)), alone)


def _below_title(rows: Sequence[Sequence[str]]) -> int:
    """The place of the first row, or of the second where the first is one cell of words: the title of a sheet."""
    is_title = len(rows) > 1 and len(rows[0]) > 1 and not any(rows[0][1:]) and number(rows[0][0]) is None
    return int(is_title and any(rows[1][1:]))


def _has_names(row: Sequence[str]) -> bool:
    names = {cell.casefold() for cell in row}
    return any(names >= known for known in _KNOWN)
