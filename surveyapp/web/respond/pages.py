"""Pages of questions, rendered once and filled in for each respondent.

A page differs between respondents only in their answers. So the template is rendered once per edition, role, section
and language with a slot wherever an answer can show, and a request joins the pieces. After a mistake, which is rare,
the same template is rendered with the answers themselves. Not for pages that hold anything else of a person.
"""

from collections.abc import Callable, Hashable, Mapping
from typing import Final

from markupsafe import Markup, escape

from surveyapp.web.respond.sheet import Item, Sheet

_EDGE: Final = "\x00"
_MOST: Final = 1_000
"""Pages kept per process; about 12 kB each."""


class Answers:
    """Shows answers on the page at once."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = values

    def checked(self, item: Item, code: str) -> Markup:
        return Markup(" checked") if code and self._values.get(item.key) == code else Markup("")

    def selected(self, item: Item, place: int, code: str) -> Markup:
        ranked = self._values.get(item.key, "").split(">")
        return Markup(" selected") if ranked[place - 1 : place] == [code] else Markup("")

    def text(self, item: Item) -> Markup:
        return escape(self._values.get(item.key, ""))


class Slots:
    """Leaves a place for each answer that may be given."""

    def checked(self, item: Item, code: str) -> Markup:
        return _slot(f"{item.key}={code}")

    def selected(self, item: Item, place: int, code: str) -> Markup:
        return _slot(f"{item.key}-{place}={code}")

    def text(self, item: Item) -> Markup:
        return _slot(item.key)


class Page:
    """A page of questions with its slots."""

    def __init__(self, sheet: Sheet, rendered: str) -> None:
        self._items = {item.key: item for item in sheet.items}
        self._pieces = rendered.split(_EDGE)

    def filled(self, values: Mapping[str, str]) -> str:
        """The page with these answers."""
        shown: dict[str, str] = {}
        for key, value in values.items():
            item = self._items.get(key)
            if item is not None and value:
                shown.update(_shown(item, value))
        pieces = list(self._pieces)
        pieces[1::2] = [shown.get(slot, "") for slot in self._pieces[1::2]]
        return "".join(pieces)


_PAGES: Final[dict[Hashable, Page]] = {}


def page(name: Hashable, sheet: Sheet, render: Callable[[Slots], str]) -> Page:
    """The page of this name, which must say everything that it depends on; rendered when it is first asked for."""
    if name not in _PAGES:
        if len(_PAGES) >= _MOST:
            _PAGES.clear()
        _PAGES[name] = Page(sheet, render(Slots()))
    return _PAGES[name]


def _slot(name: str) -> Markup:
    return Markup(f"{_EDGE}{name}{_EDGE}")  # noqa: S704 - keys of a checked questionnaire


def _shown(item: Item, value: str) -> dict[str, str]:
    if item.kind == "text":
        return {item.key: str(escape(value))}
    if item.kind == "ranking":
        return {f"{item.key}-{place}={code}": " selected" for place, code in enumerate(value.split(">"), start=1)}
    return {f"{item.key}={value}": " checked"}
