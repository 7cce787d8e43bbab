"""Two waves of the same study beside each other, as pages look numbers up."""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal, Self

import pandas as pd

from surveyapp import clock
from surveyapp.analysis.continuity import COMPARABLE, RESCALED
from surveyapp.models import Wave
from surveyapp.web.words import _

_KEYS = ["level", "key", "organisation", "role"]


@dataclass(frozen=True)
class Change:
    """A theme or statement in one place; what is hidden, missing or cannot be compared is None."""

    before: float | None
    after: float | None
    change: float | None
    bounds: tuple[float, float] | None
    interval: tuple[float, float] | None
    n_before: int | None
    n_after: int | None
    trend: Literal["same", "rescaled", "broken"]
    changed: bool | None
    """Whether it is called a change: by half a point of five, or because the bounds leave 0 out."""


@dataclass(frozen=True)
class Compared:
    """``first`` and ``second`` name the waves; ``frame`` has the columns of ``analysis.wave_changes``."""

    first: str
    second: str
    frame: pd.DataFrame

    @classmethod
    def of(cls, before: Wave | None, after: Wave, frame: pd.DataFrame | None) -> Self | None:
        """None where there is nothing to compare with."""
        if before is None or frame is None:
            return None
        return cls(wave_name(before), wave_name(after), frame)

    @cached_property
    def _rows(self) -> dict[tuple[str, str, str, str], int]:
        keys = (self.frame[name].astype(str).tolist() for name in _KEYS)
        return {key: row for row, key in enumerate(zip(*keys, strict=True))}

    def change(self, level: str, key: str, organisation: str, role: str) -> Change | None:
        """None for what only one of the waves has."""
        row = self._rows.get((level, key, organisation, role))
        if row is None:
            return None
        found = {str(name): value for name, value in self.frame.iloc[row].items()}
        verdict = str(found["verdict"])
        goes_on = str(found["continuity"])
        return Change(
            before=_number(found["before"]),
            after=_number(found["after"]),
            change=_number(found["change"]),
            bounds=_pair(found["lower"], found["upper"]),
            interval=_pair(found["interval_lower"], found["interval_upper"]),
            n_before=_count(found["n_before"]),
            n_after=_count(found["n_after"]),
            trend="rescaled" if goes_on == RESCALED else "same" if goes_on in COMPARABLE else "broken",
            changed=None if not verdict else verdict == "changed",
        )


def wave_name(wave: Wave) -> str:
    """``Wave 2 (2026)``: its number and the year in which it opened."""
    return _("Wave %(number)s (%(year)s)", number=wave.number, year=clock.local(wave.opens_at).year)


def _number(value: object) -> float | None:
    found = float(str(value))
    return None if found != found else found  # NaN differs from itself


def _count(value: object) -> int | None:
    found = _number(value)
    return None if found is None else int(found)


def _pair(low: object, high: object) -> tuple[float, float] | None:
    first, second = _number(low), _number(high)
    return None if first is None or second is None else (first, second)
