"""The columns of scores that tell how the answers of a cell are spread: agreement, and shares with their limits.

Arrays have the axes (key, organisation, role, ...), with the totals ``all``, as in ``scores``.
"""

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from surveyapp.analysis import agreement
from surveyapp.analysis.agreement import Integers, mean_of_known, ratio
from surveyapp.analysis.cells import Flags, Items
from surveyapp.analysis.finite_shares import limits
from surveyapp.analysis.shares import sides

Column = NDArray[Any]
MINIMUM_FOR_AGREEMENT: Final = 4
"""With fewer respondents even random answers often look agreed, so the indices stay silent."""
_AVERAGED: Final = ("ad", "agreement", "consensus")
"""Indices that a theme has as the mean of its items', because what they are held against is for items."""
_SHARES: Final = ("top", "bottom", "top_lower", "top_upper")


def agreement_of_items(marks: Integers, points: Integers) -> dict[str, Column]:
    """``ad``, ``agreement``, ``rwg`` and ``consensus`` per item, each against the scale of its own."""
    indices = {
        "ad": agreement.deviation_from_median,
        "agreement": agreement.agreement,
        "rwg": agreement.within_group,
        "consensus": agreement.consensus,
    }
    found = {name: np.full(marks.shape[:-1], np.nan) for name in indices}
    for size in np.unique(points):
        alike = points == size
        for name, index in indices.items():
            found[name][alike] = index(marks[alike][..., :size])
    few = marks.sum(axis=-1) < MINIMUM_FOR_AGREEMENT
    return {name: np.where(few, np.nan, values) for name, values in found.items()}


def agreement_of_themes(by_item: Mapping[str, Column], items: Items) -> dict[str, Column]:
    """The means of the items' indices, and rwg(j) for ``rwg``."""
    found = {name: np.full((len(items.themes), *by_item["n"].shape[1:]), np.nan) for name in (*_AVERAGED, "rwg")}
    for place, members in enumerate(items.members.astype(bool)):
        for name in _AVERAGED:
            found[name][place] = mean_of_known(by_item[name][members], axis=0)
        found["rwg"][place] = agreement.within_group_theme(np.moveaxis(by_item["rwg"][members], 0, -1))
    return found


def shares_of_items(
    marks: Integers, points: Integers, n: Integers, could: Integers, closed: Flags
) -> dict[str, Column]:
    """The shares above and below the middle of the scale, and the limits of the first among all who could say it."""
    above, below = sides(marks, points)
    lower, upper = limits(above, n, could, closed)
    return {"top": ratio(above, n), "bottom": ratio(below, n), "top_lower": lower, "top_upper": upper}


def no_shares(shape: tuple[int, ...]) -> dict[str, Column]:
    """Of a theme: its scores are averages, of which none is one of the two highest points."""
    return {name: np.full(shape, np.nan) for name in _SHARES}
