"""HTML and SVG: the tables of a page, and what stands in attributes, comments, hidden parts and descriptions."""

from html.parser import HTMLParser
from typing import Final

from surveyapp.analysis.attacking import Leftover
from surveyapp.reports.reading_back.sheet import Content, Sheet, leftovers, number, sheet

_TELLING: Final = ("alt", "title", "aria-label", "aria-description", "content", "summary", "value", "label")
_UNSEEN: Final = ("title", "desc", "metadata", "template", "noscript", "script")
_EMPTY: Final = ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")


def read(content: bytes, source: str) -> Content:
    """The tables, each with the heading and caption above it."""
    page = _Page(source)
    page.feed(content.decode("utf-8-sig"))
    page.close()
    return Content(tuple(page.sheets), tuple(page.unseen))


class _Page(HTMLParser):
    """Reads tables as they come by."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.source = source
        self.sheets: list[Sheet] = []
        self.unseen: list[Leftover] = []
        self._heading = ""
        self._caption = ""
        self._rows: list[list[str]] = []
        self._open: list[tuple[str, bool]] = []
        self._cell: str | None = None
        self._attributes: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        about = {name: value or "" for name, value in attrs}
        self._attributes += self._told_by(about)
        if tag == "table":
            self._rows, self._caption = [], ""
        elif tag == "tr":
            self._rows.append([])
        elif tag in ("td", "th"):
            self._cell = ""
        elif tag in ("h1", "caption"):
            self._set(tag, "")
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
        if self._is_unseen():
            self.unseen += leftovers(data, f"{self.source}, in a part that is not shown")
        elif self._cell is not None and not self._is_for_ears():
            self._cell += data
        elif self._open and self._open[-1][0] in ("h1", "caption"):
            self._set(self._open[-1][0], data)

    def handle_comment(self, data: str) -> None:
        self.unseen += leftovers(data, f"{self.source}, in a comment")

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
            title = f"{self._heading} {self._caption}"
            self.sheets += [found for found in [sheet(self.source, title, self._rows)] if found is not None]
            self._rows = []

    def _set(self, tag: str, words: str) -> None:
        if tag == "h1":
            self._heading = f"{self._heading} {words}" if words else ""
        else:
            self._caption += words

    @staticmethod
    def _told_by(about: dict[str, str]) -> list[str]:
        return [f"{name}={words}" for name, words in about.items() if name in _TELLING or name.startswith("data-")]

    def _leave_attributes(self, whole_too: bool = False) -> None:
        """What attributes tell; of a cell that shows no number whole numbers count as well."""
        for each in self._attributes:
            name, _, words = each.partition("=")
            if whole_too or number(words) is None or "." in words or "," in words:
                self.unseen += leftovers(words, f"{self.source}, attribute {name}")
        self._attributes = []

    def _is_unseen(self) -> bool:
        return any(hidden or name in _UNSEEN for name, hidden in self._open)

    def _is_for_ears(self) -> bool:
        """Superscripts and the like are part of a cell; nothing is left out yet but buttons."""
        return bool(self._open) and self._open[-1][0] in ("button", "summary")
