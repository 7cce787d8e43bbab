"""Two tidy frames about the answers to every question."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from surveyapp.analysis import agreement
from surveyapp.analysis.agreement import Integers, Numbers, ratio
from surveyapp.analysis.answered.table import Table
from surveyapp.analysis.cells import Cells, Flags, named
from surveyapp.questionnaires.questionnaire import DONT_KNOW

DISTRIBUTION_COLUMNS: Final = ("question", "option", "organisation", "role", "answer", "count", "share")
"""A row per question, option, organisation, role and answer, zeros included; ``all`` is the region, and all roles.

``option`` is empty where a question is answered with one code; else the row is about that option: 1 or 0 for one that
could be ticked, the place in a ranking (0 for none). ``answer`` is empty for skipped. The counts of a cell add up to
everybody to whom the question was put. ``share`` is of the answers about the matter; of "don't know" it is of those and
itself together; empty for "not applicable" and skipped, and where nobody answered.
"""
MEASURE_COLUMNS: Final = (
    *("question", "option", "organisation", "role", "asked", "n"),
    *("mean", "median", "first", "borda"),
)
"""A row per question, option, organisation and role; missing is NaN.

``asked``: to how many it was put. ``n``: how many answered about the matter. ``mean`` and ``median``: of a scale that
is no part of a score (turned round where it is worded so), a mark, a number, the points of an option, the level on a
ladder; in a ranking of the places of an option, among who gave it one. ``first``: how many put it first.
``borda``: mean over ``n`` of top + 1 - place, 0 without a place.
"""


def distributions(tables: Sequence[Table], cells: Cells) -> pd.DataFrame:
    """How often each answer was given (``DISTRIBUTION_COLUMNS``)."""
    parts = [_distribution(table, cells) for table in tables]
    return _frame(DISTRIBUTION_COLUMNS, parts)


def measures(tables: Sequence[Table], cells: Cells) -> pd.DataFrame:
    """What sums the answers up (``MEASURE_COLUMNS``)."""
    return _frame(MEASURE_COLUMNS, [_measured(table, cells) for table in tables])


def shares(counts: Integers, codes: Sequence[str], valid: Flags) -> Numbers:
    """(..., A) -> (..., A): the share of each answer, see ``DISTRIBUTION_COLUMNS``."""
    n = counts[..., valid].sum(axis=-1, keepdims=True)
    found = ratio(counts, n)
    found[..., ~valid] = np.nan
    if DONT_KNOW in codes:
        place = codes.index(DONT_KNOW)
        found[..., place] = ratio(counts[..., place], n[..., 0] + counts[..., place])
    return found


def measured(counts: Integers, worth: Numbers, valid: Flags, places: int) -> dict[str, NDArray[Any]]:
    """(..., A) -> the columns of ``MEASURE_COLUMNS`` from ``asked`` on, each (...,)."""
    n = counts[..., valid].sum(axis=-1)
    known = ~np.isnan(worth)
    order = np.flatnonzero(known)[np.argsort(worth[known], kind="stable")]
    marks, of = counts[..., order], worth[order]
    empty = np.full(n.shape, np.nan)
    placed = places + 1 - of if places else of
    return {
        "asked": counts.sum(axis=-1),
        "n": n,
        "mean": ratio(marks @ of, marks.sum(axis=-1)) if len(of) else empty,
        "median": agreement.median(marks, of) if len(of) else empty,
        "first": marks[..., 0].astype(np.float64) if places else empty,
        "borda": ratio(marks @ placed, n) if places else empty,
    }


def _cells_of(table: Table, cells: Cells) -> tuple[Integers, NDArray[np.intp], NDArray[np.intp]]:
    """(cells, A): the counts of every organisation and role that was asked, with their places."""
    everywhere = cells.with_all(table.counts[None])[0]
    asked = np.flatnonzero(np.append(table.put, True))
    counts = everywhere[:, asked]
    row, column = np.indices(counts.shape[:2]).reshape(2, -1)
    return counts.reshape(-1, counts.shape[-1]), row, asked[column]


def _distribution(table: Table, cells: Cells) -> dict[str, Any]:
    counts, row, column = _cells_of(table, cells)
    size = len(table.codes)
    return {
        "question": _repeated(table.question, counts.size),
        "option": _repeated(table.option, counts.size),
        "organisation": named(cells.rows, np.repeat(row, size)),
        "role": named(cells.columns, np.repeat(column, size)),
        "answer": named(table.codes, np.tile(np.arange(size), len(counts))),
        "count": counts.ravel(),
        "share": shares(counts, table.codes, table.valid).ravel(),
    }


def _measured(table: Table, cells: Cells) -> dict[str, Any]:
    counts, row, column = _cells_of(table, cells)
    return {
        "question": _repeated(table.question, len(counts)),
        "option": _repeated(table.option, len(counts)),
        "organisation": named(cells.rows, row),
        "role": named(cells.columns, column),
        **measured(counts, table.worth, table.valid, table.places),
    }


def _repeated(word: str, times: int) -> pd.api.extensions.ExtensionArray:
    return named((word,), np.zeros(times, np.intp))


def _frame(columns: Sequence[str], parts: Sequence[dict[str, Any]]) -> pd.DataFrame:
    if not parts:
        return empty(columns)
    return pd.concat([pd.DataFrame(part, columns=list(columns)) for part in parts], ignore_index=True)


def empty(columns: Sequence[str]) -> pd.DataFrame:
    """A frame without rows, with columns of the right kinds."""
    texts = {"question", "option", "organisation", "role", "answer", "suppressed"}
    whole = {"count", "asked", "n"}
    kinds = {name: "str" if name in texts else "int64" if name in whole else "float64" for name in columns}
    return pd.DataFrame(columns=list(columns)).astype(kinds)
