"""Pages rendered once and filled in for each respondent.

A page differs between respondents only in their answers, in what these make it show and in a few names. So the
template is rendered once per edition, role, section and language with a slot wherever one of those can stand, and a
request joins the pieces. No name of a person may stand on a page outside a slot.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Final

from markupsafe import escape

from surveyapp.web.respond.kinds.piece import Field
from surveyapp.web.respond.slots import EDGE

_MOST: Final = 1_000
"""Pages kept per process; about 15 kB each."""


class Page:
    """A page with its slots."""

    def __init__(self, rendered: str) -> None:
        parts = rendered.split(EDGE)
        self._fields: dict[str, int] = {}
        self._marks: dict[str, tuple[int, str]] = {}
        self._slots: dict[str, list[int]] = {}
        for place in range(1, len(parts), 2):
            kind, _, name = parts[place].partition(":")
            if kind == "text":
                self._fields[name] = place
            elif kind in {"checked", "selected"}:
                self._marks[name] = (place, f" {kind}")
            else:
                self._slots.setdefault(parts[place], []).append(place)
            parts[place] = ""
        self._parts = parts

    def filled(self, fields: Iterable[Field], slots: Mapping[str, str]) -> str:
        """The page with these fields, which are made safe here, and these pieces of HTML by the name of their slot."""
        parts = self._parts.copy()
        for name, value in fields:
            mark = self._marks.get(f"{name}={value}")
            if mark is not None:
                parts[mark[0]] = mark[1]
            elif name in self._fields:
                parts[self._fields[name]] = escape(value)
        for name, html in slots.items():
            for place in self._slots.get(name, ()):
                parts[place] = html
        return "".join(parts)


_PAGES: Final[dict[Hashable, Page]] = {}


def page(name: Hashable, render: Callable[[], str]) -> Page:
    """The page of this name, which must say everything that it depends on; rendered when it is first asked for."""
    if name not in _PAGES:
        if len(_PAGES) >= _MOST:
            _PAGES.clear()
        _PAGES[name] = Page(render())
    return _PAGES[name]
