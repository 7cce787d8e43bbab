"""How far respondents agree: indices over counts of answers.

Every function takes ``counts``: an array of whole numbers whose last axis holds the points 1..c of a scale, and gives
an array without that axis. Where there is nothing to say (nobody answered; one respondent, for a variance) the value
is NaN. None of them asks for a minimum number of respondents: that is the caller's rule.
"""

from functools import cache
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Integers = NDArray[np.int64]


def ratio(numerator: NDArray[Any], denominator: NDArray[Any]) -> Numbers:
    """``numerator / denominator``, NaN where the denominator is 0."""
    quotient = np.full(np.broadcast_shapes(np.shape(numerator), np.shape(denominator)), np.nan)
    np.divide(numerator, denominator, out=quotient, where=np.asarray(denominator) != 0)
    return quotient


def mean_of_known(values: Numbers, axis: int) -> Numbers:
    """The mean along an axis of what is not NaN; NaN where nothing is known."""
    known = ~np.isnan(values)
    return ratio(np.where(known, values, 0).sum(axis=axis), known.sum(axis=axis))


def mean(counts: Integers) -> Numbers:
    """The mean answer, in scale points."""
    return ratio(counts @ _points(counts), counts.sum(axis=-1))


def median(counts: Integers, values: NDArray[Any] | None = None) -> Numbers:
    """The middle answer, or the mean of the two middle ones.

    ``values`` are the values of the last axis in ascending order; without them 1..c.
    """
    values = _points(counts) if values is None else values
    if not len(values):
        return np.full(counts.shape[:-1], np.nan)
    running, n = counts.cumsum(axis=-1), counts.sum(axis=-1)
    lower = (running >= ((n + 1) // 2)[..., None]).argmax(axis=-1)
    upper = (running >= (n // 2 + 1)[..., None]).argmax(axis=-1)
    return np.where(n > 0, (values[lower] + values[upper]) / 2, np.nan)


def deviation_from_median(counts: Integers) -> Numbers:
    """AD_Md: mean absolute deviation from the median, in scale points (Burke & Dunlap 2002; cut-off c/6)."""
    distance = abs(_points(counts) - median(counts)[..., None])
    return ratio((counts * np.nan_to_num(distance)).sum(axis=-1), counts.sum(axis=-1))


def deviation_from_mean(counts: Integers) -> Numbers:
    """AD_M: mean absolute deviation from the mean, in scale points (Burke, Finkelstein & Dusig 1999)."""
    distance = abs(_points(counts) - mean(counts)[..., None])
    return ratio((counts * np.nan_to_num(distance)).sum(axis=-1), counts.sum(axis=-1))


def variance(counts: Integers) -> Numbers:
    """The sample variance (divided by n - 1), in squared scale points; NaN for a single respondent."""
    n, points = counts.sum(axis=-1), _points(counts)
    # n * sum of squares is a whole number, so answers that are all equal give exactly 0
    scaled = n * (counts @ points**2) - (counts @ points) ** 2
    return ratio(scaled, n * (n - 1))


def within_group(counts: Integers) -> Numbers:
    """rwg = 1 - s^2 / ((c^2 - 1) / 12): against answers spread evenly (James, Demaree & Wolf 1984).

    Negative where answers are further apart than evenly spread; kept, because that is what it says.
    """
    size = counts.shape[-1]
    uniform = (size**2 - 1) / 12
    return 1 - variance(counts) / uniform if uniform else np.full(counts.shape[:-1], np.nan)


def within_group_theme(items: Numbers) -> Numbers:
    """rwg(j) of a theme by Spearman-Brown, from the rwg of its items along the last axis (James et al. 1984).

    Items without an rwg are left out. NaN where the items are so far apart that the formula loses its meaning: at a
    mean of -1/(J-1) or less its denominator is no longer positive and it would turn to praise.
    """
    number = (~np.isnan(items)).sum(axis=-1)
    average = mean_of_known(items, axis=-1)
    denominator = 1 + (number - 1) * average
    return ratio(number * average, np.where(denominator > 1e-12, denominator, 0))


def consensus(counts: Integers) -> Numbers:
    """Consensus of ordered answers: 1 agreed, 0 split between the two ends (Tastle & Wierman 2007)."""
    width = counts.shape[-1] - 1
    if not width:
        return np.where(counts.sum(axis=-1) > 0, 1.0, np.nan)
    share = ratio(counts, counts.sum(axis=-1, keepdims=True))
    closeness = 1 - abs(_points(counts) - mean(counts)[..., None]) / width
    terms = np.zeros(counts.shape)
    np.log2(closeness, out=terms, where=(counts > 0) & (closeness > 0))
    found: Numbers = 1 + (share * terms).sum(axis=-1)
    return found


def ordinal_consensus(counts: Integers) -> Numbers:
    """1 - D of Leik: 1 everybody the same, 0 split between the two ends (Leik 1966, Pacific Sociological Review 9)."""
    steps = counts.shape[-1] - 1
    if not steps:
        return np.where(counts.sum(axis=-1) > 0, 1.0, np.nan)
    reached = ratio(counts.cumsum(axis=-1), counts.sum(axis=-1, keepdims=True))
    found: Numbers = 1 - 2 * np.minimum(reached, 1 - reached).sum(axis=-1) / steps
    return found


def ordinal_variation(counts: Integers) -> Numbers:
    """IOV: the steps between all pairs of respondents, as a share of the most that so many could differ.

    0 everybody the same, 1 split between the two ends (Berry & Mielke 1992, Perceptual and Motor Skills 74). NaN for a
    single respondent.
    """
    n, up_to = counts.sum(axis=-1), counts.cumsum(axis=-1)
    apart = (up_to * (n[..., None] - up_to)).sum(axis=-1)
    return ratio(apart, (n // 2) * (n - n // 2) * (counts.shape[-1] - 1))


def agreement(counts: Integers) -> Numbers:
    """A: 1 everybody the same, 0 evenly spread, -1 split between the two ends (van der Eijk 2001).

    The counts are peeled into layers of equal height; each layer has a pattern of points that occur or not, and A is
    the mean of the patterns' agreement weighed by their respondents.
    """
    size = counts.shape[-1]
    patterns, weights = _pattern_agreement(size), 1 << np.arange(size)
    left, total = counts.astype(np.int64), np.zeros(counts.shape[:-1])
    for _ in range(size):
        occurs = left > 0
        height = np.where(occurs, left, np.iinfo(np.int64).max).min(axis=-1, initial=np.iinfo(np.int64).max)
        height = np.where(occurs.any(axis=-1), height, 0)
        total += patterns[occurs @ weights] * occurs.sum(axis=-1) * height
        left = left - occurs * height[..., None]
    return ratio(total, counts.sum(axis=-1))


@cache
def _pattern_agreement(size: int) -> Numbers:
    """Agreement of every pattern of ``size`` points, at the place that its occurring points spell in binary."""
    patterns = [[code >> point & 1 for point in range(size)] for code in range(2**size)]
    return np.array([_agreement_of(pattern) for pattern in patterns])


def _agreement_of(pattern: list[int]) -> float:
    size, occurring = len(pattern), sum(pattern)
    if occurring <= 1:
        return float(occurring)
    triples = list(combinations(pattern, 3))
    together = triples.count((1, 1, 0)) + triples.count((0, 1, 1))
    apart = triples.count((1, 0, 1))
    if not together + apart:
        return 0.0
    unimodality = ((size - 2) * together - (size - 1) * apart) / ((size - 2) * (together + apart))
    return unimodality * (1 - (occurring - 1) / (size - 1))


def _points(counts: Integers) -> Integers:
    return np.arange(1, counts.shape[-1] + 1)
