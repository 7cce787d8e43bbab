"""Scores of every item and theme, for every organisation and role, from the tallies.

Arrays have the axes (key, organisation, role); ``all`` stands last on the second and third. ``docs/method.md`` defines
every column. The cost depends on the size of the tallies, not on the number of respondents.
"""

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from surveyapp.analysis import agreement, bounds, spread
from surveyapp.analysis.agreement import Integers, Numbers, mean_of_known, ratio
from surveyapp.analysis.cells import Cells, Flags, Items, named
from surveyapp.analysis.intervals import limits_of_means
from surveyapp.analysis.results import SCORE_COLUMNS
from surveyapp.analysis.tallies import Tallies

Column = NDArray[Any]
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
        **spread.agreement_of_items(marks, items.points),
        "dk": dont_know,
        "na": not_applicable,
        "skipped": skipped,
        **spread.shares_of_items(marks, items.points, n, cells.with_all(could), closed),
    }


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
        **spread.agreement_of_themes(by_item, items),
        **{count: np.tensordot(items.members, by_item[count], axes=1) for count in ("dk", "na", "skipped")},
        **spread.no_shares(n.shape),
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
