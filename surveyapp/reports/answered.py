"""A stored answer in words, for each kind of question."""

from datetime import date
from decimal import Decimal
from functools import singledispatch

from babel.dates import format_date
from babel.numbers import format_decimal

from surveyapp.questionnaires.kinds import Question
from surveyapp.questionnaires.kinds.asked import Asked
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
from surveyapp.questionnaires.scale import DONT_KNOW, SKIPPED, Scales
from surveyapp.questionnaires.text import locale_of
from surveyapp.reports.filled import Filling
from surveyapp.reports.markdown import line_of
from surveyapp.reports.wording import wording

WORDS = "own-copy"
"""The folder of ``reports/`` with the few words that answers need beside those of the questionnaire."""


def in_words(question: Question, value: str, scales: Scales, filling: Filling) -> tuple[str, ...]:
    """A stored answer, a line for each thing that was said; no line where nothing was.

    ``value`` is as stored and allowed by the question. What stands in its further fields (``.other``, ``.comment``) is
    not here.
    """
    return _lines(question, value, scales, filling) if value != SKIPPED else ()


@singledispatch
def _lines(question: Asked, value: str, scales: Scales, filling: Filling) -> tuple[str, ...]:
    """As it was written: text, where a line end is one."""
    del question, scales, filling
    return tuple(value.split("\n"))


@_lines.register
def _scale(question: ScaleQuestion, value: str, scales: Scales, filling: Filling) -> tuple[str, ...]:
    scale = scales[question.scale]
    labels = {str(point.code): point.label for point in scale.points} | scale.apart
    return (filling(labels[value]),)


@_lines.register(ChoiceQuestion)
@_lines.register(ChoicesQuestion)
def _chosen(
    question: ChoiceQuestion | ChoicesQuestion, value: str, scales: Scales, filling: Filling
) -> tuple[str, ...]:
    del scales
    chosen = value.split(";")
    return tuple(filling(option.label) for option in question.options if option.key in chosen)


@_lines.register
def _ladder(question: LadderQuestion, value: str, scales: Scales, filling: Filling) -> tuple[str, ...]:
    del scales
    met = value.split(";")
    level = wording(WORDS, filling.language).block("level", level=question.level(value), of=len(question.rungs))
    return (*(filling(rung.label) for rung in question.rungs if rung.key in met), line_of(level))


@_lines.register
def _mark(question: MarkQuestion, value: str, scales: Scales, filling: Filling) -> tuple[str, ...]:
    del scales
    return (filling(question.dont_know) if value == DONT_KNOW else _number(value, filling),)


@_lines.register
def _amount(question: NumberQuestion, value: str, scales: Scales, filling: Filling) -> tuple[str, ...]:
    del scales
    return (f"{_number(value, filling)} {filling(question.unit)}".strip(),)


@_lines.register
def _date(question: DateQuestion, value: str, scales: Scales, filling: Filling) -> tuple[str, ...]:
    del question, scales
    return (format_date(date.fromisoformat(value), "long", locale=locale_of(filling.language)),)


@_lines.register
def _ranking(question: RankingQuestion, value: str, scales: Scales, filling: Filling) -> tuple[str, ...]:
    del scales
    labels = {option.key: option.label for option in question.options}
    return tuple(f"{place}. {filling(labels[key])}" for place, key in enumerate(value.split(">"), start=1))


@_lines.register
def _points(question: PointsQuestion, value: str, scales: Scales, filling: Filling) -> tuple[str, ...]:
    del scales
    given = divided(value)
    return tuple(f"{filling(option.label)}: {given.get(option.key, 0)}" for option in question.options)


@_lines.register
def _consent(question: ConsentQuestion, value: str, scales: Scales, filling: Filling) -> tuple[str, ...]:
    del question, value, scales
    return (line_of(wording(WORDS, filling.language).block("agreed")),)


def _number(value: str, filling: Filling) -> str:
    return format_decimal(Decimal(value), format="#,##0.######", locale=filling.language)
