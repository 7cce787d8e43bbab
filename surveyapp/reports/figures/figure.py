"""What all figures have in common: a frozen specification with a digest, an alternative text and a table."""

import hashlib
import json
from abc import abstractmethod
from dataclasses import dataclass
from typing import Annotated, Literal, Self

from pydantic import Field, FiniteFloat, model_validator

from surveyapp.questionnaires.shape import Content
from surveyapp.reports.figures.style import style_digest
from surveyapp.reports.figures.words import word
from surveyapp.reports.numbers import decimal

DRAWING_VERSION = 6
"""Raise this when the drawing changes, so that figures in store are drawn anew."""

Hidden = Literal["small", "linked", "none"]
"""Why there is no number: too few answers, derivable from other numbers, or simply absent."""

Count = Annotated[int, Field(ge=0)]


@dataclass(frozen=True)
class DataTable:
    """The figure's data as words: the first column names the row. Every row is as long as ``header``."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Cell(Content):
    """A number, or the reason why there is none; never both, so that a hidden number cannot travel along."""

    value: FiniteFloat | None = None
    hidden: Hidden | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.value is None) == (self.hidden is None):
            raise ValueError("a cell has either a value or a reason why it is hidden")
        return self

    @classmethod
    def of(cls, value: float | None, hidden: str | None = None) -> Self:
        """From a frame: a suppressed or missing number leaves its value behind.

        ``hidden`` is the frame's ``suppressed`` (empty, ``small`` or ``linked``); NaN and None become ``none``.
        """
        if hidden:
            return cls.model_validate({"hidden": hidden})
        missing = value is None or value != value
        return cls(hidden="none") if missing else cls(value=value)

    def says(self, language: str, threshold: int, places: int = 2) -> str:
        """The number, or in words why it is not there."""
        if self.value is not None:
            return decimal(self.value, language, places)
        return word(self.hidden or "none", language, threshold=threshold)


class Figure(Content):
    """A picture to be made. Two layouts: ``wide`` for a page of text, ``narrow`` for a telephone held upright."""

    title: str
    language: str = "nl"
    layout: Literal["wide", "narrow", "page"] = "wide"
    threshold: Annotated[int, Field(ge=1)] = 5
    """Below this many answers a number is hidden; printed as ``n<5``."""
    note: str | None = None
    """One line under the figure, such as who answered and when."""

    def to_document(self) -> dict[str, object]:
        """For a JSON column; ``specification.from_document`` reads it back."""
        return self.model_dump(mode="json")

    def to_json(self) -> str:
        """The same figure always gives the same text."""
        return json.dumps(self.to_document(), sort_keys=True, ensure_ascii=False, allow_nan=False)

    @property
    def digest(self) -> str:
        """SHA-256 of what is shown and of the style it is drawn in: the name under which its picture is kept."""
        return hashlib.sha256(f"{DRAWING_VERSION}\n{style_digest()}\n{self.to_json()}".encode()).hexdigest()

    def narrow(self) -> Self:
        """The same figure for a telephone."""
        return self.model_copy(update={"layout": "narrow"})

    def on_paper(self) -> Self:
        """The same figure as wide as a page of a document."""
        return self.model_copy(update={"layout": "page"})

    @abstractmethod
    def alternative_text(self) -> str:
        """What kind of figure, of what, and its main message, in a few sentences."""

    @abstractmethod
    def table(self) -> DataTable:
        """Everything the figure shows, as rows of words."""

    def _opening(self, kind: str) -> str:
        """``Heatmap: Score per gemeente.`` A title that ends as a sentence keeps its own end."""
        return f"{kind}: {self.title}" if self.title.endswith((".", "?", "!")) else f"{kind}: {self.title}."

    def _hidden_sentence(self, count: int) -> str:
        key = "one_hidden" if count == 1 else "hidden"
        return word(key, self.language, count=count) if count else ""


def plain(label: str) -> str:
    """A label within a sentence: a statement loses its full stop."""
    return label.rstrip(".")


def sentences(*parts: str) -> str:
    """The parts that say something, with spaces between."""
    return " ".join(part for part in parts if part)
