"""Agreement of two people beyond what chance would bring.

Cohen, J. (1960). A coefficient of agreement for nominal scales. Educational and Psychological Measurement 20(1), 37-46.
Light, R. J. (1971). Measures of response agreement for qualitative data: some generalizations and alternatives.
Psychological Bulletin 76(5), 365-377: of more than two people, the mean over the pairs.
"""

from collections import Counter
from collections.abc import Hashable, Sequence
from fractions import Fraction
from itertools import combinations

Judgement = Hashable | None
"""A category, or None where somebody did not look."""


def raw_agreement(first: Sequence[Judgement], second: Sequence[Judgement]) -> float | None:
    """The share of units on which both said the same, of those that both looked at; None where there are none."""
    pairs = _both(first, second)
    return sum(one == other for one, other in pairs) / len(pairs) if pairs else None


def kappa(first: Sequence[Judgement], second: Sequence[Judgement]) -> float | None:
    """Cohen's kappa, (p_o - p_e) / (1 - p_e), over the units that both looked at; units stand in the same order.

    None where it is not defined: no unit in common, or both used one and the same category throughout (p_e = 1).
    """
    pairs = _both(first, second)
    if not pairs:
        return None
    number = len(pairs)
    ours, theirs = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    observed = Fraction(sum(one == other for one, other in pairs), number)
    expected = Fraction(sum(count * theirs[category] for category, count in ours.items()), number**2)
    return None if expected == 1 else float((observed - expected) / (1 - expected))


def mean_kappa(coders: Sequence[Sequence[Judgement]]) -> float | None:
    """Cohen's kappa of two, or the mean over all pairs of more of whom it is defined (Light, 1971); None for none."""
    found = [value for one, other in combinations(coders, 2) if (value := kappa(one, other)) is not None]
    return sum(found) / len(found) if found else None


def _both(first: Sequence[Judgement], second: Sequence[Judgement]) -> list[tuple[Judgement, Judgement]]:
    paired = zip(first, second, strict=True)
    return [(one, other) for one, other in paired if one is not None and other is not None]
