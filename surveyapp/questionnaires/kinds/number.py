"""A number with its unit."""

import re
from collections.abc import Iterator
from decimal import ROUND_FLOOR, ROUND_HALF_EVEN, Context, Decimal
from typing import Annotated, Final, Literal

from pydantic import Field

from surveyapp.questionnaires.kinds import problems
from surveyapp.questionnaires.kinds.asked import Asked, Sought, Variable
from surveyapp.questionnaires.scale import SKIPPED, Scales
from surveyapp.questionnaires.text import Text

_NUMBER: Final = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,6})?")
"""Exact in every program that reads our files."""
_SIGNIFICANT: Final = Context(prec=4, rounding=ROUND_HALF_EVEN)
_EXACT: Final = 10_000
_BEYOND: Final = Decimal(10) ** 15


class NumberQuestion(Asked):
    """A number between ``least`` and ``most``, stored with a point for its decimals: ``12.5``."""

    kind: Literal["number"]
    unit: Text | None = None
    """What it counts, as it stands behind the field: "euro", "uur per week"."""
    least: Decimal | None = None
    most: Decimal | None = None
    decimals: Annotated[int, Field(ge=0, le=6)] = 0
    """At most."""

    def problem(self, value: str, scales: Scales) -> str | None:
        del scales
        if not _NUMBER.fullmatch(value):
            return problems.NOT_A_NUMBER
        if len(value.partition(".")[2]) > self.decimals:
            return problems.TOO_PRECISE
        number = Decimal(value)
        if self.least is not None and number < self.least:
            return problems.TOO_LOW
        return problems.TOO_HIGH if self.most is not None and number > self.most else None

    def tallied(self, value: str) -> dict[str, str]:
        """Rounded to four significant digits."""
        return {self.key: significant(Decimal(value)) if value != SKIPPED else SKIPPED}

    def advice(self, scales: Scales) -> str:
        del scales
        written = f"write a number with at most {self.decimals} decimals behind a point"
        bounds = (f"{word} {bound}" for word, bound in (("from", self.least), ("to", self.most)) if bound is not None)
        return " ".join((written if self.decimals else "write a whole number", *bounds))

    def specimens(self, sought: Sought, scales: Scales) -> Iterator[str]:
        """The numbers at and beside every bound, those of the question itself among them."""
        del scales
        step = Decimal(1).scaleb(-self.decimals)
        own = [bound for bound in (self.least, self.most) if bound is not None]
        for bound in (Decimal(0), *own, *(Decimal(str(bound)) for bound in sorted(sought.bounds))):
            below = max(-_BEYOND, min(bound, _BEYOND)).quantize(step, ROUND_FLOOR)
            yield from (f"{number:f}" for number in (below - step, below, below + step))

    def variables(self, scales: Scales) -> tuple[Variable, ...]:
        del scales
        return (Variable(self.key, self.text, "interval", {}, {}),)


def significant(number: Decimal | int) -> str:
    """The number with four significant digits, as it is counted: there are few of those, however many answers.

    A count of people or hours up to 9,999 and a year are as they were; anything else is off by 0.05 % at most.
    """
    if isinstance(number, int) and number < _EXACT:
        return str(number)
    rounded = _SIGNIFICANT.create_decimal(number).normalize()
    return f"{rounded:f}" if rounded else "0"
