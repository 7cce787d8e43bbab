"""Two waves of the same people: how those who stayed changed, and what comes of who left and who joined.

Source: Fisher 1935, The Design of Experiments, chapter 3, for the test by flipping signs; Phipson & Smyth 2010 for the
(hits + 1) / (draws + 1) of its estimate.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm
from typing import Final

import numpy as np

from surveyapp.analysis.permutation import EXACT, MONTE_CARLO

WORK: Final = 200_000_000
"""Additions, at most, for the exact distribution."""
DRAWS: Final = 20_000
SEED: Final = 20_251_122


@dataclass(frozen=True)
class Linked:
    """A change told apart by who was there. Means in scale points; NaN for a group without anybody."""

    stayers: int
    leavers: int
    joiners: int
    change: float
    """Mean change of those who answered in both waves."""
    p_value: float
    """Two-sided; NaN without stayers. With five stayers it cannot be below 1/16, with six not below 1/32."""
    p_method: str | None
    total: float
    """Mean of the second wave minus mean of the first, over whoever answered."""
    composition: float
    """``total`` minus ``change``: what comes of who left and who joined."""
    leavers_mean: float
    """In the first wave."""
    joiners_mean: float
    """In the second wave."""


def linked(first: Mapping[str, Fraction], second: Mapping[str, Fraction]) -> Linked:
    """Compare two waves of one group: respondent's link -> score (``Respondents.exact``)."""
    stayers = sorted(first.keys() & second.keys())
    differences = [second[one] - first[one] for one in stayers]
    p_value, method = sign_flip(differences)
    change, total = _mean(differences), _mean(second.values()) - _mean(first.values())
    leavers = [score for one, score in first.items() if one not in second]
    joiners = [score for one, score in second.items() if one not in first]
    return Linked(
        stayers=len(stayers),
        leavers=len(leavers),
        joiners=len(joiners),
        change=change,
        p_value=p_value,
        p_method=method,
        total=total,
        composition=total - change,
        leavers_mean=_mean(leavers),
        joiners_mean=_mean(joiners),
    )


def sign_flip(
    differences: Sequence[Fraction], *, work: int = WORK, draws: int = DRAWS, seed: int = SEED
) -> tuple[float, str | None]:
    """Two-sided p-value of a mean difference: the share of all ways to flip signs that come at least as far from 0.

    Differences are compared in whole numbers, so that ties are ties. Exact, or an estimate from ``draws`` flips with a
    fixed seed where that takes more than ``work`` additions; NaN without differences.
    """
    if not differences:
        return float("nan"), None
    steps = _whole(differences)
    seen, reach = abs(sum(steps)), sum(map(abs, steps))
    if len(steps) * (reach + 1) > work:
        return _drawn(differences, draws, seed), MONTE_CARLO
    chances = np.zeros(reach + 1)
    chances[0], top = 1.0, 0
    for step in map(abs, steps):
        chances[: top + 1] /= 2
        up = np.zeros(top + step + 1)
        up[step:] = chances[: top + 1]
        top += step
        chances[: top + 1] += up
    sums = abs(2 * np.arange(reach + 1) - reach)
    return min(1.0, float(chances[sums >= seen].sum())), EXACT


def _whole(differences: Sequence[Fraction]) -> list[int]:
    """The differences in the largest unit of which all are a multiple; those of zero left out."""
    unit = lcm(*(one.denominator for one in differences))
    steps = [int(one * unit) for one in differences if one]
    common = gcd(*steps) or 1
    return [step // common for step in steps]


def _drawn(differences: Sequence[Fraction], draws: int, seed: int) -> float:
    """(hits + 1) / (draws + 1); sums within 1e-9 are ties."""
    steps = np.array([float(one) for one in differences])
    random, hits, left = np.random.default_rng(seed), 0, draws
    seen = abs(steps.sum())
    at_once = max(1, 2_000_000 // len(steps))
    while left:
        signs = random.integers(0, 2, (min(left, at_once), len(steps)), dtype=np.int8)
        hits += int(np.count_nonzero(abs((2 * signs - 1) @ steps) >= seen - 1e-9 * max(1.0, seen)))
        left -= len(signs)
    return (hits + 1) / (draws + 1)


def _mean(scores: Iterable[Fraction]) -> float:
    found = list(scores)
    return float(sum(found) / len(found)) if found else float("nan")
