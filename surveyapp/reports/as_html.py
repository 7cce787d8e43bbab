"""A document as a web page that holds everything it needs: its style, its figures, and the numbers behind them."""

from functools import partial
from pathlib import Path

from surveyapp.reports.document import Document
from surveyapp.reports.html import page
from surveyapp.reports.office import inline
from surveyapp.reports.recipe import place
from surveyapp.reports.rendered import Rendered, file_name


def as_html(document: Document, numbers: str, fonts: Path | None = None) -> Rendered:
    """The same document gives the same bytes. ``numbers`` leads to the table of a figure."""
    style = (place("house") / "screen.css").read_text(encoding="utf-8")
    made = page(document, style, partial(inline, fonts=fonts), numbers=numbers)
    return Rendered(made.encode(errors="replace"), "text/html; charset=utf-8", file_name(document.title, "html"))
