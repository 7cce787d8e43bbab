"""A figure as operators of a PDF: all that is on the sheet, once each, and the same every time."""

import re

import pytest
from matplotlib.text import Text

from surveyapp.reports.figures.drawing.drawn import draw
from surveyapp.reports.figures.drawing.operators import operators
from surveyapp.reports.figures.specification import AnyFigure
from tests.reports.figures.examples import every_figure, heatmap

EVERY_FIGURE = pytest.mark.parametrize("figure", every_figure(), ids=lambda figure: str(figure.figure))


@EVERY_FIGURE
def test_every_letter_on_the_sheet_is_called_and_the_pen_is_put_back(figure: AnyFigure) -> None:
    sheet = draw(figure)
    words = "".join(artist.get_text() for artist in sheet.get_children() if isinstance(artist, Text))
    made = operators(figure)
    called = re.findall(rb"/([A-Za-z0-9-]+) Do", made.content)
    assert sum(not name.startswith(b"hatch-") for name in called) == len(words)
    assert {name.decode() for name in called} == set(made.forms)
    lines = made.content.split(b"\n")
    begun = [line for line in lines if line == b"q" or (line.startswith(b"q ") and not line.endswith(b" Q"))]
    assert len(begun) == lines.count(b"Q") > 0
    assert (made.width, made.height) == pytest.approx(tuple(sheet.get_size_inches() * 72))


def test_the_same_figure_gives_the_same_bytes() -> None:
    assert operators(heatmap()) == operators(heatmap())
