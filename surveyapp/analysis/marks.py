"""Marks as whole numbers: the values that theme scores and items take, and how often, per organisation and role.

A theme score is a fraction (total / answered). Written over one denominator it is a whole number, so that means and
ties can be compared exactly.
"""

from dataclasses import dataclass
from math import lcm
from typing import Final

import numpy as np

from surveyapp.analysis.agreement import Integers
from surveyapp.analysis.cells import Cells, Items, answer_counts, required, whole
from surveyapp.analysis.counts import Counts
from surveyapp.analysis.theme_marks import least
from surveyapp.questionnaires.questionnaire import Questionnaire

THEME: Final = "theme"
ITEM: Final = "item"


@dataclass(frozen=True, eq=False)
class Marks:
    """How often every mark of one theme or item was given, by organisation and role."""

    level: str
    """``theme`` or ``item``."""
    key: str
    unit: int
    """A value of ``unit`` is one scale point."""
    values: Integers
    """(values,) the different marks, ascending, in units; reverse items turned round."""
    counts: Integers
    """(organisations, roles, values) respondents, in the order of the region and of the roles."""

    @property
    def n(self) -> Integers:
        """(organisations, roles) respondents with a mark."""
        return np.asarray(self.counts.sum(axis=2))

    @property
    def totals(self) -> Integers:
        """(organisations, roles) sum of the marks, in units."""
        return np.asarray(self.counts @ self.values)


def region_marks(counts: Counts, questionnaire: Questionnaire) -> tuple[Marks, ...]:
    """Every theme, then every scored item, in questionnaire order, for the organisations of ``counts.region``.

    A respondent has a theme score when at least half of the scored items put to their role were answered (the half
    rule). An item's marks are the points of its scale; don't know, not applicable and skipped are not among them.
    """
    items = Items.of(questionnaire)
    cells = Cells.of(counts, [role.key for role in questionnaire.roles])
    return (*_theme_marks(counts, items, cells), *_item_marks(counts, items, cells))


def _theme_marks(counts: Counts, items: Items, cells: Cells) -> list[Marks]:
    rows = counts.themes[counts.themes["theme"].isin(items.themes)]
    theme, (organisation, role) = required(rows["theme"], items.themes), cells.place(rows)
    answered, total, count = whole(rows["answered"]), whole(rows["total"]), whole(rows["count"])
    put = items.put[theme, role]
    scored = (answered >= least(put)) & (answered > 0) & (put > 0)
    found = []
    for place, key in enumerate(items.themes):
        here = scored & (theme == place)
        unit = lcm(*(int(number) for number in np.unique(answered[here])))
        values, index = np.unique(total[here] * (unit // np.maximum(answered[here], 1)), return_inverse=True)
        cube = np.zeros((*cells.invited.shape, len(values)), dtype=np.int64)
        np.add.at(cube, (organisation[here], role[here], index), count[here])
        found.append(Marks(THEME, key, unit, values, cube[cells.region]))
    return found


def _item_marks(counts: Counts, items: Items, cells: Cells) -> list[Marks]:
    given = answer_counts(counts, items, cells)[:, cells.region]
    points = [np.arange(1, size + 1, dtype=np.int64) for size in items.points]
    return [
        Marks(ITEM, key, 1, codes, given[place, :, :, : len(codes)])
        for place, (key, codes) in enumerate(zip(items.keys, points, strict=True))
    ]
