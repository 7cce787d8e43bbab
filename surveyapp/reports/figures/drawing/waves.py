"""Waves: an arrow from the first mean to the second, the bounds as thin bars, and a mark where the trend breaks."""

from matplotlib.figure import Figure as Sheet

from surveyapp.reports.figures.drawing.axis_rows import AxisRows
from surveyapp.reports.figures.drawing.beside import clear_beside, kept_apart, say_missing, write_beside
from surveyapp.reports.figures.drawing.canvas import Canvas
from surveyapp.reports.figures.drawing.dumbbell import missing_texts
from surveyapp.reports.figures.drawing.page import Key, Page
from surveyapp.reports.figures.figure import Cell
from surveyapp.reports.figures.style import Marker
from surveyapp.reports.figures.waves import Bounds, WaveRow, Waves
from surveyapp.reports.figures.words import word
from surveyapp.reports.numbers import decimal

_BOUNDS = 10.0
"""From the line to the bounds above or below it."""


def draw(figure: Waves, page: Page) -> Sheet:
    """The sheet with all rows."""
    rows = AxisRows(
        page=page,
        labels=tuple(row.label for row in figure.rows),
        lowest=figure.lowest,
        highest=figure.highest,
        keys=_keys(figure, page),
        column=word("change", figure.language),
        column_texts=tuple(_change(figure, row) for row in figure.rows),
        small_texts=_bounds(figure),
        notes=_notes(figure),
        more=tuple(_BOUNDS * 2 if row.first_bounds or row.second_bounds else 0.0 for row in figure.rows),
    )
    canvas = page.canvas(rows.height)
    for row, y in zip(figure.rows, rows.draw_frame(canvas), strict=True):
        _draw_row(canvas, rows, figure, row, y)
    return canvas.sheet


def _keys(figure: Waves, page: Page) -> tuple[Key, ...]:
    style = page.style
    keys = [Key(figure.first, marker=style.first_wave), Key(figure.second, marker=style.second_wave)]
    if any(row.first_bounds or row.second_bounds for row in figure.rows):
        keys.append(Key(word("bounds_key", figure.language), colour=style.colours.hatch, flat=True))
    trends = {row.trend for row in figure.rows}
    keys += [Key(word(f"{trend}_key", figure.language), sign=sign) for trend, sign in SIGNS.items() if trend in trends]
    return tuple(keys)


def _change(figure: Waves, row: WaveRow) -> str:
    if row.trend == "broken":
        return SIGNS["broken"]
    sign = SIGNS["rescaled"] if row.trend == "rescaled" and row.is_compared else ""
    return f"{figure.change_text(row)}{sign}"


def _bounds(figure: Waves) -> tuple[str, ...]:
    texts = tuple(figure.bounds_text(row) for row in figure.rows)
    return texts if any(texts) else ()


SIGNS = {"broken": "//", "rescaled": "*"}
"""The mark on the line of what is not, or not simply, the same question."""


def _notes(figure: Waves) -> tuple[str, ...]:
    scale = word("scale", figure.language, low=figure.lowest, high=figure.highest)
    line = f"{scale[0].upper()}{scale[1:]}. {word('unrounded', figure.language)}"
    return (line, figure.note) if figure.note else (line,)


def _draw_row(canvas: Canvas, rows: AxisRows, figure: Waves, row: WaveRow, y: float) -> None:
    first, second = row.first.value, row.second.value
    apart = kept_apart(rows, first, second)
    for bounds, marker, up in ((row.first_bounds, False, -1), (row.second_bounds, True, 1)):
        _draw_bounds(canvas, rows, bounds, y + up * (apart + _BOUNDS), second=marker)
    if first is not None and second is not None:
        _draw_arrow(canvas, rows, row, y)
    first_is_left = first is not None and (second is None or first <= second)
    _draw_end(canvas, rows, figure, (row.first, canvas.style.first_wave), y - apart, left=first_is_left)
    _draw_end(canvas, rows, figure, (row.second, canvas.style.second_wave), y + apart, left=not first_is_left)
    if first is None or second is None:
        _say_hidden(canvas, rows, figure, row, y)


def _draw_bounds(canvas: Canvas, rows: AxisRows, bounds: Bounds | None, y: float, *, second: bool) -> None:
    if bounds is not None:
        marker = canvas.style.second_wave if second else canvas.style.first_wave
        canvas.line((rows.x(bounds[0]), rows.x(bounds[1])), (y, y), marker.colour, 2.0)
        for end in bounds:
            canvas.line((rows.x(end), rows.x(end)), (y - 3, y + 3), marker.colour, 1.0)


def _draw_arrow(canvas: Canvas, rows: AxisRows, row: WaveRow, y: float) -> None:
    """From first to second; without a head where they touch, and without a line where they are not compared."""
    start, end = rows.x(row.first.value or 0.0), rows.x(row.second.value or 0.0)
    colours = canvas.style.colours
    small = rows.page.layout.small
    if row.trend != "broken" and abs(end - start) >= 9:
        canvas.arrow((start, y), (end, y), colours.muted)
    sign = SIGNS.get(row.trend)
    room = rows.page.lettering.width(sign or "", small, bold=True) + 6
    if sign and abs(end - start) >= room + 16:
        middle = (start + end) / 2
        canvas.rectangle(middle - room / 2, y - small / 2, room, small, colours.background)
        canvas.write(middle, y, sign, small, bold=True, align="center")


def _draw_end(canvas: Canvas, rows: AxisRows, figure: Waves, end: tuple[Cell, Marker], y: float, *, left: bool) -> None:
    cell, marker = end
    if cell.value is None:
        return
    canvas.mark(rows.x(cell.value), y, marker)
    number = decimal(cell.value, figure.language)
    clear_beside(canvas, rows, cell.value, y, number, left=left)
    write_beside(canvas, rows, cell.value, y, number, left=left, colour=canvas.style.colours.text)


def _say_hidden(canvas: Canvas, rows: AxisRows, figure: Waves, row: WaveRow, y: float) -> None:
    ends = ((figure.first, row.first), (figure.second, row.second))
    say_missing(
        canvas,
        rows,
        missing_texts(ends, figure.threshold),
        next((cell.value for _, cell in ends if cell.value is not None), None),
        y,
    )
