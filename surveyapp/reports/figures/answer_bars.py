"""How were the other kinds of questions answered? Choices, points to divide, and places in a ranking."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from surveyapp.questionnaires.shape import Content
from surveyapp.reports.figures.diverging_bars import PERCENTAGES_FROM
from surveyapp.reports.figures.figure import Cell, Count, DataTable, Figure, Hidden, sentences
from surveyapp.reports.figures.words import said_people, word
from surveyapp.reports.numbers import decimal, percentage


class Option(Content):
    """An answer that could be chosen, and how many did; or why that is not told."""

    label: str
    count: Count | None = None
    hidden: Hidden | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.count is None) == (self.hidden is None):
            raise ValueError(f"{self.label!r} has either a count or a reason why it is hidden")
        return self


class ChoiceBars(Figure):
    """``n`` people answered; with ``several`` answers each the shares add up to more than all."""

    figure: Literal["choice_bars"] = "choice_bars"
    options: tuple[Option, ...]
    n: Count | None = None
    several: bool = False

    @model_validator(mode="after")
    def _no_more_than_answered(self) -> Self:
        counts = [option.count or 0 for option in self.options]
        most = max(counts, default=0) if self.several else sum(counts)
        if self.n is not None and most > self.n:
            raise ValueError(f"{most} answers of {self.n} people")
        return self

    @property
    def in_percentages(self) -> bool:
        """Whether enough people answered to speak in percentages."""
        return self.n is not None and self.n >= PERCENTAGES_FROM

    def share(self, option: Option) -> float | None:
        """Of who answered; None where it is hidden or nobody did."""
        return option.count / self.n if option.count is not None and self.n else None

    def option_text(self, option: Option) -> str:
        """``12 (40%)``, the count alone where few answered, or why it is hidden."""
        if option.hidden is not None:
            return f"n<{self.threshold}" if option.hidden == "small" else "–"
        share = self.share(option)
        if share is None or not self.in_percentages:
            return str(option.count)
        return f"{option.count} ({percentage(share, self.language)})"

    def alternative_text(self) -> str:
        """Kind and size, what was chosen most, how many answered, and how many counts are hidden."""
        opening = self._opening(word("diverging_bars", self.language))
        count = word("option_count", self.language, count=len(self.options))
        people = said_people(self.n, self.language)
        hidden = sum(option.hidden in {"small", "linked"} for option in self.options)
        return sentences(opening, count, people, self._most_chosen(), self._hidden_sentence(hidden))

    def _most_chosen(self) -> str:
        most = max((option.count or 0 for option in self.options), default=0)
        if not most:
            known = any(option.count is not None for option in self.options)
            return word("nothing_chosen" if known else "no_numbers", self.language)
        named = [f"“{option.label}”" for option in self.options if option.count == most]
        value = self.option_text(next(option for option in self.options if option.count == most))
        return word("most_chosen", self.language, where=", ".join(named), value=value)

    def table(self) -> DataTable:
        """One row per answer: its count, and its share where enough people answered; last who answered."""
        share = (word("share", self.language),) if self.in_percentages else ()
        header = (word("answer", self.language), word("answers", self.language), *share)
        rows = [self._row(option) for option in self.options]
        if self.n is not None:
            rows.append((word("answered", self.language), str(self.n), *(("",) if self.in_percentages else ())))
        return DataTable(self.title, header, tuple(rows))

    def _row(self, option: Option) -> tuple[str, ...]:
        width = 2 if self.in_percentages else 1
        if option.hidden is not None:
            return (option.label, *(word(option.hidden, self.language, threshold=self.threshold),) * width)
        share = self.share(option)
        shares = (percentage(share or 0.0, self.language),) if self.in_percentages else ()
        return (option.label, str(option.count), *shares)


class Divided(Content):
    """Something that points could go to: their mean."""

    label: str
    mean: Cell


class PointsBars(Figure):
    """The mean of the points that people gave to each, of ``total`` to divide."""

    figure: Literal["points_bars"] = "points_bars"
    options: tuple[Divided, ...]
    total: Annotated[int, Field(ge=1)]
    n: Count | None = None

    def option_text(self, option: Divided) -> str:
        """The mean with one decimal, or why it is hidden."""
        if option.mean.value is not None:
            return decimal(option.mean.value, self.language)
        return f"n<{self.threshold}" if option.mean.hidden == "small" else "–"

    def alternative_text(self) -> str:
        """Kind and size, what got the most and the fewest points, and how many means are hidden."""
        opening = self._opening(word("points_bars", self.language, total=self.total))
        count = word("option_count", self.language, count=len(self.options))
        people = said_people(self.n, self.language)
        hidden = sum(option.mean.hidden in {"small", "linked"} for option in self.options)
        return sentences(opening, count, people, self._extremes(), self._hidden_sentence(hidden))

    def _extremes(self) -> str:
        known = [(option.mean.value, option.label) for option in self.options if option.mean.value is not None]
        if not known:
            return word("no_numbers", self.language)
        most, fewest = max(known, key=lambda entry: entry[0]), min(known, key=lambda entry: entry[0])
        told = [("most_points", most), ("fewest_points", fewest)][: 2 if most[0] > fewest[0] else 1]
        return sentences(
            *(word(key, self.language, where=label, value=decimal(mean, self.language)) for key, (mean, label) in told)
        )

    def table(self) -> DataTable:
        """One row per option: the mean of its points; last who answered."""
        header = (word("answer", self.language), word("mean_points", self.language))
        rows = [(option.label, option.mean.says(self.language, self.threshold)) for option in self.options]
        rows += [(word("answered", self.language), str(self.n))] if self.n is not None else []
        return DataTable(self.title, header, tuple(rows))


class Ranked(Content):
    """Something that was put in order: its mean place (1 is first), and how often it stood at each place."""

    label: str
    mean: Cell
    places: tuple[Count, ...] = ()

    @model_validator(mode="after")
    def _no_places_of_a_hidden_mean(self) -> Self:
        if self.mean.hidden in {"small", "linked"} and self.places:
            raise ValueError(f"{self.label!r} has places beside a hidden mean: together they reveal it")
        return self


class Ranking(Figure):
    """Mean places as dots on a line; ``places`` is how many there are, the first the best."""

    figure: Literal["ranking"] = "ranking"
    options: tuple[Ranked, ...]
    places: Annotated[int, Field(ge=1)]
    n: Count | None = None

    @model_validator(mode="after")
    def _a_count_per_place(self) -> Self:
        for option in self.options:
            if option.places and len(option.places) != self.places:
                raise ValueError(f"{option.label!r} has {len(option.places)} counts for {self.places} places")
        return self

    @property
    def has_places(self) -> bool:
        """Whether it is told how often each stood at each place: then it is drawn as bars."""
        return any(option.places for option in self.options)

    def alternative_text(self) -> str:
        """Kind and size, what stood first and last on average, and how many means are hidden."""
        opening = self._opening(word("ranking", self.language))
        count = word("option_count", self.language, count=len(self.options))
        people = said_people(self.n, self.language)
        hidden = sum(option.mean.hidden in {"small", "linked"} for option in self.options)
        return sentences(opening, count, people, self._extremes(), self._hidden_sentence(hidden))

    def _extremes(self) -> str:
        known = [(option.mean.value, option.label) for option in self.options if option.mean.value is not None]
        if not known:
            return word("no_numbers", self.language)
        first, last = min(known, key=lambda entry: entry[0]), max(known, key=lambda entry: entry[0])
        told = [("ranked_first", first), ("ranked_last", last)][: 2 if first[0] < last[0] else 1]
        return sentences(
            *(word(key, self.language, where=label, value=decimal(mean, self.language)) for key, (mean, label) in told)
        )

    def table(self) -> DataTable:
        """One row per option: the mean place, and the counts per place where told; last who answered."""
        places = range(1, self.places + 1) if self.has_places else ()
        heads = (word("place", self.language, place=place) for place in places)
        header = (word("answer", self.language), word("mean_place", self.language), *heads)
        rows = [self._row(option) for option in self.options]
        if self.n is not None:
            rows.append((word("answered", self.language), str(self.n), *("" for _ in places)))
        return DataTable(self.title, header, tuple(rows))

    def _row(self, option: Ranked) -> tuple[str, ...]:
        mean = option.mean.says(self.language, self.threshold)
        if not self.has_places:
            return (option.label, mean)
        counts = tuple(str(count) for count in option.places) or ("–",) * self.places
        return (option.label, mean, *counts)
