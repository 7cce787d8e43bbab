"""What an attacker found."""

from dataclasses import dataclass
from typing import Final

from surveyapp.analysis.attacking.facts import Fact

COMBINED: Final = "combined"
"""A combination of printed numbers is about too few people."""
NARROW: Final = "narrow"
"""The printed numbers leave too little room for what somebody, or a small group, answered."""
FEW_VALUES: Final = "few-values"
"""Whole answers and printed numbers leave a small group too few possibilities."""
COUNTED: Final = "counted"
"""A combination of counts of answers is about too few people."""
UNANIMOUS: Final = "unanimous"
"""What is said of the spread leaves nothing but that all, or all but one, answered the same."""
LEFT_BEHIND: Final = "left-behind"
"""A number that is nowhere shown stands in a place that is not looked at."""
TOO_PRECISE: Final = "too-precise"
"""A mean with more decimals than promised."""
CONTRADICTING: Final = "contradicting"
"""Numbers about the same people that cannot all be true: an answer changed between them."""


@dataclass(frozen=True)
class Finding:
    """One thing that should not have been known, and how it came out."""

    kind: str
    key: str
    who: tuple[str, ...]
    """The cells it is about."""
    people: int
    low: float
    high: float
    """Between which the mean (or what ``kind`` speaks of) lies; equal where it is exact."""
    facts: tuple[Fact, ...]
    """The printed numbers it follows from."""
    place: str = ""
    """Where in a file, of what was left behind."""
