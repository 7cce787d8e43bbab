"""Scores of every item and theme, for every organisation and role, from the tallies.

Arrays have the axes (key, organisation, role); ``all`` stands last on the second and third. ``docs/method.md`` defines
every column. The cost depends on the size of the tallies, not on the number of respondents.
"""

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from surveyapp.analysis import agreement, bounds
from surveyapp.analysis.agreement import Integers, Numbers, mean_of_known, ratio
from surveyapp.analysis.cells import Cells, Flags, Items, named
from surveyapp.analysis.finite_shares import limits
from surveyapp.analysis.intervals import limits_of_means
from surveyapp.analysis.results import SCORE_COLUMNS
from surveyapp.analysis.shares import sides
from surveyapp.analysis.tallies import Tallies

Column = NDArray[Any]
MINIMUM_FOR_AGREEMENT: Final = 4
"""With fewer respondents even random answers often look agreed, so the indices stay silent."""
LOWEST: Final = 1


def score(tallies: Tallies) -> pd.DataFrame:
    """One row per level, key, organisation and role, in the order of questionnaire and study; ``SCORE_COLUMNS``.

    Organisation ``all`` is the region, role ``all`` everybody who was asked. Numbers of people are whole, means and
    bounds in scale points; what cannot be said is NaN.
    """
    items, cells = tallies.items, tallies.cells
    by_item = _item_columns(tallies.answers, items, cells)
    by_theme = _theme_columns(tallies, by_item)
    for side, found in zip(("interval_lower", "interval_upper"), limits_of_means(tallies), strict=True):
        by_theme[side], by_item[side] = np.split(found, [len(items.themes)])
    return _frame({("item", items.keys): by_item, ("theme", items.themes): by_theme}, cells)


def _item_columns(answers: Integers, items: Items, cells: Cells) -> dict[str, Column]:
    size = items.most_points
    marks = cells.with_all(answers[..., :size])
    invited = cells.invited * items.asked[:, None, :]
    dont_know, not_applicable, skipped = (cells.with_all(answers[..., size + place]) for place in range(3))
    n, mean = marks.sum(axis=-1), agreement.mean(marks)
    could = invited - answers[..., size + 1]
    highest = (items.points[:, None] * items.asked)[:, None, :]
    closed = cells.with_all((n[:, :-1, :-1] > could).astype(np.int64)) == 0
    return {
        "invited": cells.with_all(invited),
        "responded": n + dont_know + not_applicable + skipped,
        "n": n,
        "mean": mean,
        **_across(mean, n, could, expected(invited, answers.sum(axis=-1)), highest, cells),
        "median": agreement.median(marks),
        **_agreement(marks, items.points),
        "dk": dont_know,
        "na": not_applicable,
        "skipped": skipped,
        **_shares(marks, items.points, n, cells.with_all(could), closed),
    }


def _shares(marks: Integers, points: Integers, n: Integers, could: Integers, closed: Flags) -> dict[str, Column]:
    """The shares above and below the middle of the scale, and the limits of the first among all who could say it."""
    above, below = sides(marks, points)
    lower, upper = limits(above, n, could, closed)
    return {"top": ratio(above, n), "bottom": ratio(below, n), "top_lower": lower, "top_upper": upper}


def _theme_columns(tallies: Tallies, by_item: dict[str, Column]) -> dict[str, Column]:
    items, cells, responded = tallies.items, tallies.cells, tallies.responded
    invited = cells.invited * (items.put > 0)[:, None, :]
    n, mean, median = _theme_marks(tallies)
    return {
        "invited": cells.with_all(invited),
        "responded": cells.with_all(responded),
        "n": n,
        "mean": mean,
        **_across(mean, n, invited, expected(invited, responded), items.highest[:, None, :], cells),
        "median": median,
        **_theme_agreement(by_item, items),
        **{count: np.tensordot(items.members, by_item[count], axes=1) for count in ("dk", "na", "skipped")},
        **{share: np.full(n.shape, np.nan) for share in ("top", "bottom", "top_lower", "top_upper")},
    }


def _theme_marks(tallies: Tallies) -> tuple[Integers, Numbers, Numbers]:
    """Over (theme, organisation, role) with the totals ``all``: respondents with a theme score, mean and median."""
    shape = (len(tallies.items.themes), *(size + 1 for size in tallies.cells.shape))
    n, mean, median = np.zeros(shape, np.int64), np.full(shape, np.nan), np.full(shape, np.nan)
    for place in range(shape[0]):
        marks = tallies.marks[place]
        counts = tallies.cells.with_all(marks.counts[None])[0]
        n[place] = counts.sum(axis=-1)
        mean[place] = ratio(counts @ marks.values, n[place]) / marks.unit
        median[place] = agreement.median(counts, marks.values) / marks.unit
    return n, mean, median


def expected(invited: Integers, responded: Integers) -> Flags:
    """The roles that a balanced score needs: those that were invited, or came by an open link."""
    return (invited > 0) | (responded > 0)


def _across(
    mean: Numbers, n: Integers, could: Integers, needed: Flags, highest: Integers, cells: Cells
) -> dict[str, Column]:
    """The means over organisations and over roles, and the bounds.

    ``mean`` and ``n`` have totals; ``could`` (who could have had a score), ``needed`` and ``highest`` have none.
    """
    per_role = mean[:, :-1, :-1]
    balance = _balance(per_role, needed, cells)
    equal, balanced = np.full(mean.shape, np.nan), np.full(mean.shape, np.nan)
    equal[:, -1, :] = mean_of_known(mean[:, :-1][:, cells.region], axis=1)
    balanced[:, :, -1] = balance[:, :, -1]
    found = {"equal": equal, "balanced": balanced}
    limits = bounds.non_response(per_role, n[:, :-1, :-1], could, LOWEST, highest)
    for name, per_role_limit in zip(("lower", "upper"), limits, strict=True):
        found[name] = _balance(per_role_limit, needed, cells)
        # a bound of the region bounds its mean only if every organisation in that mean has one
        unbounded = np.isnan(found[name]) & ~np.isnan(balance)
        found[name][:, -1][unbounded[:, :-1][:, cells.region].any(axis=1)] = np.nan
    return found


def _balance(per_role: Numbers, needed: Flags, cells: Cells) -> Numbers:
    """(key, O, R) -> (key, O+1, R+1): beside the roles their mean with equal weights, below the region's mean.

    The balanced value is NaN where a needed role has none.
    """
    total = np.where(needed, per_role, 0).sum(axis=2, keepdims=True)
    everybody = np.concatenate([per_role, ratio(total, needed.sum(axis=2, keepdims=True))], axis=2)
    region = mean_of_known(everybody[:, cells.region], axis=1)
    return np.concatenate([everybody, region[:, None, :]], axis=1)


def _agreement(marks: Integers, points: Integers) -> dict[str, Column]:
    """The indices per item, each against the scale of its own."""
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


def _theme_agreement(by_item: dict[str, Column], items: Items) -> dict[str, Column]:
    """The means of the items' indices, and rwg(j)."""
    averaged = ("ad", "agreement", "consensus")
    found = {name: np.full((len(items.themes), *by_item["n"].shape[1:]), np.nan) for name in (*averaged, "rwg")}
    for place, members in enumerate(items.members.astype(bool)):
        for name in averaged:
            found[name][place] = mean_of_known(by_item[name][members], axis=0)
        found["rwg"][place] = agreement.within_group_theme(np.moveaxis(by_item["rwg"][members], 0, -1))
    return found


def _frame(levels: Mapping[tuple[str, tuple[str, ...]], dict[str, Column]], cells: Cells) -> pd.DataFrame:
    keys = [(level, key) for level, names in levels for key in names]
    key, row, column = np.indices((len(keys), len(cells.rows), len(cells.columns))).reshape(3, -1)
    names: dict[str, Any] = {
        "level": named([level for level, _ in keys], key),
        "key": named([name for _, name in keys], key),
        "organisation": named(cells.rows, row),
        "role": named(cells.columns, column),
    }
    numbers = {
        name: np.concatenate([columns[name].ravel() for columns in levels.values()])
        for name in SCORE_COLUMNS[len(names) :]
    }
    return pd.DataFrame(names | numbers)
