"""Agreement of any number of people, who need not all have looked at everything.

Krippendorff, K. (2019). Content Analysis: An Introduction to Its Methodology, 4th ed., chapter 12; here for categories
without an order (nominal).
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from fractions import Fraction
from typing import Final

GOOD: Final = 0.8
TENTATIVE: Final = 0.667
"""From these on conclusions can be drawn, and tentative ones (Krippendorff, 2019, p. 356)."""


def alpha(units: Iterable[Sequence[Hashable | None]]) -> float | None:
    """Krippendorff's alpha, 1 - D_o / D_e; each unit has the categories that people gave it, None where one did not.

    Units with fewer than two categories tell nothing and are left out. None where it is not defined: no unit is left,
    or one category was used throughout.
    """
    given = [[each for each in unit if each is not None] for unit in units]
    compared = [Counter(unit) for unit in given if len(unit) > 1]
    totals: Counter[Hashable] = sum(compared, Counter())
    number = totals.total()
    apart = number**2 - sum(count**2 for count in totals.values())
    if not apart:
        return None
    observed = sum((_differing(unit) for unit in compared), Fraction())
    return float(1 - (number - 1) * observed / apart)


def band(value: float | None) -> str:
    """``good``, ``tentative`` or ``low``; ``undefined`` for None. A kappa is read the same way."""
    if value is None:
        return "undefined"
    if value >= GOOD:
        return "good"
    return "tentative" if value >= TENTATIVE else "low"


def _differing(unit: Counter[Hashable]) -> Fraction:
    """The ordered pairs of people who said something else, each weighing 1 / (people - 1)."""
    people = unit.total()
    return Fraction(people**2 - sum(count**2 for count in unit.values()), people - 1)
