"""The words of a document: a template that a consultant may edit, filled in a sandbox.

What was filled in can never become markup: everything that a template inserts is escaped, so an open answer that
looks like a heading stays an answer.
"""

import re
from functools import cache

from jinja2 import FileSystemLoader, StrictUndefined, Template, TemplateError, TemplateSyntaxError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from surveyapp.errors import InvalidContent
from surveyapp.questionnaires.text import DEFAULT_LANGUAGE
from surveyapp.reports.markdown import Directive, directive
from surveyapp.reports.numbers import decimal, percentage, signed
from surveyapp.reports.recipe import place

_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")


def escaped(value: object) -> str:
    """A value as one line of Markdown that reads as it is written."""
    if isinstance(value, Directive):
        return value
    words = " ".join(str(value).split())
    return _PUNCTUATION.sub(r"\\\1", words)


class Wording:
    """The text of one kind of document in one language, or in Dutch where it was not translated."""

    def __init__(self, kind: str, language: str) -> None:
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
def wording(kind: str, language: str) -> Wording:
    """Read once."""
    return Wording(kind, language)
