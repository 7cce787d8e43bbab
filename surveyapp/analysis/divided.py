"""A word for how far respondents agree, for conversation and for readers who get no numbers."""

from math import isnan
from typing import Final

AGREED: Final = "agreed"
MIXED: Final = "mixed"
DIVIDED: Final = "divided"
POLARISED: Final = "polarised"


def agreed_up_to(points: int) -> float:
    """The mean absolute deviation that still counts as agreement, c/6 (Burke & Dunlap 2002): 0.8 of five points."""
    return points / 6


def divided_from(points: int) -> float:
    """That of answers spread evenly over the scale: 1.2 on five points."""
    return (points * points - points % 2) / (4 * points)


def word(ad: float, agreement: float, points: int) -> str | None:
    """``agreed``, ``mixed``, ``divided`` or ``polarised``, from AD_Md and A of van der Eijk on c points.

    Agreed up to c/6; divided from the deviation of an even spread on; and polarised when besides A is below 0: two
    camps instead of every view. None where the deviation is unknown, as it is with fewer than four respondents.
    """
    if isnan(ad):
        return None
    if ad <= agreed_up_to(points) + 1e-9:
        return AGREED
    if ad < divided_from(points) - 1e-9:
        return MIXED
    return POLARISED if agreement < 0 else DIVIDED
