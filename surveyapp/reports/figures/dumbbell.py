"""Do two roles, or two organisations, see it alike? Two marks per theme on one line, with the gap in print."""

from typing import Literal, Self

from pydantic import FiniteFloat, model_validator

from surveyapp.questionnaires.shape import Content
from surveyapp.reports.figures.figure import Cell, Count, DataTable, Figure, plain, sentences
from surveyapp.reports.figures.words import word
from surveyapp.reports.numbers import decimal, signed


class Pair(Content):
    """The means of both; ``gap`` is first minus second where not given (a within-organisation mean may be)."""

    label: str
    first: Cell
    second: Cell
    gap: FiniteFloat | None = None
    n_first: Count | None = None
    n_second: Count | None = None

    @model_validator(mode="after")
    def _no_gap_beside_a_hidden_mean(self) -> Self:
        if self.gap is not None and not self.complete:
            raise ValueError(f"{self.label!r} has a gap beside a hidden mean: together they reveal it")
        return self

    @property
    def complete(self) -> bool:
        return self.first.value is not None and self.second.value is not None

    @property
    def difference(self) -> float | None:
        """The gap to print."""
        if self.first.value is None or self.second.value is None:
            return None
        return self.gap if self.gap is not None else self.first.value - self.second.value


class Dumbbell(Figure):
    """``first`` and ``second`` name the roles, such as governors and officials, or the ``organisations``."""

    figure: Literal["dumbbell"] = "dumbbell"
    of: Literal["roles", "organisations"] = "roles"
    row_title: str
    first: str
    second: str
    pairs: tuple[Pair, ...]
    lowest: int = 1
    highest: int = 5

    def gap_text(self, pair: Pair) -> str:
        """``+0,8`` where the first role is the more positive; a dash where a mean is missing."""
        return "–" if pair.difference is None else signed(pair.difference, self.language)

    def alternative_text(self) -> str:
        """Kind, roles and size, the largest gap, and how many means are hidden."""
        opening = f"{self._opening(word('dumbbell', self.language))} {self.first} – {self.second}."
        count = word("row_count", self.language, count=len(self.pairs))
        cells = [cell for pair in self.pairs for cell in (pair.first, pair.second)]
        hidden = sum(cell.hidden in {"small", "linked"} for cell in cells)
        return sentences(opening, count, self._largest_gap(), self._hidden_sentence(hidden))

    def _largest_gap(self) -> str:
        known = [pair for pair in self.pairs if pair.difference is not None]
        if not known:
            return word("no_numbers", self.language)
        widest = max(known, key=lambda pair: abs(pair.difference or 0.0))
        return word(
            "largest_gap",
            self.language,
            where=plain(widest.label),
            a=self.first,
            b=self.second,
            first=decimal(widest.first.value or 0.0, self.language),
            second=decimal(widest.second.value or 0.0, self.language),
            value=self.gap_text(widest),
        )

    def table(self) -> DataTable:
        """One row per theme: both means with two decimals, n of each where given, the gap."""
        with_n = any(pair.n_first is not None or pair.n_second is not None for pair in self.pairs)
        n = word("n", self.language)
        first = (self.first, f"{n} {self.first}") if with_n else (self.first,)
        second = (self.second, f"{n} {self.second}") if with_n else (self.second,)
        header = (self.row_title, *first, *second, word("gap", self.language))
        return DataTable(self.title, header, tuple(self._row(pair, with_n) for pair in self.pairs))

    def _row(self, pair: Pair, with_n: bool) -> tuple[str, ...]:
        gap = "–" if pair.difference is None else signed(pair.difference, self.language, 2)
        first, second = (cell.says(self.language, self.threshold) for cell in (pair.first, pair.second))
        if not with_n:
            return (pair.label, first, second, gap)
        n_first, n_second = ("" if n is None else str(n) for n in (pair.n_first, pair.n_second))
        return (pair.label, first, n_first, second, n_second, gap)
