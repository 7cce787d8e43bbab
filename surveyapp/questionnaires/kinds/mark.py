"""A school mark from 1 to 10."""

import re
from collections.abc import Iterator
from typing import Final, Literal

from surveyapp.questionnaires.kinds import problems
from surveyapp.questionnaires.kinds.asked import Asked, Sought, Variable
from surveyapp.questionnaires.scale import DONT_KNOW, Scales
from surveyapp.questionnaires.text import Text

LOWEST: Final = 1
HIGHEST: Final = 10
_MARK: Final = re.compile(r"(0|[1-9][0-9]?)(\.5)?")


class MarkQuestion(Asked):
    """A mark, stored as ``7`` or, where halves are allowed, ``7.5``; ``dk`` where "don't know" is offered."""

    kind: Literal["mark"]
    halves: bool = False
    dont_know: Text | None = None

    def problem(self, value: str, scales: Scales) -> str | None:
        del scales
        if value == DONT_KNOW and self.dont_know is not None:
            return None
        if not _MARK.fullmatch(value):
            return problems.NOT_A_NUMBER
        if "." in value and not self.halves:
            return problems.TOO_PRECISE
        if float(value) < LOWEST:
            return problems.TOO_LOW
        return problems.TOO_HIGH if float(value) > HIGHEST else None

    def advice(self, scales: Scales) -> str:
        del scales
        apart = f", or {DONT_KNOW}" if self.dont_know is not None else ""
        return f"use {LOWEST} to {HIGHEST}{', with halves as 7.5' if self.halves else ''}{apart}"

    def specimens(self, sought: Sought, scales: Scales) -> Iterator[str]:
        """Every mark."""
        del sought, scales
        yield DONT_KNOW
        yield from (f"{half / 2:g}" for half in range(2 * LOWEST, 2 * HIGHEST + 1))

    def variables(self, scales: Scales) -> tuple[Variable, ...]:
        del scales
        apart = {DONT_KNOW: self.dont_know} if self.dont_know is not None else {}
        return (Variable(self.key, self.text, "interval", {}, apart),)
