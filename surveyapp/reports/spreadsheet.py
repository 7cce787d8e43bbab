"""Tables for a spreadsheet, in which no cell can become a formula.

A name that begins with ``=`` would be calculated by who opens the file (OWASP, "CSV injection").
"""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

BEGINS_A_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")


def table(header: Sequence[str], rows: Iterable[Sequence[str | int]]) -> str:
    """CSV as spreadsheets in the Netherlands open it: semicolons, CRLF, and a byte order mark for UTF-8.

    A text cell that would be a formula gets an apostrophe in front; numbers stay numbers.
    """
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([harmless(cell) for cell in header])
    writer.writerows([[harmless(cell) if isinstance(cell, str) else cell for cell in row] for row in rows])
    return "\ufeff" + text.getvalue()


def harmless(cell: str) -> str:
    """The words of a cell, which no spreadsheet calculates.

    What already has apostrophes in front of a formula gets one more: taking one away gives the words back.
    """
    return f"'{cell}" if cell.lstrip(" '").startswith(BEGINS_A_FORMULA) else cell
