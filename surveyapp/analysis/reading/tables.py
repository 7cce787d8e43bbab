"""CSV files into frames of words, with every fault of the writing and the line on which each row stands.

Files can be large: columns are categories, so that a row costs a few bytes however long its words are.
"""

import csv
from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pandas.api.types import union_categoricals

from surveyapp.questionnaires.problem import Problem

Flags = NDArray[np.bool_]
PLACES_PER_SUBJECT: Final = 20
"""So many lines are named for one and the same fault; a last line counts the others."""
PLACES_PER_CHECK: Final = 500
_ROWS_AT_ONCE: Final = 250_000


@dataclass(frozen=True)
class Table:
    """A file's rows as categories of words, never missing; ``lines`` says where each row begins."""

    path: Path
    frame: pd.DataFrame
    lines: "array[int]"

    def codes(self, column: str) -> NDArray[np.int64]:
        """The place of each row's word in ``words(column)``."""
        return np.asarray(self.frame[column].cat.codes, dtype=np.int64)

    def words(self, column: str) -> list[str]:
        """The different words of a column."""
        words: list[str] = self.frame[column].cat.categories.tolist()
        return words

    def word(self, column: str, row: int) -> str:
        return str(self.frame[column].iat[row])

    def where(self, column: str, condition: Callable[[str], bool]) -> Flags:
        """The rows whose word meets a condition, which is asked once per different word."""
        met = np.array([condition(word) for word in self.words(column)], dtype=bool)
        return met[self.codes(column)] if len(self.frame) else np.zeros(0, dtype=bool)

    def problem(self, row: int, message: str) -> Problem:
        return Problem(self.path, self.lines[row], message)

    def problems(
        self, faulty: Flags, sentence: Callable[[int], str], subject: NDArray[np.int64] | None = None
    ) -> Iterator[Problem]:
        """A problem per faulty row; of the same ``subject`` and in all no more than a person can read."""
        rows = np.flatnonzero(faulty)
        of = np.zeros(len(rows), np.int64) if subject is None else subject[rows]
        limit = PLACES_PER_CHECK if subject is None else PLACES_PER_SUBJECT
        shown = rows[pd.Series(of).groupby(of).cumcount().to_numpy() < limit][:PLACES_PER_CHECK]
        yield from (self.problem(int(row), sentence(int(row))) for row in shown)
        if len(shown) < len(rows):
            rest = int(np.setdiff1d(rows, shown)[0])
            count = len(rows) - len(shown)
            yield self.problem(rest, f"and {count} more lines from here on with such a fault: correct them likewise")


def read_table(path: Path, needed: Sequence[str], optional: Sequence[str] = ()) -> tuple[Table | None, list[Problem]]:
    """A comma-separated UTF-8 file with these columns in any order; no table where its writing has faults."""
    problems, lines = _writing(path, needed, optional)
    if problems:
        return None, problems
    parts: dict[str, list[pd.Categorical[Any]]] = {}
    for chunk in pd.read_csv(
        path, dtype=str, keep_default_na=False, encoding="utf-8-sig", chunksize=_ROWS_AT_ONCE, index_col=False
    ):
        for column in chunk.columns:
            parts.setdefault(column, []).append(pd.Categorical(chunk[column]))
    frame = pd.DataFrame({column: union_categoricals(of) for column, of in parts.items()})
    return Table(path, frame, lines), []


def _writing(path: Path, needed: Sequence[str], optional: Sequence[str]) -> "tuple[list[Problem], array[int]]":
    """The faults of a file's writing, and the line on which each row begins."""
    lines = array("Q")
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file, strict=True)
        try:
            header = next(reader, [])
            problems = _header_problems(path, header, needed, optional)
            if not problems:
                problems = list(_row_problems(path, reader, len(header), lines))
        except UnicodeDecodeError:
            problems = [Problem(path, _line_of_bad_byte(path), "has a character that is not UTF-8: save it as UTF-8")]
        except csv.Error as failure:
            place = (lines[-1] if lines else 0) + 1
            problems = [Problem(path, place, f"cannot be read ({failure}): look at the quotes here and just below")]
    return problems, lines


def _header_problems(path: Path, header: list[str], needed: Sequence[str], optional: Sequence[str]) -> list[Problem]:
    expected = ",".join(needed) + (f" and optionally {','.join(optional)}" if optional else "")
    if not header:
        return [Problem(path, 1, f"is empty: begin with the header {expected}")]
    for separator, name in ((";", "semicolons"), ("\t", "tabs")):
        if len(header) == 1 and separator in header[0]:
            return [Problem(path, 1, f"is separated by {name}: save it with commas, header {expected}")]
    found = [
        *(f"has no column '{name}'" for name in needed if name not in header),
        *(f"has an unknown column '{name}'" for name in header if name not in {*needed, *optional}),
        *(f"has the column '{name}' twice" for name in dict.fromkeys(header) if header.count(name) > 1),
    ]
    return [Problem(path, 1, f"{fault}: the header is {expected}") for fault in found]


def _row_problems(path: Path, reader: Any, width: int, lines: "array[int]") -> Iterator[Problem]:  # noqa: ANN401
    """Rows with too many or too few values; fills ``lines``. ``reader`` is a csv reader past its header."""
    found, last = 0, reader.line_num
    for row in reader:
        if row:
            lines.append(last + 1)
            if len(row) != width:
                found += 1
                if found <= PLACES_PER_CHECK:
                    advice = "put a text with a comma between quotes" if len(row) > width else "add what is missing"
                    yield Problem(path, last + 1, f"has {len(row)} values where the header has {width}: {advice}")
        last = reader.line_num
    if found > PLACES_PER_CHECK:
        yield Problem(path, last, f"{found - PLACES_PER_CHECK} more rows have another number of values: correct them")


def _line_of_bad_byte(path: Path) -> int:
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            try:
                line.decode("utf-8")
            except UnicodeDecodeError:
                return number
    return 1


def blanks(table: Table, columns: Sequence[str]) -> Iterator[Problem]:
    """Rows without a value that every row needs."""
    for column in columns:
        yield from table.problems(
            table.where(column, lambda word: not word.strip()),
            lambda _: f"{column} is empty: fill it in",  # noqa: B023 - used up before the next column
        )


def unknown_roles(table: Table, known: Sequence[str]) -> Iterator[Problem]:
    """Rows of a role that the questionnaire does not have."""
    yield from table.problems(
        table.where("role", lambda word: word not in known and word != ""),
        lambda row: f"role '{table.word('role', row)}' is not in the questionnaire: use {', '.join(known)}",
        table.codes("role"),
    )
