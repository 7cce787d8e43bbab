"""A recipe: which sections a document has and in which order (``reports/<kind>/recipe.yaml``)."""

from functools import cache
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import Field, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from surveyapp.content import folder
from surveyapp.errors import InvalidContent
from surveyapp.questionnaires.shape import Content, Key


class Shares(Content):
    """How the time of an interview is shared out: not minutes but proportions."""

    opening: Annotated[int, Field(ge=0, le=100)]
    topic: Annotated[int, Field(ge=1, le=100)]
    strength: Annotated[int, Field(ge=0, le=100)]
    regional: Annotated[int, Field(ge=0, le=100)]
    closing: Annotated[int, Field(ge=0, le=100)]


class Recipe(Content):
    """Of an interview guide. Sections name the blocks of ``text.<language>.md.j2``; ``topic`` the parts of a topic."""

    audience: Literal["team"]
    sections: tuple[Key, ...]
    topic: tuple[Key, ...]
    time: Shares
    notes: dict[Key, Annotated[int, Field(ge=0, le=40)]]
    """Lines to write on, by where they are."""


class ReportRecipe(Content):
    """Of a report: the blocks of its text that are its chapters, the parts of each theme, and its appendices."""

    sections: tuple[Key, ...]
    theme: tuple[Key, ...]
    appendices: tuple[Key, ...]


_Shape = TypeVar("_Shape", bound=Content)


def place(kind: str) -> Path:
    """The folder of a kind of document."""
    return folder("reports") / kind


@cache
def recipe(kind: str) -> Recipe:
    """The recipe of this kind of guide. Raises InvalidContent ``recipe`` with the file and what is wrong in it."""
    return _read(kind, Recipe)


@cache
def report_recipe(kind: str) -> ReportRecipe:
    """The recipe of this kind of report. Raises InvalidContent ``recipe`` with the file and what is wrong in it."""
    return _read(kind, ReportRecipe)


def _read(kind: str, shape: type[_Shape]) -> _Shape:
    file = place(kind) / "recipe.yaml"
    try:
        return shape.model_validate(YAML(typ="safe").load(file.read_text(encoding="utf-8")))
    except (ValidationError, YAMLError) as problem:
        raise InvalidContent("recipe", file=f"{kind}/{file.name}", problem=str(problem)) from problem
