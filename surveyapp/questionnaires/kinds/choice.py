"""One of several options."""

from collections.abc import Iterator
from typing import Literal

from surveyapp.questionnaires.kinds import problems
from surveyapp.questionnaires.kinds.asked import OTHER, OTHER_LIMIT, Asked, Sought, Variable
from surveyapp.questionnaires.kinds.options import ChoosableOption, keys
from surveyapp.questionnaires.scale import Scales


class ChoiceQuestion(Asked):
    """One of several options, stored as its key."""

    kind: Literal["choice"]
    options: tuple[ChoosableOption, ...]

    @property
    def parts(self) -> dict[str, int]:
        other = {OTHER: OTHER_LIMIT} if any(option.other for option in self.options) else {}
        return other | super().parts

    def problem(self, value: str, scales: Scales) -> str | None:
        del scales
        return None if value in {option.key for option in self.options} else problems.NOT_AN_OPTION

    def unfinished(self, value: str, parts: dict[str, str]) -> str | None:
        if opens_other(self.options, value) and not parts.get(OTHER, "").strip():
            return problems.NOT_SAID_WHAT
        return super().unfinished(value, parts)

    def advice(self, scales: Scales) -> str:
        del scales
        return f"use {keys(self.options)}"

    def specimens(self, sought: Sought, scales: Scales) -> Iterator[str]:
        del sought, scales
        yield from (option.key for option in self.options)

    def variables(self, scales: Scales) -> tuple[Variable, ...]:
        del scales
        return (Variable(self.key, self.text, "nominal", {one.key: one.label for one in self.options}, {}),)


def opens_other(options: tuple[ChoosableOption, ...], value: str) -> bool:
    """Whether "something else" is among the options of this stored answer (``a`` or ``a;b``)."""
    chosen = value.split(";")
    return any(option.other and option.key in chosen for option in options)
