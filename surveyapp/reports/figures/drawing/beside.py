"""What stands beside the marks on a line: their numbers, and why one is missing."""

from collections.abc import Sequence

from surveyapp.reports.figures.drawing.axis_rows import BESIDE, AxisRows
from surveyapp.reports.figures.drawing.canvas import Align, Canvas

_TOUCHING = 9.0
"""Marks with their middles closer than this hide one another."""
_ASIDE = 4.5


def kept_apart(rows: AxisRows, one: float | None, other: float | None) -> float:
    """How far two marks move up and down so that the one does not hide the other."""
    if one is None or other is None or abs(rows.x(one) - rows.x(other)) >= _TOUCHING:
        return 0.0
    return _ASIDE


def write_beside(canvas: Canvas, rows: AxisRows, value: float, y: float, text: str, *, left: bool, colour: str) -> None:
    """A number next to its mark."""
    x = rows.x(value) + (-BESIDE if left else BESIDE)
    canvas.write(x, y, text, rows.page.layout.text, colour=colour, align="right" if left else "left")


def clear_beside(canvas: Canvas, rows: AxisRows, value: float, y: float, text: str, *, left: bool) -> None:
    """Wipe the scale's lines where that number will stand."""
    size = rows.page.layout.text
    width = rows.page.lettering.width(text, size) + 4
    x = rows.x(value) + (-BESIDE - width + 2 if left else BESIDE - 2)
    canvas.rectangle(x, y - size / 2, width, size, canvas.style.colours.background)


def say_missing(canvas: Canvas, rows: AxisRows, texts: Sequence[str], shown: float | None, y: float) -> None:
    """The first of these texts that has room, away from the one mark that is there (``shown``); else the last."""
    left, right = rows.line
    at_left = shown is not None and shown > (rows.lowest + rows.highest) / 2
    room = right - left
    if shown is not None:
        room = (rows.x(shown) - left if at_left else right - rows.x(shown)) - rows.number_room - 6
    small = rows.page.layout.small
    text = next((text for text in texts if rows.page.lettering.width(text, small) <= room), texts[-1])
    width = rows.page.lettering.width(text, small) + 4
    box = left - 2 if at_left else right - width + 2
    canvas.rectangle(box, y - small / 2 - 1, width, small + 2, canvas.style.colours.background)
    align: Align = "left" if at_left else "right"
    canvas.write(left if at_left else right, y, text, small, colour=canvas.style.colours.muted, align=align)
