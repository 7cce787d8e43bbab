"""Agreement with a text."""

from collections.abc import Iterator
from typing import Final, Literal

from surveyapp.questionnaires.kinds import problems
from surveyapp.questionnaires.kinds.asked import Asked, Sought, Variable
from surveyapp.questionnaires.scale import SKIPPED, Scales
from surveyapp.questionnaires.text import DEFAULT_LANGUAGE, SECOND_LANGUAGE

AGREED: Final = "yes"


class ConsentQuestion(Asked):
    """Agreement with ``text``, stored as ``yes``; who does not agree leaves it empty. The wave keeps the text."""

    kind: Literal["consent"]

    def problem(self, value: str, scales: Scales) -> str | None:
        del scales
        return None if value == AGREED else problems.NOT_AN_OPTION

    def unfinished(self, value: str, parts: dict[str, str]) -> str | None:
        del parts
        return problems.NOT_AGREED if self.required and value == SKIPPED else None

    def advice(self, scales: Scales) -> str:
        del scales
        return f"use {AGREED}"

    def specimens(self, sought: Sought, scales: Scales) -> Iterator[str]:
        del sought, scales
        yield AGREED

    def variables(self, scales: Scales) -> tuple[Variable, ...]:
        del scales
        agreed = {DEFAULT_LANGUAGE: "Akkoord", SECOND_LANGUAGE: "Agreed"}
        return (Variable(self.key, self.text, "nominal", {AGREED: agreed}, {}),)
