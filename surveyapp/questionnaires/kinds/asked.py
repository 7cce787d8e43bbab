"""What every question has, whatever its kind."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Final, Literal

from surveyapp.questionnaires.condition import Condition
from surveyapp.questionnaires.scale import SKIPPED, Scales
from surveyapp.questionnaires.shape import Content, Key
from surveyapp.questionnaires.text import Text

COMMENT: Final = "comment"
OTHER: Final = "other"
COMMENT_LIMIT: Final = 1_000
OTHER_LIMIT: Final = 200
"""Characters at most."""

MISSING: Final = "missing"
"""The code of a question that must be answered and is not."""

Measure = Literal["nominal", "ordinal", "interval", "text", "date"]


@dataclass(frozen=True)
class Variable:
    """One column of a codebook: what may stand in it and what that means.

    ``key`` is the question's, followed by ``.comment``, ``.other`` or an option after a dot where a question fills more
    columns than one. ``values`` and ``missing`` map a code to its label; ``missing`` are answers that say nothing about
    the matter ("don't know").
    """

    key: str
    text: Text
    measure: Measure
    values: dict[str, Text]
    missing: dict[str, Text]


@dataclass(frozen=True)
class Sought:
    """What conditions look for in the answer to one question: these codes, and whether it passes these bounds."""

    codes: frozenset[str] = frozenset()
    bounds: frozenset[float] = frozenset()


def companion(question: str, part: str) -> str:
    """The key under which a further part of an answer is stored: ``g1_1.comment``, ``where.other``."""
    return f"{question}.{part}"


class Asked(Content):
    """What every question has; each kind says what an answer to it may be."""

    answerable: ClassVar[bool] = True
    """False for what is only read."""

    key: Key
    text: Text
    help: Text | None = None
    roles: tuple[Key, ...] = ()
    """Who is asked; empty means every role."""
    when: Condition | None = None
    """Shown only where this is true; empty means always."""
    required: bool = False
    """Whether the questionnaire cannot be sent without an answer."""
    comment: Text | None = None
    """The label of a field for an explanation or a reference beside the answer; empty means that there is none."""

    def asked_of(self, role: str) -> bool:
        """Whether this is put to a role at all, conditions apart."""
        return not self.roles or role in self.roles

    @property
    def parts(self) -> dict[str, int]:
        """The further fields of this question: part -> characters at most."""
        return {COMMENT: COMMENT_LIMIT} if self.comment is not None else {}

    def problem(self, value: str, scales: Scales) -> str | None:
        """The code of what keeps this answer from being stored, None when nothing does. ``value`` is not empty."""
        raise NotImplementedError

    def unfinished(self, value: str, parts: dict[str, str]) -> str | None:
        """The code of what keeps a stored answer from being sent, None when nothing does.

        ``parts`` holds what stands in the further fields. A question that nobody needs to answer may be empty.
        """
        del parts
        return MISSING if self.required and value.strip() == SKIPPED else None

    def tallied(self, value: str) -> dict[str, str]:
        """How an answer is counted: variable -> code, the same variables for every answer; none for words.

        Each variable of the question is counted by itself, so that counts stay few however many people answer; for a
        question that was skipped (empty ``value``) each has an empty code. A number has four significant digits here.
        """
        return {self.key: value}

    def advice(self, scales: Scales) -> str:
        """How an answer is written, for who fills in a file: "use yes, no"."""
        raise NotImplementedError

    def specimens(self, sought: Sought, scales: Scales) -> Iterator[str]:
        """Answers of which at least one stands for any other, for who only sees the difference that is sought.

        Some may not be allowed, or not be finished.
        """
        raise NotImplementedError

    def variables(self, scales: Scales) -> tuple[Variable, ...]:
        """What the answers look like in a file of data; without the comment."""
        raise NotImplementedError
