"""Intervals of a share: ``x`` of ``n`` respondents said so; how many of everybody would?

In a group of ten the exact interval of 7 answers is as wide as logic allows: then the bounds are what there is to say.
"""

from bisect import bisect_left
from math import comb, exp, lgamma, sqrt
from typing import Final, NamedTuple

from surveyapp.analysis.quantiles import CONFIDENCE, beta, normal, two_sided

_SLACK: Final = 1e-12
"""Sums of probabilities within this are equal."""


class Share(NamedTuple):
    """Limits of a share, between 0 and 1."""

    lower: float
    upper: float


def hypergeometric(x: int, n: int, population: int, confidence: float = CONFIDENCE) -> Share:
    """Exact limits of the share in a finite group, when who answered was drawn at random.

    All numbers M of people in the group for whom ``x`` or fewer, and ``x`` or more, among ``n`` would each not be rarer
    than half of the risk: the exact test turned round (Buonaccorsi 1987, The American Statistician 41; Wright 1991,
    Exact Confidence Bounds when Sampling from Small Finite Universes). Worked out in whole numbers. ValueError when
    ``x`` > ``n`` or ``n`` > ``population`` or nobody answered.
    """
    _check(x, n)
    if n > population:
        raise ValueError(f"{n} answers of {population} people")
    possible, risk = range(x, population - n + x + 1), 1 - two_sided(confidence) + _SLACK
    too_few = bisect_left(possible, True, key=lambda number: _at_least(x, n, number, population) > risk)
    enough = bisect_left(possible, True, key=lambda number: _at_most(x, n, number, population) <= risk)
    return Share(possible[too_few] / population, possible[enough - 1] / population)


def logical(x: int, n: int, population: int) -> Share:
    """Without any assumption: when none, and when all, of the silent would say so (Manski 1995)."""
    _check(x, n)
    if n > population:
        raise ValueError(f"{n} answers of {population} people")
    return Share(x / population, (x + population - n) / population)


def wilson(x: int, n: int, population: int | None = None, confidence: float = CONFIDENCE) -> Share:
    """Wilson's score interval (1927, Journal of the American Statistical Association 22).

    With a ``population`` N > n, n stands for n (N - 1) / (N - n) respondents, as drawing without replacement is worth;
    with everybody in, the share is known.
    """
    _check(x, n)
    share = x / n
    if population is not None and population <= n:
        return Share(share, share)
    size = n if population is None else n * (population - 1) / (population - n)
    z = normal(confidence)
    middle = (share + z * z / (2 * size)) / (1 + z * z / size)
    reach = z * sqrt(share * (1 - share) / size + z * z / (4 * size * size)) / (1 + z * z / size)
    return Share(max(0.0, middle - reach), min(1.0, middle + reach))


def jeffreys(x: int, n: int, confidence: float = CONFIDENCE) -> Share:
    """Limits of the posterior with Jeffreys' prior, Beta(x + 1/2, n - x + 1/2), in an endless population.

    0 and 1 where nobody and where everybody said so (Brown, Cai & DasGupta 2001, Statistical Science 16).
    """
    _check(x, n)
    upper_tail = two_sided(confidence)
    lower = 0.0 if x == 0 else beta(x + 0.5, n - x + 0.5, 1 - upper_tail)
    return Share(lower, 1.0 if x == n else beta(x + 0.5, n - x + 0.5, upper_tail))


def beta_binomial(x: int, n: int, population: int, confidence: float = CONFIDENCE) -> Share:
    """The same for a finite group: those who are silent follow the posterior, those who answered are known.

    (x + quantiles of BetaBinomial(N - n; x + 1/2, n - x + 1/2)) / N.
    """
    _check(x, n)
    if n > population:
        raise ValueError(f"{n} answers of {population} people")
    silent, a, b = population - n, x + 0.5, n - x + 0.5
    chances = [
        exp(_log_ways(silent, y) + _log_beta(y + a, silent - y + b) - _log_beta(a, b)) for y in range(silent + 1)
    ]
    tail = 1 - two_sided(confidence)
    return Share((x + _quantile(chances, tail)) / population, (x + _quantile(chances, 1 - tail)) / population)


def _check(x: int, n: int) -> None:
    if not 0 <= x <= n or n == 0:
        raise ValueError(f"{x} of {n} respondents")


def _at_most(x: int, n: int, number: int, population: int) -> float:
    """P(X <= x) when ``number`` of the population would say so."""
    return _ways(x + 1, n, number, population) / comb(population, n)


def _at_least(x: int, n: int, number: int, population: int) -> float:
    return 1 - _ways(x, n, number, population) / comb(population, n)


def _ways(fewer_than: int, n: int, number: int, population: int) -> int:
    """In how many ways a draw of ``n`` holds ``fewer_than`` this many of the ``number`` who would say so."""
    others = population - number
    first = max(0, n - others)
    total, ways = 0, comb(number, first) * comb(others, n - first)
    for y in range(first, fewer_than):
        total += ways
        ways = ways * (number - y) * (n - y) // ((y + 1) * (others - n + y + 1))
    return total


def _log_ways(n: int, k: int) -> float:
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)


def _log_beta(a: float, b: float) -> float:
    return lgamma(a) + lgamma(b) - lgamma(a + b)


def _quantile(chances: list[float], probability: float) -> int:
    """The first number up to which the chances reach the probability."""
    reached = 0.0
    for number, chance in enumerate(chances):
        reached += chance
        if reached >= probability - _SLACK:
            return number
    return len(chances) - 1
