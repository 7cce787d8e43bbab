"""Which publication somebody reads: when it was released, what it corrects, and which others there are."""

from dataclasses import dataclass
from datetime import datetime

Choice = tuple[str, str, bool]
"""Title, address, and whether it is the one on the page."""


@dataclass(frozen=True)
class Release:
    """One publication among those of its study, as its pages tell of it."""

    wave: int
    number: int
    """1, or more where it corrects what went before."""
    reason: str
    """Why it was corrected; empty for number 1."""
    published_at: datetime
    corrected_at: datetime | None
    """When a later number was released, where this is not the newest."""
    together: tuple[str, ...] = ()
    """What is shown as one: "Almelo en Borne samen"."""
    waves: tuple[Choice, ...] = ()
    """Every wave of which something was published for this reader; none where there is one only."""
    numbers: tuple[Choice, ...] = ()
    """Every number of this wave; none where there is one only."""
