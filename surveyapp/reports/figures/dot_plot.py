"""The profile of one organisation: its score per theme against the region."""

from typing import Literal, Self

from pydantic import FiniteFloat, model_validator

from surveyapp.questionnaires.shape import Content
from surveyapp.reports.figures.figure import Cell, DataTable, Figure, plain, sentences
from surveyapp.reports.figures.words import word
from surveyapp.reports.numbers import decimal


class DotRow(Content):
    """One theme: the organisation's score, the region's, and the lowest and highest in the region where known."""

    label: str
    own: Cell
    region: Cell
    band: tuple[FiniteFloat, FiniteFloat] | None = None

    @model_validator(mode="after")
    def _band_in_order(self) -> Self:
        if self.band is not None and self.band[0] > self.band[1]:
            raise ValueError(f"the band of {self.label!r} ends before it begins")
        return self

    @property
    def distance(self) -> float | None:
        """Own minus region."""
        if self.own.value is None or self.region.value is None:
            return None
        return self.own.value - self.region.value


class DotPlot(Figure):
    """``own`` and ``region`` name what is compared, such as ``Almelo`` and ``Twente``, or two organisations."""

    figure: Literal["dot_plot"] = "dot_plot"
    row_title: str
    own: str
    region: str
    rows: tuple[DotRow, ...]
    lowest: int = 1
    highest: int = 5

    def alternative_text(self) -> str:
        """Kind and size, where the organisation differs most from the region, and how many scores are hidden."""
        opening = f"{self._opening(word('dot_plot', self.language))} {self.own} – {self.region}."
        count = word("row_count", self.language, count=len(self.rows))
        cells = [cell for row in self.rows for cell in (row.own, row.region)]
        hidden = sum(cell.hidden in {"small", "linked"} for cell in cells)
        return sentences(opening, count, self._furthest(), self._hidden_sentence(hidden))

    def _furthest(self) -> str:
        known = [(row.distance, row) for row in self.rows if row.distance is not None]
        if not known:
            return word("no_numbers", self.language)
        low = min(known, key=lambda entry: entry[0])
        high = max(known, key=lambda entry: entry[0])
        return sentences(
            self._comparison("behind", low[1]) if low[0] < 0 else "",
            self._comparison("ahead", high[1]) if high[0] > 0 else "",
        )

    def _comparison(self, key: str, row: DotRow) -> str:
        own, region = (decimal(cell.value or 0.0, self.language) for cell in (row.own, row.region))
        return word(key, self.language, where=plain(row.label), own=own, region=region, beside=self.region)

    def table(self) -> DataTable:
        """One row per theme: own, region, and the band where there is one."""
        with_band = any(row.band is not None for row in self.rows)
        band = (word("lower", self.language), word("upper", self.language)) if with_band else ()
        header = (self.row_title, self.own, self.region, *band)
        return DataTable(self.title, header, tuple(self._row(row, with_band) for row in self.rows))

    def _row(self, row: DotRow, with_band: bool) -> tuple[str, ...]:
        cells = tuple(cell.says(self.language, self.threshold) for cell in (row.own, row.region))
        if not with_band:
            return (row.label, *cells)
        ends = tuple(decimal(end, self.language, 2) for end in row.band) if row.band else ("–", "–")
        return (row.label, *cells, *ends)
