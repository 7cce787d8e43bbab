"""What every kind of question brings to a page: what is offered, the fields, what was posted, the answer in words.

A field is a pair of strings, its name and its value, as a browser posts it. ``read`` makes fields into an answer as it
is stored and ``fields`` the other way round, so that a page shows what it would post.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from markupsafe import Markup
from werkzeug.datastructures import MultiDict

from surveyapp.questionnaires.kinds import Question
from surveyapp.questionnaires.kinds.asked import Asked
from surveyapp.questionnaires.scale import SKIPPED, Scales

Posted = MultiDict[str, str]
Field = tuple[str, str]

Q = TypeVar("Q", bound=Asked)


@dataclass(frozen=True)
class Choice:
    """One thing to choose; ``apart`` when it is no step of the scale and no option like the others.

    ``other``: choosing it opens the field to say what.
    """

    code: str
    label: str
    apart: bool = False
    other: bool = False


@dataclass(frozen=True)
class Given:
    """What was posted of a question, as it is stored; with ``problem`` it could not be read, and is as it was typed."""

    value: str
    problem: str | None = None


@dataclass(frozen=True, eq=False)
class Item:
    """One question of a page, worded in one language.

    ``text``, ``help`` and ``comment`` are safe to put on a page and may hold slots for names; ``hint`` says how to
    answer.
    """

    question: Question
    text: Markup
    help: Markup | None
    comment: Markup | None
    hint: str | None
    choices: tuple[Choice, ...]

    @property
    def key(self) -> str:
        return self.question.key

    @property
    def kind(self) -> str:
        return self.question.kind

    @property
    def other(self) -> Choice | None:
        """The choice that opens a field to say what."""
        return next((choice for choice in self.choices if choice.other), None)


class Piece(Generic[Q]):
    """A kind of question on a page. This one: a group of radio buttons, or anything else with a single field."""

    def choices(self, question: Q, scales: Scales, language: str) -> tuple[Choice, ...]:
        """What is offered, in order."""
        del question, scales, language
        return ()

    def hint(self, question: Q) -> str | None:
        """How to answer, in the language of the request."""
        del question
        return None

    def read(self, question: Q, form: Posted, language: str) -> Given | None:
        """What was posted of this question; None where nothing was, as with radio buttons without a choice."""
        del language
        posted = form.getlist(question.key)
        return Given(posted[-1]) if posted else None

    def fields(self, question: Q, value: str, language: str) -> Iterable[Field]:
        """What the page posts when it shows this answer; the answer is not empty."""
        del language
        return ((question.key, value),)

    def notes(self, question: Q, value: str) -> Iterable[Field]:
        """Slot -> what it says because of this answer, beside the fields; the answer may be empty."""
        del question, value
        return ()


AnyPiece = Piece[Any]


def ticked(question: Asked, form: Posted, order: Iterable[str]) -> Given | None:
    """The ticked boxes in this order, ``a;b``, then any others; a hidden field says that they were shown."""
    posted = form.getlist(question.key)
    if not posted:
        return None
    known = [code for code in order if code in posted]
    unknown = [code for code in posted if code != SKIPPED and code not in known]
    return Given(";".join((*known, *dict.fromkeys(unknown))))
