"""The interview guide of one organisation: what to talk about, why, how to ask, and for how long.

For the research team only: topics rest on cells of organisation and role that nobody else may see.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, FiniteFloat, ValidationError

from surveyapp.errors import InvalidContent
from surveyapp.questionnaires.shape import Content
from surveyapp.reports.figures.specification import DotPlot
from surveyapp.reports.figures.style import style_digest
from surveyapp.reports.recipe import place

KIND = "interview-guide"
Minutes = Annotated[int, Field(ge=0)]


class EvidenceRow(Content):
    """A mean with what it rests on; ``n`` counts people, or for the region the organisations in it."""

    about: Literal["role", "everyone", "region"]
    label: str
    """The role's name; empty otherwise."""
    mean: FiniteFloat | None
    n: Annotated[int, Field(ge=0)]


class Quote(Content):
    """What somebody of this organisation wrote, with the question and the role."""

    question: str
    role: str
    text: str


class Released(Content):
    """Words that may be passed on; ``label`` says whose they are as far as that may be told."""

    label: str
    text: str


class Elsewhere(Content):
    """In how many other conversations a topic was spoken of in this way."""

    mark: Literal["confirms", "contradicts", "nuance", "new"]
    conversations: Annotated[int, Field(ge=1)]


class Measure(Content):
    """Something to choose from for the next round."""

    belongs_to: Literal["process", "organisation"]
    text: str


class GuideTopic(Content):
    """One topic of the interview; ``theme`` is the theme's title where the topic is a single statement."""

    key: str
    title: str
    theme: str
    is_statement: bool
    reason: str
    steadiness: FiniteFloat | None = None
    """The share (0-1) of random weightings in which this topic stays among the first three."""
    questions: tuple[str, ...]
    """To begin with: what fits the signals."""
    further: tuple[str, ...]
    """To go on with: what is always worth asking about this theme."""
    evidence: tuple[EvidenceRow, ...]
    quotes: tuple[Quote, ...] = ()
    minutes: Minutes
    is_own: bool = False
    """A researcher added it; ``reason`` is theirs."""
    together: tuple[str, ...] = ()
    """Titles of what is discussed with it."""
    released: tuple[Released, ...] = ()
    elsewhere: tuple[Elsewhere, ...] = ()


class ThemeMeasures(Content):
    """What can be chosen from for one theme."""

    theme: str
    measures: tuple[Measure, ...]


class Response(Content):
    """How many of a role were invited and answered."""

    role: str
    invited: Annotated[int, Field(ge=0)] | None
    """None where people came through an open link: nobody was invited."""
    responded: Annotated[int, Field(ge=0)]


class InterviewGuide(Content):
    """Everything that the printed guide says about one organisation, apart from the wording in ``reports/``."""

    language: str
    study: str
    organisation: str
    sender: str
    region: str
    """What the region is called."""
    group: str = ""
    """The group that is talked with, in the plural; empty for everybody. Then it holds nothing that tells what a few
    people of another group answered."""
    minutes: Minutes
    opening_minutes: Minutes
    closing_minutes: Minutes
    introduction: str
    responses: tuple[Response, ...]
    open_roles: tuple[str, ...] = ()
    """Who answered through an open link, in the plural; whoever wanted could take part."""
    profile: DotPlot | None = None
    topics: tuple[GuideTopic, ...]
    strength: GuideTopic | None = None
    regional: tuple[GuideTopic, ...]
    """The topics that are asked everywhere and are not among ``topics`` already."""
    also_regional: tuple[str, ...] = ()
    """Titles of ``topics`` that are asked everywhere."""
    closing: tuple[str, ...]
    measures: tuple[ThemeMeasures, ...]

    def to_document(self) -> dict[str, object]:
        """For a JSON column; ``from_document`` reads it back."""
        return self.model_dump(mode="json")

    @classmethod
    def from_document(cls, document: Mapping[str, object]) -> "InterviewGuide":
        """Raises InvalidContent ``not-an-interview-guide``."""
        try:
            return cls.model_validate(document)
        except ValidationError as problem:
            raise InvalidContent("not-an-interview-guide", problems=problem.error_count()) from problem

    @property
    def digest(self) -> str:
        """SHA-256 of what it says and of the wording and style it is printed in."""
        said = json.dumps(self.to_document(), sort_keys=True, ensure_ascii=False, allow_nan=False)
        files = [*sorted(place(KIND).iterdir()), place("house") / "theme.css"]
        wording = [hashlib.sha256(file.read_bytes()).hexdigest() for file in files if file.is_file()]
        return hashlib.sha256("\n".join([said, style_digest(), *wording]).encode()).hexdigest()
