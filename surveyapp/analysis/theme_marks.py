"""The marks that respondents' theme scores give, from the theme tally.

A respondent's theme score is the mean of the scored items answered, if at least half of those put to the role were
answered (the half rule; Siddiqui 2015 on person means).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from surveyapp.analysis import agreement
from surveyapp.analysis.agreement import Integers, Numbers, ratio
from surveyapp.analysis.cells import Cells, Items, required, whole
from surveyapp.analysis.counts import Counts


@dataclass(frozen=True)
class ThemeMarks:
    """Arrays over (theme, organisation, role); ``mean`` and ``median`` with the totals ``all``, the counts without."""

    responded: Integers
    """Everybody who was asked any scored item of the theme and answered anything at all."""
    n: Integers
    """Those with a theme score."""
    mean: Numbers
    median: Numbers

    @classmethod
    def of(cls, counts: Counts, items: Items, cells: Cells) -> "ThemeMarks":
        rows = counts.themes
        at = (required(rows["theme"], items.themes), *cells.place(rows))
        answered, total, count = whole(rows["answered"]), whole(rows["total"]), whole(rows["count"])
        put = items.put[at[0], at[2]]
        shape = (*items.put.shape[:1], *cells.invited.shape)
        scored = (answered >= least(put)) & (answered > 0) & (put > 0)
        kept = tuple(axis[scored] for axis in at)
        sums = _add(shape, int(items.put.max(initial=0)) + 1, kept, answered[scored], (total * count)[scored])
        values, place = _possible_marks(items)
        marks = _add(shape, len(values), kept, place[answered[scored], total[scored]], count[scored])
        with_all = cells.with_all(marks)
        divisors = np.maximum(np.arange(sums.shape[-1]), 1)
        return cls(
            responded=_add(shape, 1, at, np.zeros(len(put), np.int64), count * (put > 0))[..., 0],
            n=marks.sum(axis=-1),
            # sums of whole numbers first, so that the order of the tally's rows cannot show
            mean=ratio((cells.with_all(sums) / divisors).sum(axis=-1), with_all.sum(axis=-1)),
            median=agreement.median(with_all, values),
        )


def least(put: Integers) -> Integers:
    """The half rule: how many of these items must be answered, ceil(put / 2)."""
    return (put + 1) // 2


def _possible_marks(items: Items) -> tuple[Numbers, NDArray[np.intp]]:
    """Every mark total / answered that can occur, ascending, and the place of each (answered, total) among them."""
    most = int(items.put.max(initial=0))
    answered = np.maximum(np.arange(most + 1), 1)[:, None]
    marks, place = np.unique(np.arange(most * items.most_points + 1) / answered, return_inverse=True)
    return marks, place.reshape(most + 1, -1)


def _add(
    shape: tuple[int, ...], length: int, at: tuple[Integers, ...], place: NDArray[np.integer], amount: Integers
) -> Integers:
    found = np.zeros((*shape, length), dtype=np.int64)
    np.add.at(found, (*at, place), amount)
    return found
