"""A questionnaire: roles, scales, sections and questions (``questionnaire.yaml``).

An answer is stored as the interface writes it: a scale or choice code (``4``), ``dk`` (don't know), ``na`` (not
applicable), ``a;b`` for several choices, ``a>b>c`` for a ranking, ``a=40;b=60`` for points, or text. Skipped is an
empty string. What is said beside an answer is stored under a key of its own: ``g1_1.comment``, ``where.other``.
"""

from collections.abc import Iterator
from functools import cached_property
from itertools import chain
from typing import Annotated, Final

from pydantic import Field

from surveyapp.questionnaires.condition import Condition
from surveyapp.questionnaires.kinds import Question
from surveyapp.questionnaires.kinds.asked import companion
from surveyapp.questionnaires.kinds.choice import ChoiceQuestion
from surveyapp.questionnaires.kinds.ranking import RankingQuestion
from surveyapp.questionnaires.kinds.scale import ScaleQuestion
from surveyapp.questionnaires.kinds.text import TextQuestion
from surveyapp.questionnaires.scale import DONT_KNOW, NOT_APPLICABLE, SKIPPED, Point, Scale
from surveyapp.questionnaires.shape import Content, Key
from surveyapp.questionnaires.text import DEFAULT_LANGUAGE, Text

__all__ = [
    "DONT_KNOW",
    "NOT_APPLICABLE",
    "SKIPPED",
    "ChoiceQuestion",
    "CodedQuestion",
    "Point",
    "Question",
    "Questionnaire",
    "RankingQuestion",
    "Role",
    "Scale",
    "ScaleQuestion",
    "Scoring",
    "Section",
    "TextQuestion",
]

USUAL_LEAST_ANSWERED: Final = 50
"""Half of the statements (Siddiqui 2015)."""
CodedQuestion = ScaleQuestion | ChoiceQuestion
"""A question with one code for an answer."""


class Role(Content):
    """A stakeholder group that answers, such as governors."""

    key: Key
    title: Text
    plural: Text
    description: Text


class Section(Content):
    """One page of questions; with a theme where its scores belong to one."""

    key: Key
    title: Text
    introduction: Text | None = None
    theme: Key | None = None
    when: Condition | None = None
    """Shown only where this is true; empty means always."""
    questions: tuple[Question, ...]

    def questions_for(self, role: str) -> tuple[Question, ...]:
        return tuple(question for question in self.questions if question.asked_of(role))


class Scoring(Content):
    """How one theme is scored, where that is not as usual."""

    theme: Key
    least_answered: Annotated[int, Field(ge=1, le=100)] = USUAL_LEAST_ANSWERED
    """Per cent of the theme's scored statements put to somebody that must be answered for a theme score."""


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
    scoring: tuple[Scoring, ...] = ()
    """Of the themes that are not scored as usual."""

    @cached_property
    def languages(self) -> frozenset[str]:
        """The languages into which everything was put; Dutch always."""
        spoken = [{language for language, words in text.items() if words.strip()} for text in _texts(self.model_dump())]
        return frozenset(set.intersection(*spoken))

    @cached_property
    def questions(self) -> dict[str, Question]:
        return {question.key: question for section in self.sections for question in section.questions}

    @cached_property
    def stored(self) -> dict[str, tuple[Question, str]]:
        """Key of a stored answer -> its question and which part of it: none, ``comment`` or ``other``."""
        return {
            key: (question, part)
            for question in self.questions.values()
            if question.answerable
            for key, part in (
                (question.key, ""),
                *((companion(question.key, part), part) for part in question.parts),
            )
        }

    @cached_property
    def scales_by_key(self) -> dict[str, Scale]:
        return {scale.key: scale for scale in self.scales}

    @cached_property
    def coded(self) -> tuple[CodedQuestion, ...]:
        """The questions whose answers are counted one by one, in questionnaire order."""
        return tuple(one for one in self.questions.values() if isinstance(one, CodedQuestion))

    def coded_for(self, role: str) -> tuple[CodedQuestion, ...]:
        return tuple(question for question in self.coded if question.asked_of(role))

    @cached_property
    def variables(self) -> dict[str, tuple[Question, str]]:
        """What is counted -> its question and option: ``g1_1`` with none, ``next.a`` with ``a``.

        In questionnaire order. The keys are those of ``Asked.tallied``; a question of words has none.
        """
        return {
            variable: (question, variable.removeprefix(question.key).removeprefix("."))
            for question in self.questions.values()
            for variable in question.tallied(SKIPPED)
        }

    @cached_property
    def counted(self) -> tuple[Question, ...]:
        """The questions whose answers are counted, whatever their kind, in questionnaire order."""
        return tuple(question for question in self.questions.values() if question.tallied(SKIPPED))

    def counted_for(self, role: str) -> tuple[Question, ...]:
        return tuple(question for question in self.counted if question.asked_of(role))

    @cached_property
    def conditional(self) -> frozenset[str]:
        """The questions that a condition shows to some and not to others: their own, or that of their section."""
        return frozenset(
            question.key
            for section in self.sections
            for question in section.questions
            if section.when is not None or question.when is not None
        )

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

    def least_answered(self, theme: str) -> int:
        """Per cent of a theme's statements that must be answered for a theme score."""
        return next((one.least_answered for one in self.scoring if one.theme == theme), USUAL_LEAST_ANSWERED)

    @cached_property
    def levels(self) -> dict[str, int]:
        """Scored question -> the level of maturity that needs it; those that belong to one."""
        return {item.key: item.level for item in self.scored if item.level is not None}

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


def _texts(found: object) -> Iterator[dict[str, str]]:
    """Every ``Text`` in a dumped questionnaire."""
    if isinstance(found, dict):
        if isinstance(found.get(DEFAULT_LANGUAGE), str):
            yield found
        else:
            yield from chain.from_iterable(map(_texts, found.values()))
    elif isinstance(found, (list, tuple)):
        yield from chain.from_iterable(map(_texts, found))
