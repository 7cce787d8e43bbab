"""Several of several options."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from surveyapp.questionnaires.kinds import problems
from surveyapp.questionnaires.kinds.asked import OTHER, OTHER_LIMIT, Asked, Sought, Variable
from surveyapp.questionnaires.kinds.choice import opens_other
from surveyapp.questionnaires.kinds.options import TickableOption, combined, keys, ticked, ticks
from surveyapp.questionnaires.scale import SKIPPED, Scales


class ChoicesQuestion(Asked):
    """Between ``least`` and ``most`` of the options, stored as their keys: ``a;b``. Exclusive ones stand alone."""

    kind: Literal["choices"]
    options: tuple[TickableOption, ...]
    least: Annotated[int, Field(ge=1)] = 1
    """Of who answers at all."""
    most: Annotated[int | None, Field(ge=1)] = None

    @property
    def parts(self) -> dict[str, int]:
        other = {OTHER: OTHER_LIMIT} if any(option.other for option in self.options) else {}
        return other | super().parts

    def problem(self, value: str, scales: Scales) -> str | None:
        del scales
        chosen = value.split(";")
        if not set(chosen) <= {option.key for option in self.options}:
            return problems.NOT_AN_OPTION
        if len(set(chosen)) < len(chosen):
            return problems.CHOSEN_TWICE
        if len(chosen) > 1 and self._excludes(chosen):
            return problems.NOT_TOGETHER
        return problems.TOO_MANY if self.most is not None and len(chosen) > self.most else None

    def unfinished(self, value: str, parts: dict[str, str]) -> str | None:
        chosen = value.split(";") if value != SKIPPED else []
        if chosen and len(chosen) < self.least and not self._excludes(chosen):
            return problems.TOO_FEW
        if opens_other(self.options, value) and not parts.get(OTHER, "").strip():
            return problems.NOT_SAID_WHAT
        return super().unfinished(value, parts)

    def tallied(self, value: str) -> dict[str, str]:
        """Of each option whether it was chosen."""
        return ticks(self.key, self.options, value)

    def advice(self, scales: Scales) -> str:
        del scales
        most = f"at most {self.most}" if self.most is not None else "one or more"
        alone = keys(option for option in self.options if option.exclusive)
        return f"put {most} of {keys(self.options)} as a;b" + (f", and {alone} alone" if alone else "")

    def specimens(self, sought: Sought, scales: Scales) -> Iterator[str]:
        """Every combination of the options that are sought, with others for as many as are needed."""
        del scales
        yield from (option.key for option in self.options if option.exclusive)
        beside = [option.key for option in self.options if not option.exclusive]
        others = [key for key in beside if key not in sought.codes]
        for some in combined([key for key in beside if key in sought.codes]):
            chosen = {*some, *others[: max(0, self.least - len(some))]}
            yield ";".join(key for key in beside if key in chosen)

    def variables(self, scales: Scales) -> tuple[Variable, ...]:
        del scales
        return ticked(self.key, self.options)

    def _excludes(self, chosen: list[str]) -> bool:
        return any(option.exclusive and option.key in chosen for option in self.options)
