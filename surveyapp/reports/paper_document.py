"""A paper form as one page of HTML for the printer: a piece per kind of question, from ``reports/paper/``."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from math import ceil
from typing import Any, Final

from babel.dates import format_date
from babel.numbers import format_decimal
from jinja2 import FileSystemLoader, StrictUndefined, TemplateError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from surveyapp.errors import InvalidContent
from surveyapp.questionnaires.kinds.mark import HIGHEST, LOWEST, MarkQuestion
from surveyapp.questionnaires.kinds.number import NumberQuestion
from surveyapp.questionnaires.kinds.text import TextQuestion
from surveyapp.questionnaires.scale import Scale
from surveyapp.questionnaires.text import Text, locale_of, say
from surveyapp.reports.filled import Filling
from surveyapp.reports.markdown import line_of
from surveyapp.reports.paper_form import FOLDER, PaperForm
from surveyapp.reports.paper_sections import sections
from surveyapp.reports.recipe import place
from surveyapp.reports.wording import wording

_CHARACTERS_A_LINE: Final = 340
"""More than fit: who has much to say takes another sheet, and pages of empty lines frighten."""
_FEWEST_LINES: Final = 2
_MOST_LINES: Final = 10


@dataclass(frozen=True)
class Column:
    """One answer of a scale; ``apart`` when it is not a step of it."""

    label: Text
    apart: bool


@dataclass(frozen=True)
class Room:
    """Boxes before the decimal mark (0: a line, nobody said how large it gets), and the bounds; empty where none."""

    whole: int
    least: str
    most: str


def title_of(form: PaperForm) -> str:
    """The title on top, and of the file."""
    return _filling(form)(form.questionnaire.title)


def source(form: PaperForm, style: str) -> str:
    """The whole form as HTML; ``style`` is our own CSS. Raises InvalidContent where an author's piece does not work."""
    filling = _filling(form)
    words: dict[str, Any] = {
        "form": form,
        "title": title_of(form),
        "style": Markup(style),  # noqa: S704 - our own
        "sections": sections(form, filling),
        "fill": filling,
        "say": partial(_said, form.language),
        "columns": _columns,
        "marks": partial(_marks, language=form.language),
        "room_for": partial(_room, language=form.language),
        "lines_for": _lines,
        "day": partial(_day, language=form.language),
        "count": partial(_number, language=form.language),
    }
    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(place(FOLDER)),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    try:
        return environment.get_template("form.html").render(words)
    except (TemplateError, SecurityError) as problem:
        raise InvalidContent("report-text", file=FOLDER, problem=str(problem)) from problem


def _filling(form: PaperForm) -> Filling:
    role = say(form.questionnaire.role(form.role).title, form.language)
    organisation = form.organisation or _said(form.language, "your_organisation")
    return Filling(form.language, organisation, role)


def _said(language: str, block: str, **details: object) -> str:
    return line_of(wording(FOLDER, language).block(block, **details))


def _columns(scale: Scale) -> tuple[Column, ...]:
    steps = (Column(point.label, apart=False) for point in scale.points)
    return (*steps, *(Column(label, apart=True) for label in scale.apart.values()))


def _marks(question: MarkQuestion, language: str) -> list[str]:
    halves = range(2 * LOWEST, 2 * HIGHEST + 1, 1 if question.halves else 2)
    return [_number(Decimal(half) / 2, language) for half in halves]


def _room(question: NumberQuestion, language: str) -> Room:
    least, most = question.least, question.most
    bounds = [abs(bound) for bound in (least, most) if bound is not None]
    sign = least is None or least < 0
    whole = len(str(int(max(bounds)))) + sign if most is not None else 0
    shown = [_number(bound, language) if bound is not None else "" for bound in (least, most)]
    return Room(whole, *shown)


def _lines(question: TextQuestion) -> int:
    if question.short:
        return 1
    return min(_MOST_LINES, max(_FEWEST_LINES, ceil(question.limit / _CHARACTERS_A_LINE)))


def _day(day: date | None, language: str) -> str:
    return format_date(day, "long", locale=locale_of(language)) if day is not None else ""


def _number(value: Decimal | int, language: str) -> str:
    return format_decimal(value, format="#,##0.######", locale=language)
