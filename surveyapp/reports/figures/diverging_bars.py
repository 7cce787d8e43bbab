"""How do answers spread? Bars per statement that lean to the side of the answers."""

from typing import Literal, Self

from pydantic import model_validator

from surveyapp.questionnaires.shape import Content
from surveyapp.reports.figures.figure import Count, DataTable, Figure, Hidden, sentences
from surveyapp.reports.figures.words import word
from surveyapp.reports.numbers import percentage

PERCENTAGES_FROM = 10
"""With fewer answers than this a percentage suggests more than there is: counts are printed."""


class Statement(Content):
    """Counts per point of the scale, 1 first, with "don't know" and "not applicable" apart; or why there are none."""

    label: str
    counts: tuple[Count, ...] = ()
    dont_know: Count | None = None
    not_applicable: Count | None = None
    hidden: Hidden | None = None

    @property
    def n(self) -> int:
        """Answers on the scale."""
        return sum(self.counts)

    def share(self, *points: int) -> float:
        """The share of these points (0 is the first) in the answers on the scale; 0 where nobody answered."""
        return sum(self.counts[point] for point in points) / self.n if self.n else 0.0


class DivergingBars(Figure):
    """``points`` name the scale from the least to the most favourable answer."""

    figure: Literal["diverging_bars"] = "diverging_bars"
    points: tuple[str, ...]
    statements: tuple[Statement, ...]
    outside_team: bool = False
    """Outside the team nobody sees the spread of fewer than ten answers: such a statement is refused."""
    stacked: bool = False
    """All bars begin at the left, instead of on both sides of the middle."""

    @model_validator(mode="after")
    def _enough_for_a_spread(self) -> Self:
        for statement in self.statements if self.outside_team else ():
            if not statement.hidden and statement.n < PERCENTAGES_FROM:
                raise ValueError(f"{statement.label!r} has {statement.n} answers: too few to show outside the team")
        return self

    @model_validator(mode="after")
    def _a_count_per_point(self) -> Self:
        for statement in self.statements:
            expected = 0 if statement.hidden else len(self.points)
            if len(statement.counts) != expected:
                raise ValueError(f"{statement.label!r} has {len(statement.counts)} counts instead of {expected}")
        return self

    @property
    def in_percentages(self) -> bool:
        """Whether every statement has enough answers to speak in percentages."""
        return all(statement.n >= PERCENTAGES_FROM for statement in self.statements if statement.n)

    @property
    def has_dont_know(self) -> bool:
        return any(statement.dont_know is not None for statement in self.statements)

    @property
    def has_not_applicable(self) -> bool:
        return any(statement.not_applicable is not None for statement in self.statements)

    def segment_text(self, statement: Statement, point: int) -> str:
        """What is printed in a segment: a count, or a percentage without its sign."""
        if self.in_percentages:
            return percentage(statement.share(point), self.language).rstrip("%")
        return str(statement.counts[point])

    def alternative_text(self) -> str:
        """Kind and size, and the statements with the most and the least agreement."""
        count = word("statement_count", self.language, count=len(self.statements))
        hidden = sum(statement.hidden in {"small", "linked"} for statement in self.statements)
        opening = self._opening(word("diverging_bars", self.language))
        return sentences(opening, count, self._extremes(), self._hidden_sentence(hidden))

    def _extremes(self) -> str:
        upper_half = range((len(self.points) + 1) // 2, len(self.points))
        known = [(s.share(*upper_half), s.label.rstrip("."), s) for s in self.statements if s.n]
        if not known:
            return word("no_numbers", self.language)
        most = max(known, key=lambda entry: entry[:2])
        least = min(known, key=lambda entry: entry[:2])
        agreement = [
            word(key, self.language, where=f"“{label}”", value=self._agreement(share, statement))
            for key, (share, label, statement) in (("most_agreement", most), ("least_agreement", least))
        ]
        return sentences(*agreement[: 1 if most is least else 2])

    def _agreement(self, share: float, statement: Statement) -> str:
        if self.in_percentages:
            return percentage(share, self.language)
        return f"{round(share * statement.n)}/{statement.n}"

    def table(self) -> DataTable:
        """One row per statement: counts per point, don't know, not applicable, n."""
        header = [word("statements", self.language), *self.points]
        header += [word("dont_know", self.language)] if self.has_dont_know else []
        header += [word("not_applicable", self.language)] if self.has_not_applicable else []
        header.append(word("valid", self.language))
        rows = tuple((statement.label, *self._numbers(statement, len(header) - 1)) for statement in self.statements)
        return DataTable(f"{self.title} ({word('answers', self.language).lower()})", tuple(header), rows)

    def _numbers(self, statement: Statement, width: int) -> tuple[str, ...]:
        if statement.hidden:
            return (word(statement.hidden, self.language, threshold=self.threshold),) * width
        apart = [statement.dont_know] if self.has_dont_know else []
        apart += [statement.not_applicable] if self.has_not_applicable else []
        return tuple("" if count is None else str(count) for count in (*statement.counts, *apart, statement.n))
