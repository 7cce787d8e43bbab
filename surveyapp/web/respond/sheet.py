"""One page of questions, ready to be shown: worded in one language, and grouped where a matrix fits."""

from dataclasses import dataclass
from itertools import groupby
from typing import Final

from markupsafe import Markup, escape

from surveyapp.questionnaires.path import Step
from surveyapp.questionnaires.questionnaire import Question, Questionnaire
from surveyapp.questionnaires.text import Text, say
from surveyapp.web.respond.kinds import PIECES
from surveyapp.web.respond.kinds.piece import Choice, Item
from surveyapp.web.respond.slots import slot

NAMES: Final = ("organisation", "role")
"""What texts may name between braces; filled in for every respondent."""


@dataclass(frozen=True, eq=False)
class Group:
    """Questions that are shown together; in a matrix they share the choices."""

    matrix: bool
    choices: tuple[Choice, ...]
    items: tuple[Item, ...]


@dataclass(frozen=True, eq=False)
class Sheet:
    """A section as one role reads it in one language; its words may hold slots for names."""

    step: Step
    title: Markup
    introduction: Markup | None
    groups: tuple[Group, ...]
    items: tuple[Item, ...]

    @property
    def key(self) -> str:
        return self.step.section.key


_SHEETS: Final[dict[tuple[str, str, tuple[str, ...], str], Sheet]] = {}
_MOST: Final = 1_000
"""Sheets kept per process, by digest of the edition, section, questions and language: never stale."""


def sheet(digest: str, questionnaire: Questionnaire, step: Step, language: str) -> Sheet:
    """The page of this step; made once per process. ``language`` must be that of the request."""
    name = (digest, step.section.key, step.keys, language)
    if name not in _SHEETS:
        if len(_SHEETS) >= _MOST:
            _SHEETS.clear()
        _SHEETS[name] = _made(questionnaire, step, language)
    return _SHEETS[name]


def piped(text: Text, language: str) -> Markup:
    """Words for a page, with a slot for every name in them."""
    words = escape(say(text, language))
    for name in NAMES:
        words = words.replace(f"{{{name}}}", slot(name))
    return words


def _made(questionnaire: Questionnaire, step: Step, language: str) -> Sheet:
    items = tuple(_item(question, questionnaire, language) for question in step.questions)
    groups = tuple(
        Group(matrix=kind == "scale", choices=choices, items=tuple(together))
        for (kind, choices), together in groupby(items, key=lambda item: (item.kind, item.choices))
    )
    section = step.section
    introduction = None if section.introduction is None else piped(section.introduction, language)
    return Sheet(step, piped(section.title, language), introduction, groups, items)


def _item(question: Question, questionnaire: Questionnaire, language: str) -> Item:
    piece = PIECES[question.kind]
    return Item(
        question,
        piped(question.text, language),
        None if question.help is None else piped(question.help, language),
        None if question.comment is None else piped(question.comment, language),
        piece.hint(question),
        piece.choices(question, questionnaire.scales_by_key, language),
    )
