"""Looking up one number in a frame of scores: the research team's own, or the protected ones of a publication."""

from typing import Self

import pandas as pd

from surveyapp.analysis.counts import EVERYONE
from surveyapp.analysis.disclosure import SafeResults
from surveyapp.analysis.results import Results
from surveyapp.reports.figures.specification import Cell

THEME = "theme"
ITEM = "item"
_KEYS = ["level", "key", "organisation", "role"]


class Scores:
    """The scores of a study by level, key, organisation and role; what is missing or hidden has no number."""

    def __init__(self, frame: pd.DataFrame) -> None:
        self._frame = frame
        self._rows = {key: row for row, key in enumerate(zip(*(frame[name] for name in _KEYS), strict=True))}
        self._columns = {str(name): frame[name].tolist() for name in frame.columns}

    @classmethod
    def unprotected(cls, results: Results) -> Self:
        """For pages of the research team only."""
        return cls(results.scores)

    @classmethod
    def published(cls, results: SafeResults) -> Self:
        """For everybody who may read the publication."""
        return cls(results.scores)

    @property
    def frame(self) -> pd.DataFrame:
        """The frame itself, for what is worked out from all of it."""
        return self._frame

    def number(self, column: str, level: str, key: str, organisation: str, role: str = EVERYONE) -> float | None:
        """What stands there; None where it is missing, hidden or not in the frame."""
        row = self._rows.get((level, key, organisation, role))
        value = None if row is None else float(self._columns[column][row])
        return None if value is None or value != value else value  # NaN differs from itself

    def count(self, column: str, level: str, key: str, organisation: str, role: str = EVERYONE) -> int | None:
        """The same for a number of people."""
        found = self.number(column, level, key, organisation, role)
        return None if found is None else int(found)

    def hidden(self, level: str, key: str, organisation: str, role: str = EVERYONE) -> str:
        """Why the mean is hidden: ``small``, ``linked`` or empty."""
        row = self._rows.get((level, key, organisation, role))
        return str(self._columns["suppressed"][row]) if row is not None and "suppressed" in self._columns else ""

    def cell(self, level: str, key: str, organisation: str, role: str = EVERYONE, *, column: str | None = None) -> Cell:
        """The headline of a cell, or why there is none: of the region the mean in which each organisation counts once.

        ``column`` asks for another number than the headline.
        """
        chosen = column or ("equal" if organisation == EVERYONE else "mean")
        value = self.number(chosen, level, key, organisation, role)
        why = self.hidden(level, key, organisation, role)
        if not why and value is None and self.number("mean", level, key, organisation, role) is not None:
            why = "linked" if "suppressed" in self._columns else ""
        return Cell.of(value, why)

    def people(self, themes: tuple[str, ...], organisation: str, role: str = EVERYONE) -> int | None:
        """How many answered anything on these themes, as far as that may be said; 0 where nobody was asked."""
        found = [self.count("responded", THEME, theme, organisation, role) for theme in themes]
        known = [count for count in found if count is not None]
        if known:
            return max(known)
        return None if any(self.hidden(THEME, theme, organisation, role) for theme in themes) else 0
