"""What changed? Two waves per theme or organisation, with an arrow from the first to the second."""

from typing import Literal, Self

from pydantic import FiniteFloat, model_validator

from surveyapp.questionnaires.shape import Content
from surveyapp.reports.figures.figure import Cell, Count, DataTable, Figure, plain, sentences
from surveyapp.reports.figures.words import word
from surveyapp.reports.numbers import decimal, signed

Bounds = tuple[FiniteFloat, FiniteFloat]


class WaveRow(Content):
    """Both means; ``change`` is second minus first where not given.

    ``trend``: ``same`` question in both waves, ``rescaled`` to one scale (comparable, with a mark), or ``broken``: the
    question changed, so nothing is compared. Bounds are what the silent could make of a mean, or of the change.
    """

    label: str
    first: Cell
    second: Cell
    change: FiniteFloat | None = None
    first_bounds: Bounds | None = None
    second_bounds: Bounds | None = None
    change_bounds: Bounds | None = None
    trend: Literal["same", "rescaled", "broken"] = "same"
    n_first: Count | None = None
    n_second: Count | None = None

    @model_validator(mode="after")
    def _nothing_beside_a_hidden_mean(self) -> Self:
        alone = (self.first_bounds and self.first.hidden) or (self.second_bounds and self.second.hidden)
        together = self.change is not None or self.change_bounds is not None
        if alone or (together and not self.is_compared):
            raise ValueError(f"{self.label!r} has a change or bounds beside a mean that is hidden or not comparable")
        for bounds in (self.first_bounds, self.second_bounds, self.change_bounds):
            if bounds is not None and bounds[0] > bounds[1]:
                raise ValueError(f"bounds of {self.label!r} end before they begin")
        return self

    @property
    def is_compared(self) -> bool:
        return self.first.value is not None and self.second.value is not None and self.trend != "broken"

    @property
    def difference(self) -> float | None:
        """The change to print."""
        if not self.is_compared or self.first.value is None or self.second.value is None:
            return None
        return self.change if self.change is not None else self.second.value - self.first.value


class Waves(Figure):
    """``first`` and ``second`` name the waves, such as ``2024`` and ``2026``."""

    figure: Literal["waves"] = "waves"
    row_title: str
    first: str
    second: str
    rows: tuple[WaveRow, ...]
    lowest: int = 1
    highest: int = 5

    def change_text(self, row: WaveRow) -> str:
        """``+0,5`` where the second is higher; a dash where nothing is compared."""
        return "–" if row.difference is None else signed(row.difference, self.language)

    def bounds_text(self, row: WaveRow, places: int = 1) -> str:
        """The least and the most that the change can have been, or nothing."""
        if row.change_bounds is None:
            return ""
        least, most = (signed(end, self.language, places) for end in row.change_bounds)
        return word("from_to", self.language, low=least, high=most)

    def alternative_text(self) -> str:
        """Kind, waves and size, the largest rise and fall, what is not compared, and how many means are hidden."""
        opening = f"{self._opening(word('waves', self.language))} {self.first} – {self.second}."
        count = word("row_count", self.language, count=len(self.rows))
        broken = sum(row.trend == "broken" for row in self.rows)
        breaks = word("breaks", self.language, count=broken) if broken else ""
        cells = [cell for row in self.rows for cell in (row.first, row.second)]
        hidden = sum(cell.hidden in {"small", "linked"} for cell in cells)
        return sentences(opening, count, self._extremes(), breaks, self._hidden_sentence(hidden))

    def _extremes(self) -> str:
        known = [(row.difference, row) for row in self.rows if row.difference is not None]
        if not known:
            return word("no_changes", self.language)
        fall = min(known, key=lambda entry: entry[0])
        rise = max(known, key=lambda entry: entry[0])
        return sentences(
            self._told("largest_rise", rise[1]) if rise[0] > 0 else "",
            self._told("largest_fall", fall[1]) if fall[0] < 0 else "",
        ) or word("no_change", self.language)

    def _told(self, key: str, row: WaveRow) -> str:
        first, second = (decimal(cell.value or 0.0, self.language) for cell in (row.first, row.second))
        return word(key, self.language, where=plain(row.label), first=first, second=second, value=self.change_text(row))

    def table(self) -> DataTable:
        """One row per theme: both means, n and bounds where given, the change and its bounds."""
        rows = self.rows
        kinds = {
            "n": any(row.n_first is not None or row.n_second is not None for row in rows),
            "bounds": any(row.first_bounds or row.second_bounds for row in rows),
            "change": any(row.change_bounds for row in rows),
            "trend": any(row.trend != "same" for row in rows),
        }
        waves = [column for wave in (self.first, self.second) for column in self._wave_header(wave, kinds)]
        after = [word("change_bounds", self.language)] if kinds["change"] else []
        after += [word("trend", self.language)] if kinds["trend"] else []
        header = (self.row_title, *waves, word("change", self.language), *after)
        return DataTable(self.title, header, tuple(self._row(row, kinds) for row in rows))

    def _wave_header(self, wave: str, kinds: dict[str, bool]) -> list[str]:
        n = [f"{word('n', self.language)} {wave}"] if kinds["n"] else []
        bounds = [f"{word('bounds', self.language)} {wave}"] if kinds["bounds"] else []
        return [wave, *n, *bounds]

    def _row(self, row: WaveRow, kinds: dict[str, bool]) -> tuple[str, ...]:
        change = "–" if row.difference is None else signed(row.difference, self.language, 2)
        after = [self.bounds_text(row, 2) or "–"] if kinds["change"] else []
        after += [word(f"trend_{row.trend}", self.language)] if kinds["trend"] else []
        first = self._wave(row.first, row.n_first, row.first_bounds, kinds)
        second = self._wave(row.second, row.n_second, row.second_bounds, kinds)
        return (row.label, *first, *second, change, *after)

    def _wave(self, cell: Cell, n: int | None, bounds: Bounds | None, kinds: dict[str, bool]) -> list[str]:
        ends = [decimal(end, self.language, 2) for end in bounds or ()]
        said = word("from_to", self.language, low=ends[0], high=ends[1]) if ends else "–"
        counted = ["–" if n is None else str(n)] if kinds["n"] else []
        return [cell.says(self.language, self.threshold), *counted, *([said] if kinds["bounds"] else [])]
