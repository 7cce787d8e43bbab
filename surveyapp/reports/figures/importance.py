"""What matters and goes less well? Themes by their score and their importance, in four quarters."""

from statistics import fmean
from typing import Literal

from surveyapp.questionnaires.shape import Content
from surveyapp.reports.figures.figure import Cell, Count, DataTable, Figure, plain, sentences
from surveyapp.reports.figures.words import word
from surveyapp.reports.numbers import decimal


class Point(Content):
    """A theme: how it goes, and how much it matters. It is drawn where both are known."""

    label: str
    score: Cell
    importance: Cell
    n: Count | None = None

    @property
    def place(self) -> tuple[float, float] | None:
        """Score and importance; None where one of them is missing."""
        if self.score.value is None or self.importance.value is None:
            return None
        return self.score.value, self.importance.value

    @property
    def is_hidden(self) -> bool:
        return any(cell.hidden in {"small", "linked"} for cell in (self.score, self.importance))


class Importance(Figure):
    """Points are numbered in their order. ``lines``: the quarters part at the points' mean, or halfway the scales."""

    figure: Literal["importance"] = "importance"
    row_title: str
    points: tuple[Point, ...]
    lines: Literal["mean", "middle"] = "mean"
    lowest: int = 1
    highest: int = 5
    lowest_importance: int = 1
    highest_importance: int = 5

    @property
    def placed(self) -> tuple[tuple[int, Point, tuple[float, float]], ...]:
        """The points that can be drawn, with their number and place."""
        numbered = enumerate(self.points, 1)
        return tuple((number, point, point.place) for number, point in numbered if point.place is not None)

    @property
    def crossing(self) -> tuple[float, float]:
        """Score and importance at which the quarters part; made of nothing but the points that are drawn."""
        if self.lines == "mean" and len(self.placed) > 1:
            return fmean(place[0] for *_, place in self.placed), fmean(place[1] for *_, place in self.placed)
        return (self.lowest + self.highest) / 2, (self.lowest_importance + self.highest_importance) / 2

    @property
    def first_things(self) -> list[Point]:
        """What matters more and goes less well, the most important first."""
        score, importance = self.crossing
        found = [(place, point) for _, point, place in self.placed if place[0] < score and place[1] >= importance]
        return [point for place, point in sorted(found, key=lambda entry: (-entry[0][1], entry[0][0]))]

    def alternative_text(self) -> str:
        """Kind and size, what matters and goes less well, and how many points are hidden."""
        opening = self._opening(word("importance", self.language))
        count = word("point_count", self.language, count=len(self.points))
        hidden = sum(point.is_hidden for point in self.points)
        return sentences(opening, count, self._message(), self._hidden_points(hidden))

    def _message(self) -> str:
        if not self.placed:
            return word("no_numbers", self.language)
        if not self.first_things:
            return word("nothing_first", self.language)
        named = "; ".join(self._named(point) for point in self.first_things)
        return word("first_things", self.language, where=named)

    def _named(self, point: Point) -> str:
        score, importance = (decimal(number, self.language) for number in point.place or ())
        return word("score_importance", self.language, where=plain(point.label), score=score, importance=importance)

    def _hidden_points(self, count: int) -> str:
        return word("one_point_hidden" if count == 1 else "points_hidden", self.language, count=count) if count else ""

    def table(self) -> DataTable:
        """One row per theme: its number and name, score, importance, and n where given."""
        with_n = any(point.n is not None for point in self.points)
        n = (word("n", self.language),) if with_n else ()
        header = (self.row_title, word("number", self.language), word("score", self.language))
        rows = tuple(
            (
                point.label,
                str(number),
                *(cell.says(self.language, self.threshold) for cell in (point.score, point.importance)),
                *((str(point.n) if point.n is not None else "–",) if with_n else ()),
            )
            for number, point in enumerate(self.points, 1)
        )
        return DataTable(self.title, (*header, word("importance_short", self.language), *n), rows)
