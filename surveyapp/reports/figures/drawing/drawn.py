"""From a specification to a picture: SVG for pages and documents, PNG where only a picture will do."""

import io
from pathlib import Path
from typing import assert_never
from xml.sax.saxutils import escape

import matplotlib as mpl
from matplotlib.figure import Figure as Sheet

from surveyapp.reports.figures.diverging_bars import DivergingBars
from surveyapp.reports.figures.dot_plot import DotPlot
from surveyapp.reports.figures.drawing import diverging_bars, dot_plot, dumbbell, heatmap
from surveyapp.reports.figures.drawing.lettering import Lettering
from surveyapp.reports.figures.drawing.page import Page
from surveyapp.reports.figures.dumbbell import Dumbbell
from surveyapp.reports.figures.heatmap import Heatmap
from surveyapp.reports.figures.style import style
from surveyapp.reports.rendered import Rendered, file_name

AnyFigure = Heatmap | DivergingBars | Dumbbell | DotPlot


def draw(figure: AnyFigure, fonts: Path | None = None) -> Sheet:
    """The figure on a matplotlib sheet of 72 pixels an inch; ``fonts`` is the folder with the shipped fonts."""
    page = Page(figure, style(), Lettering(figure.language, fonts))
    match figure:
        case Heatmap():
            return heatmap.draw(figure, page)
        case DivergingBars():
            return diverging_bars.draw(figure, page)
        case Dumbbell():
            return dumbbell.draw(figure, page)
        case DotPlot():
            return dot_plot.draw(figure, page)
        case _:
            assert_never(figure)


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
    """The figure as PNG, ``scale`` pixels for each of its own."""
    with io.BytesIO() as file:
        draw(figure, fonts).savefig(file, format="png", dpi=72 * scale, metadata={"Software": None})
        return Rendered(file.getvalue(), "image/png", file_name(figure.title, "png"))
