"""The fourth attack: marks are whole, so what is said of the spread of a cell leaves few ways to spread it.

Every way is tried. Where in all of them everybody, or all but one, gave the same mark, that is what each of them gave.
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import combinations
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from surveyapp.analysis import agreement
from surveyapp.analysis.attacking.facts import INTERVAL, SPREAD, Fact

MOST: Final = 200_000
"""More ways than this are not tried."""
SLACK: Final = 1e-6
Integers = NDArray[np.int64]
Ways = NDArray[np.int64]
_FORMULAS: Final[Mapping[str, Callable[[Integers], NDArray[Any]]]] = {
    "mean": agreement.mean,
    "median": agreement.median,
    "ad": agreement.deviation_from_median,
    "agreement": agreement.agreement,
    "rwg": agreement.within_group,
    "consensus": agreement.consensus,
}
"""As the public method defines them."""


def otherwise(facts: Sequence[Fact], people: int, points: int, could: int | None = None) -> tuple[int, int, int] | None:
    """How many of a cell of so many people can at most have given another mark than most did.

    ``could`` have given one, so that an interval tells the spread; None where that is not known. Beside it the lowest
    and highest mark that most can have given. None where nothing is said of the spread, or where there are too many
    ways to try, or none fits.
    """
    telling = SPREAD if could is None else (*SPREAD, *INTERVAL)
    known = {fact.statistic: fact for fact in facts if fact.statistic in ("mean", *telling)}
    if not set(known) & set(telling):
        return None
    ways = _ways(known, people, points)
    if ways is None:
        return None
    for statistic, formula in _FORMULAS.items():
        if statistic in known and len(ways):
            fact = known[statistic]
            ways = ways[np.abs(formula(ways) - fact.value) <= fact.half + SLACK]
    for statistic, sign, extreme in zip(INTERVAL, (-1, 1), (1, points), strict=True):
        if statistic in known and could is not None and len(ways):
            fact = known[statistic]
            ways = ways[np.abs(_limit(ways, could, sign, extreme) - fact.value) <= fact.half + SLACK]
    if not len(ways):
        return None
    most = ways.argmax(axis=1) + 1
    return int((people - ways.max(axis=1)).max()), int(most.min()), int(most.max())


def _ways(known: Mapping[str, Fact], people: int, points: int) -> Ways | None:
    """(ways, points): how many gave each mark, by the shares above and below the middle where they are known."""
    half = points // 2
    above, below = (_counts(known.get(name), people) for name in ("top", "bottom"))
    between = points - 2 * half
    found, tried = [], 0
    for high in above:
        for low in below:
            middle = people - high - low
            if middle < 0 or (not between and middle):
                continue
            parts = [_spread(low, half), _spread(middle, between), _spread(high, half)]
            tried += len(parts[0]) * len(parts[1]) * len(parts[2])
            if tried > MOST:
                return None
            found.append(_crossed(parts))
    return np.concatenate(found) if found else np.zeros((0, points), np.int64)


def _limit(ways: Ways, could: int, sign: int, extreme: int) -> NDArray[np.float64]:
    """The limit of the 95 % interval below or above the mean, no further than the bound of non-response.

    Mean +- t * sqrt((1 - n/N) s^2 / n), with n - 1 degrees of freedom.
    """
    people, marks = ways.sum(axis=1), np.arange(1, ways.shape[1] + 1)
    means = ways @ marks / people
    squares = (ways * (marks - means[:, None]) ** 2).sum(axis=1) / np.maximum(people - 1, 1)
    reach = stats.t.ppf(0.975, np.maximum(people - 1, 1)) * np.sqrt((1 - people / could) * squares / people)
    bounds = (means * people + (could - people) * extreme) / could
    limits = np.minimum(means + reach, bounds) if sign > 0 else np.maximum(means - reach, bounds)
    return np.asarray(limits, dtype=float)


def _counts(share: Fact | None, people: int) -> list[int]:
    """How many people a share can be; any number where it is not known."""
    every = range(people + 1)
    if share is None:
        return list(every)
    return [count for count in every if abs(count / people - share.value) <= share.half + SLACK]


def _spread(people: int, places: int) -> Ways:
    """Every way to spread people over so many places."""
    if not places:
        return np.zeros((1, 0), np.int64)
    if places == 1:
        return np.array([[people]])
    bars = np.array(list(combinations(range(people + places - 1), places - 1)), np.int64).reshape(-1, places - 1)
    ends = np.full((len(bars), 1), people + places - 1)
    return np.diff(np.hstack([np.full((len(bars), 1), -1), bars, ends]), axis=1) - 1


def _crossed(parts: Sequence[Ways]) -> Ways:
    found = np.zeros((1, 0), np.int64)
    for part in parts:
        found = np.hstack([np.repeat(found, len(part), axis=0), np.tile(part, (len(found), 1))])
    return found
