"""A day."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Final, Literal

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from surveyapp.questionnaires.kinds import problems
from surveyapp.questionnaires.kinds.asked import Asked, Sought, Variable
from surveyapp.questionnaires.scale import Scales

_MONTH: Final = len("2026-11")
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _written_as_a_day(value: object) -> object:
    """Only as it is written in an answer: pydantic would also take a number of seconds for a day."""
    if isinstance(value, date) or (isinstance(value, str) and day(value) is not None):
        return value
    raise PydanticCustomError("not_a_day", "is not a day")


_Day = Annotated[date, BeforeValidator(_written_as_a_day)]


class DateQuestion(Asked):
    """A day between ``earliest`` and ``latest``, stored as ``2026-11-22``."""

    kind: Literal["date"]
    earliest: _Day | None = None
    latest: _Day | None = None

    def problem(self, value: str, scales: Scales) -> str | None:
        del scales
        given = day(value)
        if given is None:
            return problems.NOT_A_DATE
        if self.earliest is not None and given < self.earliest:
            return problems.TOO_EARLY
        return problems.TOO_LATE if self.latest is not None and given > self.latest else None

    def tallied(self, value: str) -> dict[str, str]:
        """The month."""
        return {self.key: value[:_MONTH]}

    def advice(self, scales: Scales) -> str:
        del scales
        bounds = (f"{word} {bound}" for word, bound in (("from", self.earliest), ("to", self.latest)) if bound)
        return " ".join(("write a day as 2026-11-22", *bounds))

    def specimens(self, sought: Sought, scales: Scales) -> Iterator[str]:
        """Any day: conditions only see that there is an answer."""
        del sought, scales
        yield (self.earliest or self.latest or date(2000, 1, 1)).isoformat()

    def variables(self, scales: Scales) -> tuple[Variable, ...]:
        del scales
        return (Variable(self.key, self.text, "date", {}, {}),)


def day(value: str) -> date | None:
    """The day that is written here as ``2026-11-22``; None where none is."""
    if not _DAY.fullmatch(value):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None
