"""A ladder of growth: which rungs are met, and so how high one stands."""

from collections.abc import Iterator
from typing import Final, Literal

from surveyapp.questionnaires.kinds import problems
from surveyapp.questionnaires.kinds.asked import Asked, Sought, Variable
from surveyapp.questionnaires.kinds.options import Option, combined, keys, ticked, ticks
from surveyapp.questionnaires.scale import SKIPPED, Scales
from surveyapp.questionnaires.text import DEFAULT_LANGUAGE, SECOND_LANGUAGE, Text

NO_RUNG: Final = "none"
"""Stored where no rung is met; no rung can have this key."""
_BELOW: Final[Text] = {DEFAULT_LANGUAGE: "Nog geen trede", SECOND_LANGUAGE: "No step yet"}


class LadderQuestion(Asked):
    """Rungs from the lowest to the highest; stored as those that are met, ``a;c``, or ``none``.

    The level is the highest rung of which all lower ones are met too, as maturity models count: see ``level``.
    """

    kind: Literal["ladder"]
    rungs: tuple[Option, ...]

    def problem(self, value: str, scales: Scales) -> str | None:
        del scales
        met = value.split(";")
        if value == NO_RUNG:
            return None
        if NO_RUNG in met:
            return problems.NOT_TOGETHER
        if not set(met) <= {rung.key for rung in self.rungs}:
            return problems.NOT_AN_OPTION
        return problems.CHOSEN_TWICE if len(set(met)) < len(met) else None

    def level(self, value: str) -> int:
        """How high one stands: 0, or the number of the highest rung with all lower ones met."""
        met = value.split(";")
        height = 0
        for rung in self.rungs:
            if rung.key not in met:
                break
            height += 1
        return height

    def tallied(self, value: str) -> dict[str, str]:
        """The level, and of each rung whether it is met."""
        level = str(self.level(value)) if value != SKIPPED else SKIPPED
        return {self.key: level, **ticks(self.key, self.rungs, value)}

    def advice(self, scales: Scales) -> str:
        del scales
        return f"put those that are met of {keys(self.rungs)} as a;b, or use {NO_RUNG}"

    def specimens(self, sought: Sought, scales: Scales) -> Iterator[str]:
        """Every combination of the rungs that are sought, one without any of them, and none at all."""
        del scales
        all_of_them = [rung.key for rung in self.rungs]
        yield NO_RUNG
        yield from (key for key in all_of_them if key not in sought.codes)
        yield from (";".join(some) for some in combined([key for key in all_of_them if key in sought.codes]) if some)

    def variables(self, scales: Scales) -> tuple[Variable, ...]:
        """The level, named after its rung, and a column per rung: 1 where it is met, 0 where it is not."""
        del scales
        levels = {"0": _BELOW, **{str(height): rung.label for height, rung in enumerate(self.rungs, 1)}}
        return (Variable(self.key, self.text, "ordinal", levels, {}), *ticked(self.key, self.rungs))
