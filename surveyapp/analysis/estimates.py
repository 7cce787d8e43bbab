"""Mean and spread of every cell, and how many people could have been in it: what intervals and waves start from."""

from dataclasses import dataclass

import numpy as np

from surveyapp.analysis.agreement import Integers, Numbers, ratio
from surveyapp.analysis.bounds import non_response
from surveyapp.analysis.cells import Cells
from surveyapp.analysis.marks import Marks
from surveyapp.analysis.tallies import Tallies

LOWEST = 1


@dataclass(frozen=True, eq=False)
class Estimates:
    """Arrays (K, O+1, R+1): the themes, then the scored items, in questionnaire order; ``all`` stands last.

    Means in scale points over all respondents of the cell together, the headline of a study. What cannot be said is
    NaN.
    """

    levels: tuple[str, ...]
    keys: tuple[str, ...]
    points: Integers
    """(K,): the points of the scale."""
    cells: Cells
    n: Integers
    could: Integers
    """Invited people who could have had a score; of an item without those to whom it does not apply."""
    mean: Numbers
    variance: Numbers
    """Of the scores, over n - 1."""
    lower: Numbers
    """Bounds of non-response on the mean of everybody invited (``bounds.non_response``)."""
    upper: Numbers

    @classmethod
    def of(cls, tallies: Tallies) -> "Estimates":
        moments = [_moments(marks, tallies.cells) for marks in tallies.marks]
        shape = (0, *(size + 1 for size in tallies.cells.shape))
        n = np.array([found[0] for found in moments], np.int64).reshape(-1, *shape[1:])
        mean, variance = (
            np.array([found[part] for found in moments], np.float64).reshape(-1, *shape[1:]) for part in (1, 2)
        )
        points, could = _points(tallies), _could(tallies)
        closed = tallies.cells.with_all((n[:, :-1, :-1] > could).astype(np.int64)) == 0
        limits = non_response(mean, n, tallies.cells.with_all(could), LOWEST, points[:, None, None])
        lower, upper = (np.where(closed, limit, np.nan) for limit in limits)
        return cls(
            tuple(marks.level for marks in tallies.marks),
            tuple(marks.key for marks in tallies.marks),
            points,
            tallies.cells,
            n,
            tallies.cells.with_all(could),
            mean,
            variance,
            lower,
            upper,
        )


def _moments(marks: Marks, cells: Cells) -> tuple[Integers, Numbers, Numbers]:
    """(O+1, R+1): respondents, mean and variance; distances from a whole number, so that equal marks give exactly 0."""
    counts = cells.with_all(marks.counts[None])[0]
    n = np.asarray(counts.sum(axis=-1))
    if not len(marks.values):
        return n, np.full(n.shape, np.nan), np.full(n.shape, np.nan)
    mean = ratio(counts @ marks.values, n)
    away = (marks.values - np.rint(np.nan_to_num(mean))[..., None]) / marks.unit
    squares = (counts * away**2).sum(axis=-1) - ratio((counts * away).sum(axis=-1) ** 2, n)
    return n, mean / marks.unit, ratio(np.maximum(squares, 0), n - 1)


def _points(tallies: Tallies) -> Integers:
    """(K,): of a theme the most points that one of its items has."""
    items = tallies.items
    of_themes = (items.members * items.points).max(axis=1, initial=1)
    return np.concatenate([of_themes, items.points]).astype(np.int64)


def _could(tallies: Tallies) -> Integers:
    """(K, O, R) without totals."""
    items, invited = tallies.items, tallies.cells.invited
    of_themes = invited * (items.put > 0)[:, None, :]
    not_applicable = tallies.answers[..., items.most_points + 1]
    return np.concatenate([of_themes, invited * items.asked[:, None, :] - not_applicable])
