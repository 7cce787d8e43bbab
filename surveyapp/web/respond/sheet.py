"""One page of questions, ready to be shown: worded in one language, numbered, and grouped where a matrix fits."""

from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Final

from surveyapp.questionnaires.path import Step
from surveyapp.questionnaires.questionnaire import (
    DONT_KNOW,
    NOT_APPLICABLE,
    SKIPPED,
    ChoiceQuestion,
    Question,
    Questionnaire,
    RankingQuestion,
    ScaleQuestion,
    TextQuestion,
)
from surveyapp.questionnaires.text import say
from surveyapp.web.words import _


@dataclass(frozen=True)
class Choice:
    """One thing to choose; ``apart`` when it is not a step of the scale."""

    code: str
    label: str
    apart: bool = False


@dataclass(frozen=True)
class Item:
    """One question with its number on the page."""

    key: str
    number: int
    kind: str
    text: str
    help: str | None
    choices: tuple[Choice, ...] = ()
    places: tuple[int, ...] = ()
    limit: int = 0

    def answer(self, value: str) -> str:
        """A stored answer in words; empty when there is none."""
        if self.kind == "text" or not value:
            return value
        labels = {choice.code: choice.label for choice in self.choices}
        chosen = [labels.get(code, code) for code in value.split(">")]
        if self.kind != "ranking":
            return chosen[0]
        return "\n".join(f"{place}. {label}" for place, label in enumerate(chosen, start=1))


@dataclass(frozen=True)
class Group:
    """Questions that are shown together; in a matrix they share the choices."""

    matrix: bool
    choices: tuple[Choice, ...]
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Sheet:
    """A section as one role reads it in one language."""

    key: str
    title: str
    introduction: str | None
    groups: tuple[Group, ...]

    @property
    def items(self) -> tuple[Item, ...]:
        return tuple(item for group in self.groups for item in group.items)


_SHEETS: Final[dict[tuple[str, str, tuple[str, ...], str], Sheet]] = {}
"""By digest of the edition, section, questions and language: never stale, and few."""


def sheet(digest: str, questionnaire: Questionnaire, step: Step, language: str) -> Sheet:
    """The page of this step; made once per process. ``language`` must be that of the request."""
    name = (digest, step.section.key, tuple(question.key for question in step.questions), language)
    if name not in _SHEETS:
        _SHEETS[name] = _made(questionnaire, step, language)
    return _SHEETS[name]


def _made(questionnaire: Questionnaire, step: Step, language: str) -> Sheet:
    items = [
        _item(question, number, questionnaire, language) for number, question in enumerate(step.questions, start=1)
    ]
    section = step.section
    groups = tuple(
        Group(matrix=kind == "scale", choices=choices, items=tuple(together))
        for (kind, choices), together in groupby(items, key=lambda item: (item.kind, item.choices))
    )
    introduction = say(section.introduction, language) if section.introduction else None
    return Sheet(section.key, say(section.title, language), introduction, groups)


def _item(question: Question, number: int, questionnaire: Questionnaire, language: str) -> Item:
    made = partial(
        Item,
        question.key,
        number,
        question.kind,
        say(question.text, language),
        say(question.help, language) if question.help else None,
    )
    match question:
        case ScaleQuestion():
            return made(choices=_scale(question, questionnaire, language))
        case ChoiceQuestion():
            return made(choices=(*_options(question, language), Choice(SKIPPED, _("No answer"), apart=True)))
        case RankingQuestion():
            return made(choices=_options(question, language), places=tuple(range(1, question.top + 1)))
        case TextQuestion():
            return made(limit=question.limit)
        case _:
            raise NotImplementedError(f"there is no page yet for questions of kind {question.kind!r}")


def _scale(question: ScaleQuestion, questionnaire: Questionnaire, language: str) -> tuple[Choice, ...]:
    """Radio buttons cannot be emptied again, so every group has a way not to answer, apart from the scale."""
    scale = questionnaire.scale(question.scale)
    steps = (Choice(str(point.code), say(point.label, language)) for point in scale.points)
    apart = tuple(
        Choice(code, say(label, language), apart=True)
        for code, label in ((DONT_KNOW, scale.dont_know), (NOT_APPLICABLE, scale.not_applicable))
        if label is not None
    )
    return (*steps, *(apart or (Choice(SKIPPED, _("No answer"), apart=True),)))


def _options(question: ChoiceQuestion | RankingQuestion, language: str) -> tuple[Choice, ...]:
    return tuple(Choice(option.key, say(option.label, language)) for option in question.options)
