"""Something to read between the questions."""

from collections.abc import Iterator
from typing import ClassVar, Literal

from surveyapp.questionnaires.kinds import problems
from surveyapp.questionnaires.kinds.asked import Asked, Sought, Variable
from surveyapp.questionnaires.scale import Scales


class InformationBlock(Asked):
    """Something to read: ``text`` is its heading and ``help`` what it says. There is nothing to answer."""

    answerable: ClassVar[bool] = False

    kind: Literal["information"]

    def problem(self, value: str, scales: Scales) -> str | None:
        del value, scales
        return problems.NOT_ASKED

    def unfinished(self, value: str, parts: dict[str, str]) -> None:
        """Never: there is nothing to finish."""

    def tallied(self, value: str) -> dict[str, str]:
        """Not at all."""
        del value
        return {}

    def advice(self, scales: Scales) -> str:
        del scales
        return "remove it"

    def specimens(self, sought: Sought, scales: Scales) -> Iterator[str]:
        """None: there is nothing to answer."""
        del sought, scales
        yield from ()

    def variables(self, scales: Scales) -> tuple[Variable, ...]:
        del scales
        return ()
