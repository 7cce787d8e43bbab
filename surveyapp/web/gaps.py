"""Where two roles see it differently, as rows for a page."""

from dataclasses import dataclass

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


def unprotected_gaps(results: Results, first: str, second: str) -> dict[str, Gap]:
    """The gaps of these roles by theme and item; for the research team only."""
    return _of(results.gaps, first, second)


def published_gaps(results: SafeResults, first: str, second: str) -> dict[str, Gap]:
    """The gaps of these roles that the publication shows."""
    return _of(results.gaps, first, second)


def _of(frame: pd.DataFrame, first: str, second: str) -> dict[str, Gap]:
    """Found in either order of the roles."""
    found = {}
    for one, other, sign in ((first, second, 1.0), (second, first, -1.0)):
        rows = frame[(frame["role_a"] == one) & (frame["role_b"] == other) & frame["gap"].notna()]
        columns = (rows[name].tolist() for name in ("key", "gap", "organisations", "same_direction"))
        for key, gap, organisations, same in zip(*columns, strict=True):
            found[str(key)] = Gap(sign * gap, int(organisations), None if same != same else int(same))
    return found
