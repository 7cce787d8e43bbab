"""Shares of the answers to a scored question: favourable, unfavourable and "don't know"."""

from typing import Final

import numpy as np
import pandas as pd

from surveyapp.analysis.agreement import Integers, Numbers, ratio
from surveyapp.analysis.cells import named
from surveyapp.analysis.tallies import Tallies

SHARE_COLUMNS: Final = (
    "key",
    "organisation",
    "role",
    "n",
    "favourable",
    "unfavourable",
    "dont_know",
    "lower_median",
    "upper_median",
)


def shares(tallies: Tallies) -> pd.DataFrame:
    """One row per scored item, organisation and role, with the totals ``all`` (``SHARE_COLUMNS``).

    ``favourable`` and ``unfavourable``: of the ``n`` marks those above and below the middle of the scale (4 and 5, 1
    and 2, of five points), reverse items turned round; a middle point is neither. ``dont_know``: of marks and don't
    knows together; not applicable and skipped stay outside both. ``lower_median`` and ``upper_median``: the two middle
    marks, the same where their number is odd. NaN without answers.
    """
    items, cells = tallies.items, tallies.cells
    marks = cells.with_all(tallies.answers[..., : items.most_points])
    dont_know = cells.with_all(tallies.answers[..., items.most_points])
    n = np.asarray(marks.sum(axis=-1))
    columns = (
        n,
        *(ratio(side, n) for side in sides(marks, items.points)),
        ratio(dont_know, n + dont_know),
        *middle_marks(marks),
    )
    key, row, column = np.indices(n.shape).reshape(3, -1)
    names = named(items.keys, key), named(cells.rows, row), named(cells.columns, column)
    return pd.DataFrame(dict(zip(SHARE_COLUMNS, (*names, *(part.ravel() for part in columns)), strict=True)))


def middle_marks(counts: Integers) -> tuple[Numbers, Numbers]:
    """The lower and the upper of the two middle marks 1..c of ``counts`` (..., c); NaN without answers."""
    running, n = counts.cumsum(axis=-1), counts.sum(axis=-1)
    lower = (running >= ((n + 1) // 2)[..., None]).argmax(axis=-1) + 1.0
    upper = (running >= (n // 2 + 1)[..., None]).argmax(axis=-1) + 1.0
    return np.where(n > 0, lower, np.nan), np.where(n > 0, upper, np.nan)


def sides(marks: Integers, points: Integers) -> tuple[Integers, Integers]:
    """How many marks lie above, and how many below, the middle of each item's scale.

    ``marks`` (I, ..., c) as analysed, ``points`` (I,). Of five points the two highest and the two lowest.
    """
    twice, middle = 2 * np.arange(1, marks.shape[-1] + 1), (points + 1)[:, None]
    chosen = ((twice > middle) & (twice <= 2 * points[:, None]), twice < middle)
    above, below = (np.einsum("i...c,ic->i...", marks, side.astype(np.int64)) for side in chosen)
    return above, below
