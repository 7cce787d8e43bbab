"""Which marks were given? A bar per mark, and the mean."""

from typing import Literal, Self

from pydantic import model_validator

from surveyapp.reports.figures.figure import Cell, Count, DataTable, Figure, Hidden, sentences
from surveyapp.reports.figures.words import said_people, word
from surveyapp.reports.numbers import decimal


class Marks(Figure):
    """How often each mark was given, the lowest first, or why that is not told; the mean may be told on its own."""

    figure: Literal["marks"] = "marks"
    counts: tuple[Count, ...] = ()
    hidden: Hidden | None = None
    mean: Cell
    n: Count | None = None
    lowest: int = 1
    highest: int = 10

    @model_validator(mode="after")
    def _a_count_per_mark(self) -> Self:
        expected = 0 if self.hidden else self.highest - self.lowest + 1
        if len(self.counts) != expected:
            raise ValueError(f"{len(self.counts)} counts instead of {expected}")
        if self.counts and self.mean.hidden in {"small", "linked"}:
            raise ValueError("the counts reveal the mean that is hidden")
        return self

    @property
    def marks(self) -> range:
        return range(self.lowest, self.highest + 1)

    @property
    def mean_text(self) -> str:
        """``gemiddeld 7,2``, or why it is hidden."""
        if self.mean.value is not None:
            return word("mean_is", self.language, value=decimal(self.mean.value, self.language))
        return word(self.mean.hidden or "none", self.language, threshold=self.threshold)

    def alternative_text(self) -> str:
        """Kind, how many people, the mean and the mark given most; or that it is hidden."""
        opening = self._opening(word("marks", self.language))
        people = said_people(self.n, self.language)
        mean = self.mean_text
        parts = [self._most_given()]
        if self.hidden in {"small", "linked"}:
            parts.append(word("spread_hidden", self.language))
        return sentences(opening, people, f"{mean[0].upper()}{mean[1:]}.", *parts)

    def _most_given(self) -> str:
        most = max(self.counts, default=0)
        if not most:
            return ""
        given = [str(mark) for mark, count in zip(self.marks, self.counts, strict=True) if count == most]
        return word("most_given", self.language, where=", ".join(given), value=most)

    def table(self) -> DataTable:
        """One row per mark: how often; then the mean and who answered."""
        header = (word("mark", self.language), word("answers", self.language))
        said = word(self.hidden or "none", self.language, threshold=self.threshold)
        counts = [str(count) for count in self.counts] or [said] * len(self.marks)
        rows = [(str(mark), count) for mark, count in zip(self.marks, counts, strict=True)]
        rows.append((word("mean", self.language), self.mean.says(self.language, self.threshold)))
        rows += [(word("answered", self.language), str(self.n))] if self.n is not None else []
        return DataTable(self.title, header, tuple(rows))
