"""Exact limits of many shares at once, in groups of which everybody is known: ``proportions`` for whole tables.

Where hundreds answered in a group of more than a thousand, Wilson's limits say the same and take over.
"""

from math import lgamma, pi
from typing import Final

import numpy as np

from surveyapp.analysis.agreement import Integers, Numbers, ratio
from surveyapp.analysis.cells import Flags
from surveyapp.analysis.quantiles import CONFIDENCE, normal, two_sided

EXACT_PEOPLE: Final = 1_000
"""In a group of at most so many people the limits are exact,"""
EXACT_ANSWERS: Final = 500
"""and in any group of which at most so many answered; elsewhere they differ by less than 0.002."""
_SLACK: Final = 1e-10
"""Probabilities within this are equal."""
_NOTHING: Final = 1e-17
_LOG_FACTORIALS: Final = np.array([lgamma(number + 1) for number in range(EXACT_PEOPLE + 1)])


def limits(
    x: Integers, n: Integers, population: Integers, known: Flags, confidence: float = CONFIDENCE
) -> tuple[Numbers, Numbers]:
    """The lowest and the highest share of the population that ``x`` of ``n`` respondents do not contradict.

    Arrays of one shape; NaN where not ``known``, where nobody answered and where more answered than were invited.
    The exact test turned round (Buonaccorsi 1987, The American Statistician 41), as ``proportions.hypergeometric``;
    for large numbers Wilson's limits with n (N - 1)/(N - n) for n.
    """
    known = known & (n > 0) & (n <= population)
    lower, upper = np.full(x.shape, np.nan), np.full(x.shape, np.nan)
    different, place = np.unique(np.stack([x[known], n[known], population[known]]), axis=1, return_inverse=True)
    yes, answered, people = different
    lower[known] = _lowest(yes, answered, people, confidence)[place]
    upper[known] = 1 - _lowest(answered - yes, answered, people, confidence)[place]
    return lower, upper


def _lowest(x: Integers, n: Integers, population: Integers, confidence: float) -> Numbers:
    found = _wilson(x, n, population, confidence)
    small = (population <= EXACT_PEOPLE) | (n <= EXACT_ANSWERS)
    found[small] = _fewest(x[small], n[small], population[small], 1 - two_sided(confidence)) / population[small]
    return found


def _wilson(x: Integers, n: Integers, population: Integers, confidence: float) -> Numbers:
    """The lower limit, which is never below those who said so; the share itself where everybody answered."""
    z, share = normal(confidence), x / n
    size = ratio(n * (population - 1), population - n)
    spread = z * np.sqrt(share * (1 - share) / size + z * z / (4 * size * size))
    limit = (share + z * z / (2 * size) - spread) / (1 + z * z / size)
    return np.where(population > n, np.fmax(limit, x / population), share)


def _fewest(x: Integers, n: Integers, population: Integers, risk: float) -> Integers:
    """The smallest number of people for whom ``x`` or more of ``n`` would not be rarer than the risk, by halving.

    It is not rare where ``x`` is no more than is to be expected.
    """
    first, last = x.copy(), population - n + x
    while len(open_ := np.flatnonzero(first < last)):
        middle = (first[open_] + last[open_]) // 2
        enough = n[open_] * middle >= x[open_] * population[open_]
        rare = open_[~enough]
        enough[~enough] = _at_least(x[rare], n[rare], middle[~enough], population[rare]) > risk + _SLACK
        last[open_] = np.where(enough, middle, last[open_])
        first[open_] = np.where(enough, first[open_], middle + 1)
    return first


def _at_least(x: Integers, n: Integers, number: Integers, population: Integers) -> Numbers:
    """P(X >= x) when ``number`` of the population would say so: its first term, and the others by their ratios.

    ``number`` must be possible, from ``x`` to ``population - n + x``, and ``x`` more than is to be expected: then every
    term is smaller than the one before.
    """
    others = population - number
    term = np.exp(_log_ways(number, x) + _log_ways(others, n - x) - _log_ways(population, n))
    total, y = term.copy(), x.copy()
    while (term > _NOTHING).any():
        term = term * ((number - y) * (n - y)) / ((y + 1) * (others - n + y + 1))
        total += term
        y = y + 1
    return total


def _log_ways(n: Integers, k: Integers) -> Numbers:
    return _log_factorial(n) - _log_factorial(k) - _log_factorial(n - k)


def _log_factorial(number: Integers) -> Numbers:
    """By Stirling's series where the table ends."""
    large = np.maximum(number, EXACT_PEOPLE).astype(np.float64)
    series = large * np.log(large) - large + np.log(2 * pi * large) / 2 + 1 / (12 * large) - 1 / (360 * large**3)
    return np.where(number <= EXACT_PEOPLE, _LOG_FACTORIALS[np.minimum(number, EXACT_PEOPLE)], series)
