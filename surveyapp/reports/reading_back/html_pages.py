"""HTML and SVG: the tables of a page, its sentences, and what stands in attributes, comments and hidden parts."""

import base64
import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from typing import Final

from surveyapp.analysis.attacking import Leftover
from surveyapp.reports.reading_back.sentences import scores_in
from surveyapp.reports.reading_back.sheet import (
    IN_A_SENTENCE,
    Content,
    Sheet,
    decimals_in,
    figure,
    leftovers,
    number,
    sheet,
)

_LAYOUT: Final = frozenset(
    (
        *("class", "clip-path", "cx", "cy", "d", "dx", "dy", "fill", "height", "href", "id", "marker", "media"),
        *("offset", "opacity", "points", "r", "rx", "ry", "sizes", "src", "srcset", "stroke", "style", "transform"),
        *("version", "viewbox", "width", "x", "x1", "x2", "xlink:href", "xmlns", "xmlns:xlink", "y", "y1", "y2"),
    )
)
"""Attributes whose numbers are places and measures; colours and widths of lines begin like them."""
_LAYOUT_STARTS: Final = ("fill-", "font-", "stroke-", "text-")
_UNSEEN: Final = ("title", "desc", "metadata", "template", "noscript", "script")
_STYLE_WORDS: Final = re.compile(r"/\*.*?\*/|content:\s*(\"[^\"]*\"|'[^']*')", re.DOTALL)
_DRAWING: Final = re.compile(r"data:image/svg\+xml;base64,([A-Za-z0-9+/=]+)")
_EMPTY: Final = ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")


def read(content: bytes, source: str) -> Content:
    """The tables, each with the heading and caption above it, and every number outside them."""
    page = _Page(source)
    page.feed(content.decode("utf-8-sig"))
    page.close()
    return Content(tuple(page.sheets), tuple(page.unseen))


def read_drawing(content: bytes, source: str) -> Content:
    """The words of a drawing by itself: they belong to the table under its title, each number of it once.

    Whole numbers are places on a scale or numbers of people.
    """
    page = _Page(source, in_words=decimals_in)
    page.feed(content.decode("utf-8-sig"))
    page.close()
    within = figure(" ".join(page.drawing.split()))
    once = [replace(each, within=within, each=not page.is_told(each)) for each in page.unseen]
    return Content((), tuple(once))


class _Page(HTMLParser):
    """Reads tables as they come by."""

    def __init__(self, source: str, in_words: Callable[[str, str, str], list[Leftover]] = leftovers) -> None:
        super().__init__(convert_charrefs=True)
        self.source = source
        self._in_words = in_words
        self.sheets: list[Sheet] = []
        self.unseen: list[Leftover] = []
        self.drawing = ""
        self._heading = ""
        self._caption = ""
        self._rows: list[list[str]] = []
        self._open: list[tuple[str, bool]] = []
        self._cell: str | None = None
        self._attributes: list[str] = []
        self._figure = 0
        self._drawn = ""
        self._drawings = 0
        self._told_of_figure = ""
        self._section = ""
        self._around: list[str] = []
        self._is_chosen = False

    def is_told(self, each: Leftover) -> bool:
        """Whether it is part of a description, which repeats what is drawn."""
        return each.place.endswith(_TOLD)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        about = {name: value or "" for name, value in attrs}
        self._attributes += self._told_by(about)
        if tag == "table":
            is_beside_figure = any(name == "figure" for name, _ in self._open)
            self._rows, self._caption = [], self._told_of_figure if is_beside_figure else ""
        elif tag == "tr":
            self._rows.append([])
        elif tag in ("td", "th"):
            self._cell = ""
        elif tag in ("h1", "caption"):
            self._set(tag, "")
        elif tag == "figure":
            self._figure, self._drawn, self._told_of_figure = len(self.unseen), "", ""
        elif (drawing := _DRAWING.match(about.get("src", ""))) is not None:
            self._look_at(base64.b64decode(drawing[1]))
        self._is_chosen = "aria-current" in about
        if tag not in _EMPTY:
            style = about.get("style", "").replace(" ", "")
            self._open.append((tag, "hidden" in about or "display:none" in style or "visibility:hidden" in style))
        if self._cell is None:
            self._leave_attributes()

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _EMPTY:
            self.handle_endtag(tag)

    def handle_data(self, data: str) -> None:
        tag = self._open[-1][0] if self._open else ""
        if tag == "title" and any(name == "svg" for name, _ in self._open):
            self.drawing += data
        if tag == "style":
            self._leave(" ".join(found.group() for found in _STYLE_WORDS.finditer(data)), "in a style")
        elif self._is_unseen():
            self._leave(data, _TOLD if tag == "desc" else "in a part that is not shown")
        elif self._cell is not None and tag not in _BUTTONS:
            self._cell += data
        elif tag in ("h1", "caption"):
            self._set(tag, data)
        elif tag == "figcaption":
            self._told_of_figure += data
        elif self._is_chosen and data.strip():
            self._around.append(" ".join(data.split()))
            self._is_chosen = False
        else:
            self._say(data, tag)

    def _say(self, words: str, tag: str) -> None:
        if tag in _HEADINGS and words.strip():
            self._section = words
        self.sheets += filter(None, [scores_in(words, self._section, self.source)])
        said = decimals_in(words, f"{self.source}, {IN_A_SENTENCE}", self.source)
        self.unseen += [replace(each, read=True) for each in said]

    def handle_comment(self, data: str) -> None:
        self._leave(data, "in a comment")

    def handle_endtag(self, tag: str) -> None:
        names = [name for name, _ in self._open]
        if tag in names:
            del self._open[len(names) - 1 - names[::-1].index(tag) :]
        if tag in ("td", "th") and self._cell is not None:
            if self._rows:
                self._rows[-1].append(self._cell)
            self._leave_attributes(number(self._cell) is None)
            self._cell = None
        elif tag == "table":
            self._finish_table()
        elif tag == "figure":
            self._describe_figure()

    def _finish_table(self) -> None:
        """The caption of a figure in a report says by itself what it is about."""
        names = (self.source, self._drawn or figure(" ".join(self._caption.split())))
        title = self._caption if self._drawn else f"{self._heading} {self._caption}"
        found = sheet(self.source, title, self._rows, names=names, around=tuple(self._around))
        self._around.append(" ".join(self._caption.split()))
        self.sheets += [found] if found is not None else []
        self._rows = []

    def _describe_figure(self) -> None:
        """What was told since the figure began is about its table, the last one."""
        within = self._drawn or figure(" ".join(self._caption.split()))
        about = [replace(each, within=within) for each in self.unseen[self._figure :]]
        self.unseen[self._figure :] = about
        self._drawn = ""

    def _look_at(self, drawing: bytes) -> None:
        """A drawing that is in the page itself: its words are about the table beside it."""
        self._drawings += 1
        self._drawn = f"{self.source}, figure {self._drawings}"
        self.unseen += read_drawing(drawing, self._drawn).unseen

    def _set(self, tag: str, words: str) -> None:
        if tag == "h1":
            self._heading = f"{self._heading} {words}" if words else ""
        else:
            self._caption += words

    def _leave(self, words: str, where: str) -> None:
        self.unseen += self._in_words(words, f"{self.source}, {where}", self.source)

    @staticmethod
    def _told_by(about: dict[str, str]) -> list[str]:
        return [f"{name}={words}" for name, words in about.items() if not _is_layout(name)]

    def _leave_attributes(self, whole_too: bool = False) -> None:
        """What attributes tell; of a cell that shows no number whole numbers count as well."""
        for each in self._attributes:
            name, _, words = each.partition("=")
            if whole_too or number(words) is None or "." in words or "," in words:
                self._leave(words, f"attribute {name}")
        self._attributes = []

    def _is_unseen(self) -> bool:
        return any(hidden or name in _UNSEEN for name, hidden in self._open)


_BUTTONS: Final = ("button", "summary")
"""Parts of a cell that are no part of its words."""
_HEADINGS: Final = ("h2", "h3", "h4")
_TOLD: Final = "in a description"


def _is_layout(name: str) -> bool:
    return name in _LAYOUT or name.startswith(_LAYOUT_STARTS)
