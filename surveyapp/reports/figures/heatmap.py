"""Where is it weak? Organisations by theme, a number in every cell."""

from typing import Literal, Self

from pydantic import model_validator

from surveyapp.questionnaires.shape import Content
from surveyapp.reports.figures.figure import Cell, Count, DataTable, Figure, sentences
from surveyapp.reports.figures.words import word
from surveyapp.reports.numbers import decimal


class Column(Content):
    """A theme: ``code`` is short (``1``), for the narrow layout; ``label`` is its name."""

    code: str
    label: str


class HeatmapRow(Content):
    """An organisation; ``n`` is None where it may not be said how many answered."""

    label: str
    cells: tuple[Cell, ...]
    n: Count | None = None

    @property
    def is_small(self) -> bool:
        """Whether it is hidden for its own size: it has no number, and none is hidden for the sake of another row."""
        reasons = {cell.hidden for cell in self.cells}
        return not reasons & {None, "linked"}


class Heatmap(Figure):
    """Scores on a fixed scale from ``lowest`` to ``highest``; ``summary`` is the region, set apart at the bottom."""

    figure: Literal["heatmap"] = "heatmap"
    row_title: str
    columns: tuple[Column, ...]
    rows: tuple[HeatmapRow, ...]
    summary: HeatmapRow | None = None
    lowest: int = 1
    highest: int = 5
    lowest_label: str = ""
    highest_label: str = ""
    order: Literal["name", "region", "cluster"] | None = None
    """How whoever made the figure put the rows in order; it is told under it."""

    @model_validator(mode="after")
    def _rectangular(self) -> Self:
        for row in self.every_row:
            if len(row.cells) != len(self.columns):
                raise ValueError(f"row {row.label!r} has {len(row.cells)} cells for {len(self.columns)} columns")
        return self

    @property
    def every_row(self) -> tuple[HeatmapRow, ...]:
        """The rows and, last, the summary."""
        return (*self.rows, self.summary) if self.summary else self.rows

    def n_text(self, row: HeatmapRow) -> str:
        """``9``, or ``<5`` where that is all that may be said; a dash where not even that may be said or is known."""
        if row.n is not None:
            return str(row.n)
        return f"<{self.threshold}" if self.threshold > 1 and row.is_small else "–"

    def alternative_text(self) -> str:
        """Kind and size, the lowest and highest cell, and how many are hidden."""
        grid = word("grid", self.language, rows=len(self.every_row), columns=len(self.columns))
        hidden = sum(cell.hidden in {"small", "linked"} for row in self.every_row for cell in row.cells)
        opening = self._opening(word("heatmap", self.language))
        return sentences(opening, grid, self._extremes(), self._hidden_sentence(hidden))

    def _extremes(self) -> str:
        known = [
            (cell.value, f"{row.label}, {column.label}")
            for row in self.rows
            for column, cell in zip(self.columns, row.cells, strict=True)
            if cell.value is not None
        ]
        if not known:
            return word("no_numbers", self.language)
        (low, weakest), (high, strongest) = min(known), max(known)
        return sentences(
            word("lowest", self.language, where=weakest, value=decimal(low, self.language)),
            word("highest", self.language, where=strongest, value=decimal(high, self.language)),
        )

    def table(self) -> DataTable:
        """One row per organisation: its name, its scores with two decimals, n."""
        header = (self.row_title, *(column.label for column in self.columns), word("n", self.language))
        rows = tuple(
            (row.label, *(cell.says(self.language, self.threshold) for cell in row.cells), self._n_words(row))
            for row in self.every_row
        )
        return DataTable(self.title, header, rows)

    def _n_words(self, row: HeatmapRow) -> str:
        if row.n is None and self.threshold > 1 and row.is_small:
            return word("fewer", self.language, threshold=self.threshold)
        return self.n_text(row)
