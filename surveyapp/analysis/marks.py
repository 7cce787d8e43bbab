"""Marks as whole numbers: the values that theme scores and items take, and how often, per organisation and role.

A theme score is a fraction (total / answered). Written over one denominator it is a whole number, so that ties can be
told exactly.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import lcm
from typing import Final

import numpy as np

from surveyapp.analysis.agreement import Integers, Numbers, ratio
from surveyapp.analysis.cells import Flags, Items, add_up

THEME: Final = "theme"
ITEM: Final = "item"
FINEST: Final = 1_000_000_000
"""Parts of a scale point, at most; themes of dozens of items have no smaller common denominator and are rounded."""


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
    """(organisations, roles, values) respondents."""

    @property
    def n(self) -> Integers:
        """(organisations, roles) respondents with a mark."""
        return np.asarray(self.counts.sum(axis=2))

    @property
    def means(self) -> Numbers:
        """(organisations, roles) in scale points; NaN where nobody has a mark."""
        return ratio(self.counts @ self.values, self.n) / self.unit


@dataclass(frozen=True, eq=False)
class ThemeTally:
    """The rows of the theme tally as arrays; ``theme``, ``organisation`` and ``role`` are places."""

    theme: Integers
    organisation: Integers
    role: Integers
    answered: Integers
    total: Integers
    count: Integers

    def scored(self, items: Items) -> Flags:
        """The rows of respondents with a theme score: enough of the scored items put to their role answered."""
        put = items.put[self.theme, self.role]
        enough = least(put, items.least_answered[self.theme])
        found: Flags = (self.answered >= enough) & (self.answered > 0) & (put > 0)
        return found


def least(put: Integers, percent: Integers | int) -> Integers:
    """How many of these items must be answered: ceil(put * percent / 100).

    With 50 per cent the half rule (Siddiqui 2015 on person means).
    """
    return -(-put * percent // 100)


def theme_marks(tally: ThemeTally, items: Items, shape: tuple[int, int]) -> Iterator[Marks]:
    """Every theme in questionnaire order, for all organisations and roles (``shape``)."""
    scored = tally.scored(items)
    for place, key in enumerate(items.themes):
        here = np.flatnonzero(scored & (tally.theme == place))
        answered, total = tally.answered[here], tally.total[here]
        unit = min(lcm(*np.unique(answered).tolist()), FINEST)
        values, index = np.unique(np.rint(total * (unit / answered)).astype(np.int64), return_inverse=True)
        at = (tally.organisation[here], tally.role[here], index)
        yield Marks(THEME, key, unit, values, add_up((*shape, len(values)), at, tally.count[here]))


def item_marks(answers: Integers, items: Items) -> Iterator[Marks]:
    """Every scored item in questionnaire order; ``answers`` (I, O, R, c + 3) as in ``Tallies``.

    An item's marks are the points of its scale; don't know, not applicable and skipped are not among them.
    """
    for place, key in enumerate(items.keys):
        points = np.arange(1, items.points[place] + 1, dtype=np.int64)
        yield Marks(ITEM, key, 1, points, answers[place, :, :, : len(points)])
