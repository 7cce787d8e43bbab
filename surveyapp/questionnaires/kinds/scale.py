"""A statement answered on a scale, with "don't know" and "not applicable" apart from it."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from surveyapp.questionnaires.kinds import problems
from surveyapp.questionnaires.kinds.asked import Asked, Sought, Variable
from surveyapp.questionnaires.scale import Scale, Scales
from surveyapp.questionnaires.shape import Key


class ScaleQuestion(Asked):
    """A statement answered on a scale. Only ``purpose: score`` counts towards the score of its section's theme.

    Stored as ``1``..``c``, ``dk`` or ``na``.
    """

    kind: Literal["scale"]
    scale: Key
    purpose: Literal["score", "importance", "opinion"] = "score"
    reverse: bool = False
    """Worded the other way round: analysed as c + 1 - x."""
    norm: Key | None = None
    """The norm of the framework that this asks about."""
    level: Annotated[int, Field(ge=1, le=9)] | None = None
    """The level of maturity that needs this to be in place; None where it belongs to none."""

    def problem(self, value: str, scales: Scales) -> str | None:
        return None if value in codes(scales[self.scale]) else problems.NOT_AN_OPTION

    def advice(self, scales: Scales) -> str:
        return f"use {', '.join(codes(scales[self.scale]))}"

    def specimens(self, sought: Sought, scales: Scales) -> Iterator[str]:
        del sought
        yield from codes(scales[self.scale])

    def variables(self, scales: Scales) -> tuple[Variable, ...]:
        scale = scales[self.scale]
        values = {str(point.code): point.label for point in scale.points}
        return (Variable(self.key, self.text, "ordinal", values, scale.apart),)


def codes(scale: Scale) -> tuple[str, ...]:
    """The answers on this scale, without skipped: ``1`` to ``c``, ``dk`` and ``na`` where they are offered."""
    return (*(str(code) for code in scale.codes), *scale.apart)
