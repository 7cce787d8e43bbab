"""The response over time as a figure: two lines on a sheet of a hundred by a hundred, drawn by the browser itself.

The page writes the words beside it, so that letters keep their size and colours are those of the house style.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from surveyapp.queries.monitor import Day

SIDE: Final = 100
"""Of the sheet; y grows downwards."""


@dataclass(frozen=True)
class Lines:
    """The points of each line, as SVG writes them, from nothing at the opening to the end of the last day."""

    opened: str
    submitted: str
    top: int
    """How many people the top of the sheet stands for."""


def lines(days: Sequence[Day], invited: int) -> Lines:
    """The top is everybody who was invited, so that a line is as high as its share of them."""
    top = max([invited, 1, *(max(day.opened, day.submitted) for day in days)])
    return Lines(_points([day.opened for day in days], top), _points([day.submitted for day in days], top), top)


def _points(numbers: Sequence[int], top: int) -> str:
    """Each day takes the same width, and a line is at a day's number when that day ends."""
    width = SIDE / max(len(numbers), 1)
    places = [(0.0, float(SIDE))]
    places += [(width * (place + 1), SIDE - SIDE * number / top) for place, number in enumerate(numbers)]
    return " ".join(f"{_short(x)},{_short(y)}" for x, y in places)


def _short(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")
