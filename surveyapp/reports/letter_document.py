"""Letters as one page of HTML for the printer, put together from ``reports/letter/``."""

from datetime import datetime
from typing import Final

import segno
from babel.dates import format_date
from jinja2 import FileSystemLoader, StrictUndefined, TemplateError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from surveyapp import clock
from surveyapp.errors import InvalidContent
from surveyapp.questionnaires.text import locale_of
from surveyapp.reports.letter import FOLDER, Letters
from surveyapp.reports.markdown import line_of
from surveyapp.reports.recipe import place
from surveyapp.reports.wording import wording

_SCALE: Final = 4
_QUIET: Final = 4
"""Empty modules around the code, which readers need (ISO/IEC 18004)."""


def source(letters: Letters, style: str) -> str:
    """All letters as HTML; ``style`` is our own CSS. Raises InvalidContent where an author's piece does not work."""
    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(place(FOLDER)),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    words = {
        "title": letters.title,
        "language": letters.language,
        "letters": letters.letters,
        "style": Markup(style),  # noqa: S704 - our own
        "say": _said,
        "code": code,
        "day": _day,
        "moment": _moment,
    }
    try:
        return environment.get_template("letters.html").render(words)
    except (TemplateError, SecurityError) as problem:
        raise InvalidContent("report-text", file=FOLDER, problem=str(problem)) from problem


def style() -> str:
    """The look of letters, beside that of every document."""
    return (place(FOLDER) / "letter.css").read_text(encoding="utf-8")


def code(link: str) -> str:
    """The QR code of a link as the address of a picture that holds itself."""
    return str(segno.make(link, micro=False, error="m").svg_data_uri(scale=_SCALE, border=_QUIET))


def _said(language: str, block: str, **details: object) -> str:
    return line_of(wording(FOLDER, language).block(block, **details))


def _day(language: str, moment: datetime) -> str:
    return format_date(clock.local(moment).date(), "long", locale=locale_of(language))


def _moment(language: str, moment: datetime) -> str:
    here = clock.local(moment)
    return _said(language, "moment", day=_day(language, moment), hour=f"{here:%H}", minute=f"{here:%M}")
