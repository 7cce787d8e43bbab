"""Where two roles see it differently, by theme and statement."""

from dataclasses import dataclass
from typing import Self

import pandas as pd

from surveyapp.analysis.disclosure import SafeResults
from surveyapp.analysis.results import Results


@dataclass(frozen=True)
class Gap:
    """The mean difference within organisations (first role minus second), and how many point the same way.

    ``organisations`` is how many have both roles; ``same_direction`` is None where that may not be said.
    """

    gap: float
    organisations: int
    same_direction: int | None
    delta: float | None = None
    """Cliff's, from -1 to 1: how much more often the first role stands above the second than below it."""


class Gaps:
    """The differences between roles of a study: the research team's own, or those that were published."""

    def __init__(self, frame: pd.DataFrame) -> None:
        self._frame = frame

    @classmethod
    def unprotected(cls, results: Results) -> Self:
        """For pages of the research team only."""
        return cls(results.gaps)

    @classmethod
    def published(cls, results: SafeResults) -> Self:
        """For everybody who may read the publication."""
        return cls(results.gaps)

    def between(self, first: str, second: str) -> dict[str, Gap]:
        """The gaps of these roles by theme and item, those that are known; found in either order of the roles."""
        frame, found = self._frame, {}
        for one, other, sign in ((first, second, 1.0), (second, first, -1.0)):
            rows = frame[(frame["role_a"] == one) & (frame["role_b"] == other) & frame["gap"].notna()]
            columns = (
                rows[name].tolist() for name in ("key", "gap", "organisations", "same_direction", "cliffs_delta")
            )
            for key, gap, organisations, same, delta in zip(*columns, strict=True):
                found[str(key)] = Gap(
                    sign * gap,
                    int(organisations),
                    None if same != same else int(same),
                    None if delta != delta else sign * float(delta),
                )
        return found
