"""The words of a document: a template that a consultant may edit, filled in a sandbox.

What was filled in can never become markup: everything that a template inserts is escaped, so an open answer that
looks like a heading stays an answer.
"""

import re
from functools import cache
from typing import Final

from babel.dates import format_date
from jinja2 import FileSystemLoader, StrictUndefined, Template, TemplateError, TemplateSyntaxError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from surveyapp.errors import InvalidContent
from surveyapp.questionnaires.text import DEFAULT_LANGUAGE, locale_of
from surveyapp.reports.document import storable
from surveyapp.reports.figures.figure import Cell
from surveyapp.reports.markdown import Directive, directive
from surveyapp.reports.numbers import decimal, percentage, signed
from surveyapp.reports.recipe import place

_HIDDEN: Final = {"small": "◦", "linked": "×", "none": "–"}
"""Signs of why a score is not told: too few people, or it would give away another; the text says what they mean."""
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")


def escaped(value: object) -> str:
    """A value as one line of Markdown that reads as it is written."""
    if isinstance(value, Directive):
        return value
    words = " ".join(storable(str(value)).split())
    return _PUNCTUATION.sub(r"\\\1", words)


class Wording:
    """The text of one kind of document in one language, or in Dutch where it was not translated.

    Blocks that it does not have come from the text ``behind`` it, if there is one.
    """

    def __init__(self, kind: str, language: str, behind: "Wording | None" = None) -> None:
        self._behind = behind
        self._file = f"text.{language}.md.j2"
        if not (place(kind) / self._file).is_file():
            self._file = f"text.{DEFAULT_LANGUAGE}.md.j2"
        self._kind = kind
        self._language = language
        self._template = self._load()

    def _load(self) -> Template:
        environment = ImmutableSandboxedEnvironment(
            loader=FileSystemLoader(place(self._kind)),
            undefined=StrictUndefined,
            finalize=escaped,
            autoescape=False,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        language = self._language
        environment.filters |= {
            "number": lambda value: "–" if value is None else decimal(value, language),
            "signed": lambda value: "–" if value is None else signed(value, language),
            "percentage": lambda value: percentage(value, language),
            "cell": lambda cell: cell_text(cell, language),
            "day": lambda day: format_date(day, "long", locale=locale_of(language)),
        }
        environment.globals |= {
            "notes": lambda label, lines: directive("notes", str(lines), escaped(label)),
            "figure": lambda name, caption="": directive("figure", name, escaped(caption)),
            "table": lambda caption: directive("table", escaped(caption)),
            "own": lambda place: directive("text", place),
            "new_page": lambda: directive("new_page"),
        }
        try:
            return environment.get_template(self._file)
        except TemplateSyntaxError as problem:
            raise self._wrong(f"line {problem.lineno}: {problem.message}") from problem

    def block(self, name: str, **details: object) -> str:
        """The Markdown of one block. Raises InvalidContent ``report-text`` with the file and what is wrong in it."""
        if name not in self._template.blocks and self._behind is not None:
            return self._behind.block(name, **details)
        if name not in self._template.blocks:
            raise self._wrong(f"there is no block {name!r}: add {{% block {name} %}} or take it out of recipe.yaml")
        context = self._template.new_context(dict(details))
        try:
            return "".join(self._template.blocks[name](context))
        except (TemplateError, SecurityError, TypeError) as problem:
            raise self._wrong(f"block {name!r}: {problem}") from problem

    def _wrong(self, problem: str) -> InvalidContent:
        return InvalidContent("report-text", file=f"{self._kind}/{self._file}", problem=problem)


@cache
def wording(kind: str, language: str, behind: str = "") -> Wording:
    """Read once; ``behind`` is the kind whose text has the blocks that this one lacks."""
    return Wording(kind, language, wording(behind, language) if behind else None)


def cell_text(cell: Cell | None, language: str) -> str:
    """A score for a table: its number, or the sign of why it is not there."""
    if cell is None:
        return "–"
    return decimal(cell.value, language) if cell.value is not None else _HIDDEN[cell.hidden or "none"]
