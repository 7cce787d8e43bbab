"""What the invented study has to tell: where it is weak, who sees it differently, who does not know.

Numbers are tendencies on the scale of 1 to 5; every respondent varies around them.
"""

from dataclasses import dataclass
from typing import Final

REGION: Final = {"g1": 3.7, "g2": 3.3, "g3": 2.7, "g4": 3.4, "g5": 3.1, "g6": 3.2, "g7": 2.4}
"""Tendency of each theme in the region."""

IMPORTANCE: Final = {"g1": 4.2, "g2": 4.4, "g3": 3.6, "g4": 3.7, "g5": 4.3, "g6": 3.9, "g7": 4.6}
"""How important people find each theme."""

GOVERNORS: Final = {"g4": 0.5, "g5": 0.6, "g7": -0.3}
"""How much higher governors see a theme than officials do."""


@dataclass(frozen=True)
class Story:
    """What is different in one organisation about one theme."""

    code: str
    theme: str
    shift: float = 0.0
    """Everybody there sees the theme this much higher."""
    gap: float = 0.0
    """Governors there see it this much higher still."""
    spread: float = 0.0
    """Half of the people see it this much higher, the other half this much lower."""
    dont_know: float = 0.0
    """Share that does not know."""


STORIES: Final = (
    Story("GM0141", "g5", shift=-0.3, gap=1.4),  # Almelo: governors think that everybody took part
    Story("GM0147", "g1", shift=0.5),
    Story("GM1774", "g7", spread=1.3),
    Story("GM0153", "g3", shift=-0.6),
    Story("GM0153", "g6", gap=-0.9),
    Story("GM0158", "g2", shift=-0.9),
    Story("GM0163", "g6", dont_know=0.45),
    Story("GM0164", "g4", spread=1.4),
    Story("GM1735", "g1", shift=-1.0),
    Story("GM1735", "g2", shift=-0.7),
    Story("GM0168", "g7", shift=0.9),
    Story("GM0173", "g5", shift=0.7),
    Story("GM1742", "g4", shift=-0.8, gap=0.8),
    Story("GM0183", "g3", dont_know=0.4),
    Story("GM1700", "g6", shift=-0.8),
    Story("GM0189", "g5", spread=1.2),
    Story("SAMEN14", "g7", shift=1.1),
    Story("SAMEN14", "g5", shift=0.6),
)

SILENT: Final = ("GM1700", "governor")
"""A role that was invited and of which nobody answers."""


def share_that_answers(organisation: str, role: str) -> float:
    """How likely somebody is to answer; in Almelo everybody does, because its story needs both roles."""
    if (organisation, role) == SILENT:
        return 0.0
    return 1.0 if organisation == "GM0141" else 0.78
