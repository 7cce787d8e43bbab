"""Who answered? Invited people and responses per organisation."""

from typing import Literal, Self

from pydantic import model_validator

from surveyapp.questionnaires.shape import Content
from surveyapp.reports.figures.figure import Count, DataTable, Figure, Hidden, sentences
from surveyapp.reports.figures.words import word
from surveyapp.reports.numbers import percentage


class ResponseRow(Content):
    """An organisation; ``invited`` is None where anybody with a link could answer."""

    label: str
    responded: Count | None = None
    invited: Count | None = None
    hidden: Hidden | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.responded is None) == (self.hidden is None):
            raise ValueError(f"{self.label!r} has either a response or a reason why it is hidden")
        return self

    @property
    def share(self) -> float | None:
        """Of the invited; never above 1. None where it is hidden or nobody was invited by name."""
        if self.responded is None or not self.invited:
            return None
        return min(self.responded / self.invited, 1.0)


class Response(Figure):
    """``summary`` is the whole study, set apart at the bottom."""

    figure: Literal["response"] = "response"
    row_title: str
    rows: tuple[ResponseRow, ...]
    summary: ResponseRow | None = None

    @property
    def every_row(self) -> tuple[ResponseRow, ...]:
        """The rows and, last, the summary."""
        return (*self.rows, self.summary) if self.summary else self.rows

    def row_text(self, row: ResponseRow) -> str:
        """``7 van 9 (78%)``, the responses alone where nobody was invited by name, or why it is hidden."""
        if row.responded is None:
            return f"<{self.threshold}" if row.hidden == "small" else "–"
        if row.invited is None:
            return str(row.responded)
        counts = word("of", self.language, count=row.responded, total=row.invited)
        return counts if row.share is None else f"{counts} ({percentage(row.share, self.language)})"

    def alternative_text(self) -> str:
        """Kind and size, the whole, the lowest response, and how many are hidden."""
        opening = self._opening(word("response", self.language))
        count = word("row_count", self.language, count=len(self.rows))
        whole = f"{self.summary.label}: {self.row_text(self.summary)}." if self.summary else ""
        hidden = sum(row.hidden in {"small", "linked"} for row in self.every_row)
        return sentences(opening, count, whole, self._lowest(), self._hidden_sentence(hidden))

    def _lowest(self) -> str:
        known = [(row.share, row) for row in self.rows if row.share is not None]
        if not known:
            return "" if any(row.responded is not None for row in self.rows) else word("no_numbers", self.language)
        row = min(known, key=lambda entry: entry[0])[1]
        return word("lowest_response", self.language, where=row.label, value=self.row_text(row))

    def table(self) -> DataTable:
        """One row per organisation: invited, responded, the share."""
        heads = (word(key, self.language) for key in ("invited", "responded", "share"))
        rows = tuple((row.label, *self._numbers(row)) for row in self.every_row)
        return DataTable(self.title, (self.row_title, *heads), rows)

    def _numbers(self, row: ResponseRow) -> tuple[str, str, str]:
        invited = "–" if row.invited is None else str(row.invited)
        if row.responded is None:
            said = word(row.hidden or "none", self.language, threshold=self.threshold)
            return invited, said, said
        return invited, str(row.responded), "–" if row.share is None else percentage(row.share, self.language)
