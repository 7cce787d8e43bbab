"""From a stored answer to the cells of its columns: the same in every format."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Final

from surveyapp.questionnaires.kinds import Question
from surveyapp.questionnaires.kinds.asked import COMMENT, OTHER, Variable, companion
from surveyapp.questionnaires.kinds.choice import ChoiceQuestion
from surveyapp.questionnaires.kinds.choices import ChoicesQuestion
from surveyapp.questionnaires.kinds.consent import ConsentQuestion
from surveyapp.questionnaires.kinds.date import DateQuestion
from surveyapp.questionnaires.kinds.ladder import LadderQuestion
from surveyapp.questionnaires.kinds.mark import MarkQuestion
from surveyapp.questionnaires.kinds.number import NumberQuestion
from surveyapp.questionnaires.kinds.points import PointsQuestion, divided
from surveyapp.questionnaires.kinds.ranking import RankingQuestion
from surveyapp.questionnaires.kinds.scale import ScaleQuestion
from surveyapp.questionnaires.scale import DONT_KNOW, NOT_APPLICABLE, SKIPPED
from surveyapp.questionnaires.text import Text
from surveyapp.reports.datasets.table import (
    DONT_KNOW_NUMBER,
    NOT_APPLICABLE_NUMBER,
    NOT_ASKED,
    NOT_ASKED_LABEL,
    NOT_ASKED_NUMBER,
    Cell,
    Kind,
    Value,
    writable,
)

Encode = Callable[[str], tuple[Cell, ...]]
"""A stored answer, not empty -> the cells of the question's columns."""
_APART: Final = {DONT_KNOW: DONT_KNOW_NUMBER, NOT_APPLICABLE: NOT_APPLICABLE_NUMBER}
_ANY_SCALE: Final[dict[str, Text]] = {
    DONT_KNOW: {"nl": "Weet ik niet", "en": "I don’t know"},
    NOT_APPLICABLE: {"nl": "Niet van toepassing", "en": "Not applicable"},
}
"""Answers that were collected elsewhere may say this to a question of which our page does not offer it."""
_CODED: Final = (ScaleQuestion, ChoiceQuestion, ChoicesQuestion, ConsentQuestion, LadderQuestion, RankingQuestion)


def values_of(question: Question, variable: Variable, *, by_all: bool) -> tuple[Value, ...]:
    """What may stand in this column; with "not asked" where not everybody was shown the question."""
    own = [
        Value(code, int(code) if code.isdigit() else place, label)
        for place, (code, label) in enumerate(variable.values.items(), 1)
    ]
    offered = _ANY_SCALE | variable.missing if isinstance(question, ScaleQuestion) else variable.missing
    apart = [Value(code, _APART[code], label, missing=True) for code, label in offered.items()]
    if by_all or not (apart or isinstance(question, _CODED)):
        return (*own, *apart)
    return (*own, Value(NOT_ASKED, NOT_ASKED_NUMBER, NOT_ASKED_LABEL, missing=True), *apart)


def kind_of(question: Question, variable: Variable) -> Kind:
    """How the column is stored."""
    if variable.measure == "text":
        return "text"
    if variable.measure == "date":
        return "date"
    if variable.values:
        return "code"
    if isinstance(question, MarkQuestion):
        return "decimal" if question.halves else "integer"
    return "decimal" if isinstance(question, NumberQuestion) and question.decimals else "integer"


def encoder(question: Question, variables: Sequence[Variable]) -> Encode:
    """How answers to this question become cells, one for each of its variables."""
    if isinstance(question, ChoicesQuestion):
        return _ticks([option.key for option in question.options])
    if isinstance(question, LadderQuestion):
        ticks = _ticks([rung.key for rung in question.rungs])
        return lambda value: (question.level(value), *ticks(value))
    if isinstance(question, PointsQuestion):
        names = [option.key for option in question.options]
        return lambda value: _points(names, value)
    if isinstance(question, RankingQuestion):
        ranked = [option.key for option in question.options]
        return lambda value: _places(ranked, value)
    if isinstance(question, MarkQuestion | NumberQuestion):
        return lambda value: (_number(value),)
    if isinstance(question, DateQuestion):
        return lambda value: (date.fromisoformat(value),)
    known = {code: (int(code) if code.isdigit() else code,) for code in variables[0].values}
    if known:
        return lambda value: known.get(value, (value,))
    return lambda value: (writable(value),)


def beside(question: Question) -> tuple[str, ...]:
    """The keys under which words beside an answer are stored, in the order of their columns."""
    return tuple(companion(question.key, part) for part in question.parts if part in (OTHER, COMMENT))


def words(answers: Mapping[str, str], key: str) -> str | None:
    """What somebody wrote; None where nothing was written."""
    return writable(answers.get(key, SKIPPED)) or None


def _ticks(options: Sequence[str]) -> Encode:
    def cells(value: str) -> tuple[Cell, ...]:
        chosen = value.split(";")
        return tuple(int(option in chosen) for option in options)

    return cells


def _places(options: Sequence[str], value: str) -> tuple[Cell, ...]:
    place = {option: number for number, option in enumerate(value.split(">"), 1)}
    return tuple(place.get(option) for option in options)


def _points(options: Sequence[str], value: str) -> tuple[Cell, ...]:
    given = divided(value)
    return tuple(given.get(option, 0) for option in options)


def _number(value: str) -> Cell:
    if value == DONT_KNOW:
        return value
    return float(value) if "." in value else int(value)
