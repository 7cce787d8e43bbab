"""An answer in the respondent's own words."""

import re
from collections.abc import Iterator
from typing import Annotated, Final, Literal

from pydantic import Field

from surveyapp.questionnaires.kinds import problems
from surveyapp.questionnaires.kinds.asked import Asked, Sought, Variable
from surveyapp.questionnaires.scale import Scales

_UNPRINTABLE: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
"""Control characters but for tab and line ends, and halves of characters (the categories Cc and Cs of Unicode)."""


class TextQuestion(Asked):
    """An answer in the respondent's own words, of one line where it is ``short``."""

    kind: Literal["text"]
    purpose: Literal["good", "change", "process", "organisation", "remark"] = "remark"
    limit: Annotated[int, Field(ge=1, le=10_000)] = 2_000
    """Characters at most."""
    short: bool = False

    def problem(self, value: str, scales: Scales) -> str | None:
        del scales
        return problem_with_words(value, self.limit)

    def tallied(self, value: str) -> dict[str, str]:
        """Not at all."""
        del value
        return {}

    def advice(self, scales: Scales) -> str:
        del scales
        return words(self.limit)

    def specimens(self, sought: Sought, scales: Scales) -> Iterator[str]:
        """Any word: conditions only see that there is an answer."""
        del sought, scales
        yield "x"

    def variables(self, scales: Scales) -> tuple[Variable, ...]:
        del scales
        return (Variable(self.key, self.text, "text", {}, {}),)


def words(limit: int) -> str:
    """How an answer in words is written."""
    return f"write at most {limit} characters without control characters"


def problem_with_words(value: str, limit: int) -> str | None:
    """What keeps these words from being stored. A line break counts as one character, however it is sent."""
    written = value.replace("\r\n", "\n")
    if _UNPRINTABLE.search(written):
        return problems.NOT_TEXT
    return problems.TOO_LONG if len(written) > limit else None
