"""Something to read between the questions."""

from typing import ClassVar, Literal

from surveyapp.questionnaires.kinds import problems
from surveyapp.questionnaires.kinds.asked import Asked, Variable
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

    def variables(self, scales: Scales) -> tuple[Variable, ...]:
        del scales
        return ()
