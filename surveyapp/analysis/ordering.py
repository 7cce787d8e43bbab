"""In what order do the rows of a heatmap stand, so that organisations with a like profile stand together?

It looks at nothing but the numbers that it is given. An order can tell about numbers that are hidden: outside the team,
give it what was published.
"""

import numpy as np

from surveyapp.analysis.agreement import Numbers, mean_of_known


def clustered(values: Numbers) -> list[int]:
    """Places of the rows of ``values`` (rows, columns), those most alike next to one another; NaN where unknown.

    Rows are joined two groups at a time, always the two whose members differ least on average (Sokal & Michener 1958),
    and laid end to end with their nearest ends together. Rows differ by the root of the mean squared difference over
    the columns that both have; those that share no column with anybody come last. Which end of the whole comes first
    follows the order given, so that nothing stands on top for its height; so do ties.
    """
    apart = _distances(values)
    alone = np.isnan(apart).all(axis=1)
    groups = [[row] for row in np.flatnonzero(~alone).tolist()]
    between = _without_self(apart[np.ix_(~alone, ~alone)])
    sizes = np.ones(len(groups))
    while len(groups) > 1:
        one, other = divmod(int(between.argmin()), len(groups))
        groups[one] = _end_to_end(groups[one], groups[other], apart)
        weights = sizes[one], sizes[other]
        joined = _weighed(between[one], between[other], *weights)
        between[one], between[:, one] = joined, joined
        between[one, one] = np.inf
        sizes[one] += sizes[other]
        groups.pop(other)
        between = np.delete(np.delete(between, other, axis=0), other, axis=1)
        sizes = np.delete(sizes, other)
    order = groups[0] if groups else []
    return [*(order if order[:1] <= order[-1:] else order[::-1]), *np.flatnonzero(alone).tolist()]


def _distances(values: Numbers) -> Numbers:
    """(rows, rows): NaN on the diagonal and where two rows share no column."""
    found = np.array([np.sqrt(mean_of_known((values - row) ** 2, axis=1)) for row in values])
    found = found.reshape(len(values), len(values))
    np.fill_diagonal(found, np.nan)
    return found


def _without_self(apart: Numbers) -> Numbers:
    """Rows without a common column are further apart than any others; none is joined with itself."""
    furthest = np.nanmax(apart, initial=0.0) + 1
    found = np.where(np.isnan(apart), furthest, apart)
    np.fill_diagonal(found, np.inf)
    return found


def _weighed(one: Numbers, other: Numbers, first: float, second: float) -> Numbers:
    return (first * one + second * other) / (first + second)


def _end_to_end(one: list[int], other: list[int], apart: Numbers) -> list[int]:
    """Of the four ways to lay two rows of places end to end the first of which the ends that meet differ least."""
    ways = [(a, b) for a in (one, one[::-1]) for b in (other, other[::-1])]
    meeting = [np.nan_to_num(apart[a[-1], b[0]], nan=np.inf) for a, b in ways]
    first, last = ways[int(np.argmin(meeting))]
    return [*first, *last]
