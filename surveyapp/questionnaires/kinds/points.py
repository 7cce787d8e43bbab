"""Points divided over options."""

import re
from collections.abc import Iterator
from typing import Annotated, Final, Literal

from pydantic import Field

from surveyapp.questionnaires.kinds import problems
from surveyapp.questionnaires.kinds.asked import Asked, Sought, Variable, companion
from surveyapp.questionnaires.kinds.number import significant
from surveyapp.questionnaires.kinds.options import Option, keys
from surveyapp.questionnaires.scale import SKIPPED, Scales

_SHARE: Final = re.compile(r"([a-z][a-z0-9_]*)=(0|[1-9][0-9]{0,5})")


class PointsQuestion(Asked):
    """``total`` points divided over the options, stored as ``a=40;b=60``; an option without points may be left out.

    What is not all divided yet can be stored, and not sent.
    """

    kind: Literal["points"]
    options: tuple[Option, ...]
    total: Annotated[int, Field(ge=2, le=100_000)] = 100

    def problem(self, value: str, scales: Scales) -> str | None:
        del scales
        shares = [_SHARE.fullmatch(part) for part in value.split(";")]
        if not all(shares):
            return problems.NOT_A_NUMBER
        named = [share[1] for share in shares if share]
        if not set(named) <= {option.key for option in self.options}:
            return problems.NOT_AN_OPTION
        if len(set(named)) < len(named):
            return problems.CHOSEN_TWICE
        return problems.OVERSPENT if sum(divided(value).values()) > self.total else None

    def unfinished(self, value: str, parts: dict[str, str]) -> str | None:
        if value != SKIPPED and sum(divided(value).values()) < self.total:
            return problems.UNDIVIDED
        return super().unfinished(value, parts)

    def tallied(self, value: str) -> dict[str, str]:
        """The points of each option."""
        given = divided(value) if value != SKIPPED else None
        return {
            companion(self.key, option.key): SKIPPED if given is None else significant(given.get(option.key, 0))
            for option in self.options
        }

    def advice(self, scales: Scales) -> str:
        del scales
        return f"divide {self.total} points over {keys(self.options)} as a=40;b=60"

    def specimens(self, sought: Sought, scales: Scales) -> Iterator[str]:
        """All points for one option: conditions only see that there is an answer."""
        del sought, scales
        yield f"{self.options[0].key}={self.total}"

    def variables(self, scales: Scales) -> tuple[Variable, ...]:
        """A column per option: its points."""
        del scales
        return tuple(
            Variable(companion(self.key, option.key), option.label, "interval", {}, {}) for option in self.options
        )


def divided(value: str) -> dict[str, int]:
    """Option -> points of a stored answer."""
    return {key: int(points) for key, _, points in (part.partition("=") for part in value.split(";") if part)}
