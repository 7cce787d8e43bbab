"""What was answered to a question of any kind: the research team's own counts, or those that were published."""

from collections.abc import Callable, Mapping
from typing import Self

import pandas as pd

from surveyapp.analysis.disclosure import SafeResults
from surveyapp.analysis.results import Results

Given = Mapping[str, int]
"""Answer -> how many gave it; empty for skipped."""
Place = tuple[str, str, str]
"""Option (empty where there is one answer), organisation and role."""
_PLACE = ["option", "organisation", "role"]


class Answered:
    """Counts of answers and what sums them up, by question; a place that is hidden or not there has none."""

    def __init__(self, counted: Callable[[], pd.DataFrame], measured: Callable[[], pd.DataFrame]) -> None:
        self._counted = counted
        self._measured = measured
        self._given: dict[str, dict[Place, dict[str, int]]] = {}
        self._sums: dict[str, dict[Place, dict[str, float]]] = {}

    @classmethod
    def unprotected(cls, results: Results) -> Self:
        """For pages of the research team only."""
        return cls(lambda: results.distributions, lambda: results.measures)

    @classmethod
    def published(cls, results: SafeResults) -> Self:
        """For everybody who may read the publication."""
        return cls(lambda: results.distributions, lambda: results.measures)

    def given(self, question: str, organisation: str, role: str, option: str = "") -> Given | None:
        """How often each possible answer was given there; None where that may not be said."""
        if question not in self._given:
            self._given[question] = _by_place(self._counted(), question)
        return self._given[question].get((option, organisation, role))

    def measure(self, name: str, question: str, organisation: str, role: str, option: str = "") -> float | None:
        """A mean, median and so on (``MEASURE_COLUMNS``); None where there is none or it may not be said."""
        if question not in self._sums:
            self._sums[question] = _sums_by_place(self._measured(), question)
        return self._sums[question].get((option, organisation, role), {}).get(name)


def _by_place(frame: pd.DataFrame, question: str) -> dict[Place, dict[str, int]]:
    rows = frame[(frame["question"] == question) & frame["count"].notna()]
    found: dict[Place, dict[str, int]] = {}
    columns = (rows[name].tolist() for name in (*_PLACE, "answer", "count"))
    for option, organisation, role, answer, count in zip(*columns, strict=True):
        found.setdefault((str(option), str(organisation), str(role)), {})[str(answer)] = int(count)
    return found


def _sums_by_place(frame: pd.DataFrame, question: str) -> dict[Place, dict[str, float]]:
    rows = frame[frame["question"] == question]
    names = [name for name in frame.columns if name not in {"question", "suppressed", *_PLACE}]
    places = zip(*(rows[name].astype(str).tolist() for name in _PLACE), strict=True)
    values = zip(*(rows[name].tolist() for name in names), strict=True)
    return {
        place: {name: float(number) for name, number in zip(names, numbers, strict=True) if number == number}
        for place, numbers in zip(places, values, strict=True)
    }
