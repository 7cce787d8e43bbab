"""From a specification to a picture: SVG for pages and documents, PNG where only a picture will do."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final
from xml.sax.saxutils import escape

import matplotlib as mpl
from matplotlib.figure import Figure as Sheet

from surveyapp.reports.figures.drawing import (
    answer_bars,
    boundary_map,
    diverging_bars,
    dot_plot,
    dumbbell,
    heatmap,
    importance,
    marks,
    tile_map,
    waves,
)
from surveyapp.reports.figures.drawing.lettering import Lettering
from surveyapp.reports.figures.drawing.page import Page
from surveyapp.reports.figures.parts import shortened
from surveyapp.reports.figures.specification import AnyFigure
from surveyapp.reports.figures.style import style
from surveyapp.reports.rendered import Rendered, file_name

_MOST_PIXELS = 24e6
_DRAWERS: Final[dict[str, Callable[[Any, Page], Sheet]]] = {
    "heatmap": heatmap.draw,
    "diverging_bars": diverging_bars.draw,
    "dumbbell": dumbbell.draw,
    "dot_plot": dot_plot.draw,
    "importance": importance.draw,
    "waves": waves.draw,
    "choice_bars": answer_bars.draw_choices,
    "points_bars": answer_bars.draw_points,
    "ranking": answer_bars.draw_ranking,
    "marks": marks.draw,
    "response": answer_bars.draw_response,
    "tile_map": tile_map.draw,
    "boundary_map": boundary_map.draw,
}
"""The name of a kind of figure -> what draws it."""


def draw(figure: AnyFigure, fonts: Path | None = None) -> Sheet:
    """The figure on a matplotlib sheet of 72 pixels an inch; ``fonts`` is the folder with the shipped fonts.

    Of a figure with very many rows only the first are drawn, and it says so.
    """
    drawn = shortened(figure)
    page = Page(drawn, style(), Lettering(figure.language, fonts))
    return _DRAWERS[figure.figure](drawn, page)


def svg(figure: AnyFigure, fonts: Path | None = None) -> Rendered:
    """The figure as SVG with a title and a description, its text as paths; the same figure gives the same bytes."""
    with mpl.rc_context({"svg.fonttype": "path", "svg.hashsalt": figure.digest}), io.StringIO() as file:
        sheet = draw(figure, fonts)
        sheet.savefig(file, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
        drawing = file.getvalue()
    width, height = (round(inches * 72, 3) for inches in sheet.get_size_inches())
    start = drawing.index(">", drawing.index("<svg")) + 1
    head = (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" version="1.1" role="img"'
        f' lang="{figure.language}" width="{width:g}" height="{height:g}" viewBox="0 0 {width:g} {height:g}">\n'
        f"<title>{escape(figure.title)}</title>\n<desc>{escape(figure.alternative_text())}</desc>"
    )
    return Rendered((head + drawing[start:]).encode(), "image/svg+xml", file_name(figure.title, "svg"))


def png(figure: AnyFigure, fonts: Path | None = None, *, scale: float = 2.0) -> Rendered:
    """The figure as PNG with its alternative text, ``scale`` pixels for each of its own; a huge one gets fewer."""
    sheet = draw(figure, fonts)
    width, height = sheet.get_size_inches() * 72
    fitting = min(scale, (_MOST_PIXELS / (width * height)) ** 0.5)
    words = {"Software": None, "Title": _latin(figure.title), "Description": _latin(figure.alternative_text())}
    with io.BytesIO() as file:
        sheet.savefig(file, format="png", dpi=72 * fitting, metadata=words)
        return Rendered(file.getvalue(), "image/png", file_name(figure.title, "png"))


def _latin(text: str) -> str:
    """The letters that a PNG's words can have; a curly quote or a long dash becomes a plain one."""
    plain = text.translate(str.maketrans("“”‘’–—−", "\"\"''---"))
    return plain.encode("latin-1", "replace").decode("latin-1")
