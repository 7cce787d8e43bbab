"""Between which ranks could an organisation stand? Instead of a league table, which shows more than is known."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from surveyapp.analysis.agreement import Integers, Numbers
from surveyapp.analysis.shrinkage import Shrunken

DRAWS: Final = 20_000
SEED: Final = 20_251_122
CONFIDENCE: Final = 0.95
SURE: Final = 0.95
"""From this probability on a practice is called below (or above) the region."""
_AT_ONCE: Final = 2_000_000
"""Numbers drawn together: what memory is needed does not grow with the number of organisations."""


@dataclass(frozen=True, eq=False)
class Ranks:
    """Arrays (organisations,); 1 is the highest practice. NaN where practices cannot be told apart."""

    expected: Numbers
    lower: Numbers
    """The best rank of the interval."""
    upper: Numbers


def ranks(found: Shrunken, *, draws: int = DRAWS, seed: int = SEED, confidence: float = CONFIDENCE) -> Ranks:
    """Expected rank and interval of ranks over draws from the posterior practices, with a fixed seed.

    Equal draws share the better rank. Source: Laird & Louis 1989, Journal of Educational Statistics 14; Goldstein &
    Spiegelhalter 1996, Journal of the Royal Statistical Society A 159, on never showing a rank without its interval.
    """
    number = len(found.means)
    if not number or not found.tau2 > 0:
        unknown = np.full(number, np.nan)
        return Ranks(unknown, unknown, unknown)
    counted = _counted(found, draws, np.random.default_rng(seed))
    places = np.arange(1, number + 1)
    reached = counted.cumsum(axis=1) / draws
    tail = (1 - confidence) / 2
    lower = (reached > tail).argmax(axis=1) + 1.0
    upper = (reached >= 1 - tail).argmax(axis=1) + 1.0
    return Ranks(counted @ places / draws, lower, upper)


def side(p_below: float, sure: float = SURE) -> str | None:
    """``below`` or ``above`` the region where that is ``sure``, else ``indistinguishable``; None where unknown."""
    if np.isnan(p_below):
        return None
    if p_below >= sure:
        return "below"
    return "above" if p_below <= 1 - sure else "indistinguishable"


def _counted(found: Shrunken, draws: int, random: np.random.Generator) -> Integers:
    """(organisations, ranks): in how many draws each organisation had each rank."""
    number = len(found.means)
    counted = np.zeros((number, number), np.int64)
    spread = np.sqrt(found.variances)
    at_once = max(1, _AT_ONCE // number)
    for start in range(0, draws, at_once):
        practices = random.normal(found.means, spread, (min(at_once, draws - start), number))
        place = (-practices).argsort(axis=1).argsort(axis=1)
        np.add.at(counted, (np.broadcast_to(np.arange(number), place.shape), place), 1)
    return counted
