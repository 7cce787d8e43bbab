"""A questionnaire: roles, scales, sections and questions (``questionnaire.yaml``).

An answer is stored as the interface writes it: a scale or choice code (``4``), ``dk`` (don't know), ``na`` (not
applicable), ``a;b`` for several choices, ``a>b>c`` for a ranking, or text. Skipped is an empty string.
"""

from functools import cached_property
from typing import Annotated, Final, Literal

from pydantic import Field

from surveyapp.questionnaires.shape import Content, Key
from surveyapp.questionnaires.text import Text

DONT_KNOW: Final = "dk"
NOT_APPLICABLE: Final = "na"
SKIPPED: Final = ""


class Role(Content):
    """A stakeholder group that answers, such as governors."""

    key: Key
    title: Text
    plural: Text
    description: Text


class Point(Content):
    """One step of a scale: codes run 1..c, 1 the least favourable."""

    code: Annotated[int, Field(ge=1, le=11)]
    label: Text


class Scale(Content):
    """The steps of an answer, with "don't know" and "not applicable" apart from them where allowed."""

    key: Key
    points: tuple[Point, ...]
    dont_know: Text | None = None
    not_applicable: Text | None = None

    @property
    def codes(self) -> tuple[int, ...]:
        return tuple(point.code for point in self.points)


class Option(Content):
    """One thing to choose or to rank."""

    key: Key
    label: Text


class _Question(Content):
    key: Key
    text: Text
    help: Text | None = None
    roles: tuple[Key, ...] = ()
    """Who is asked; empty means every role."""

    def asked_of(self, role: str) -> bool:
        return not self.roles or role in self.roles


class ScaleQuestion(_Question):
    """A statement answered on a scale. Only ``purpose: score`` counts towards the score of its section's theme."""

    kind: Literal["scale"]
    scale: Key
    purpose: Literal["score", "importance", "opinion"] = "score"
    reverse: bool = False
    """Worded the other way round: analysed as c + 1 - x."""
    norm: Key | None = None
    """The norm of the framework that this asks about."""


class ChoiceQuestion(_Question):
    """One of several options."""

    kind: Literal["choice"]
    options: tuple[Option, ...]


CodedQuestion = ScaleQuestion | ChoiceQuestion
"""A question with one code for an answer."""


class RankingQuestion(_Question):
    """The first ``top`` of the options, in order of importance."""

    kind: Literal["ranking"]
    options: tuple[Option, ...]
    top: Annotated[int, Field(ge=1)]


class TextQuestion(_Question):
    """An answer in the respondent's own words."""

    kind: Literal["text"]
    purpose: Literal["good", "change", "process", "organisation", "remark"] = "remark"
    limit: Annotated[int, Field(ge=1, le=10_000)] = 2_000
    """Characters at most."""


Question = Annotated[ScaleQuestion | ChoiceQuestion | RankingQuestion | TextQuestion, Field(discriminator="kind")]


class Section(Content):
    """One page of questions; with a theme where its scores belong to one."""

    key: Key
    title: Text
    introduction: Text | None = None
    theme: Key | None = None
    questions: tuple[Question, ...]

    def questions_for(self, role: str) -> tuple[Question, ...]:
        return tuple(question for question in self.questions if question.asked_of(role))


class Questionnaire(Content):
    """Everything that is asked, of whom and on which scale."""

    key: str
    version: str
    title: Text
    purpose: Text
    """Why this is asked, for the respondent's first page."""
    minutes: Annotated[int, Field(ge=1, le=240)]
    """How long it takes, as told to the respondent."""
    roles: tuple[Role, ...]
    scales: tuple[Scale, ...]
    sections: tuple[Section, ...]

    @cached_property
    def questions(self) -> dict[str, Question]:
        return {question.key: question for section in self.sections for question in section.questions}

    @cached_property
    def coded(self) -> tuple[CodedQuestion, ...]:
        """The questions whose answers are counted one by one, in questionnaire order."""
        return tuple(one for one in self.questions.values() if isinstance(one, CodedQuestion))

    def coded_for(self, role: str) -> tuple[CodedQuestion, ...]:
        return tuple(question for question in self.coded if question.asked_of(role))

    @cached_property
    def theme_of(self) -> dict[str, str]:
        """Scored question -> theme, in questionnaire order."""
        return {
            question.key: section.theme
            for section in self.sections
            if section.theme is not None
            for question in section.questions
            if isinstance(question, ScaleQuestion) and question.purpose == "score"
        }

    @cached_property
    def themes(self) -> tuple[str, ...]:
        """Keys of the themes that get a score, in questionnaire order."""
        return tuple(dict.fromkeys(self.theme_of.values()))

    @cached_property
    def scored(self) -> tuple[ScaleQuestion, ...]:
        """The questions that count towards a theme score, in questionnaire order."""
        return tuple(one for one in self.coded if isinstance(one, ScaleQuestion) and one.key in self.theme_of)

    def role(self, key: str) -> Role:
        return next(role for role in self.roles if role.key == key)

    def scale(self, key: str) -> Scale:
        return next(scale for scale in self.scales if scale.key == key)

    def sections_for(self, role: str) -> tuple[Section, ...]:
        """The sections in which this role is asked anything."""
        return tuple(section for section in self.sections if section.questions_for(role))

    def scored_items(self, theme: str, role: str | None = None) -> tuple[ScaleQuestion, ...]:
        """The questions behind a theme score, all or those put to one role."""
        return tuple(
            item for item in self.scored if self.theme_of[item.key] == theme and (role is None or item.asked_of(role))
        )

    def points(self, item: ScaleQuestion) -> dict[str, int]:
        """Answer -> points as analysed, reverse items turned round; other answers have none."""
        codes = self.scale(item.scale).codes
        return {str(code): len(codes) + 1 - code if item.reverse else code for code in codes}
