"""A day."""

import re
from datetime import date
from typing import Final, Literal

from surveyapp.questionnaires.kinds import problems
from surveyapp.questionnaires.kinds.asked import Asked, Variable
from surveyapp.questionnaires.scale import Scales

_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class DateQuestion(Asked):
    """A day between ``earliest`` and ``latest``, stored as ``2026-11-22``."""

    kind: Literal["date"]
    earliest: date | None = None
    latest: date | None = None

    def problem(self, value: str, scales: Scales) -> str | None:
        del scales
        day = _day(value)
        if day is None:
            return problems.NOT_A_DATE
        if self.earliest is not None and day < self.earliest:
            return problems.TOO_EARLY
        return problems.TOO_LATE if self.latest is not None and day > self.latest else None

    def variables(self, scales: Scales) -> tuple[Variable, ...]:
        del scales
        return (Variable(self.key, self.text, "date", {}, {}),)


def _day(value: str) -> date | None:
    if not _DAY.fullmatch(value):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None
