"""The dot plot: an organisation's score and the region's on the region's band."""

from matplotlib.figure import Figure as Sheet

from surveyapp.reports.figures.dot_plot import DotPlot, DotRow
from surveyapp.reports.figures.drawing.axis_rows import AxisRows
from surveyapp.reports.figures.drawing.beside import kept_apart, say_missing, write_beside
from surveyapp.reports.figures.drawing.canvas import Canvas
from surveyapp.reports.figures.drawing.dumbbell import missing_texts
from surveyapp.reports.figures.drawing.page import Key, Page
from surveyapp.reports.figures.words import word
from surveyapp.reports.numbers import decimal


def draw(figure: DotPlot, page: Page) -> Sheet:
    """The sheet with the whole dot plot."""
    rows = AxisRows(
        page=page,
        labels=tuple(row.label for row in figure.rows),
        lowest=figure.lowest,
        highest=figure.highest,
        keys=_keys(figure, page),
        column="",
        column_texts=(),
        notes=_notes(figure),
    )
    canvas = page.canvas(rows.height)
    for row, y in zip(figure.rows, rows.draw_frame(canvas), strict=True):
        _draw_row(canvas, rows, figure, row, y)
    return canvas.sheet


def _keys(figure: DotPlot, page: Page) -> tuple[Key, ...]:
    marks = (Key(figure.own, marker=page.style.own), Key(figure.region, marker=page.style.region))
    if all(row.band is None for row in figure.rows):
        return marks
    return (*marks, Key(word("band", figure.language), colour=page.style.colours.band))


def _notes(figure: DotPlot) -> tuple[str, ...]:
    scale = word("scale", figure.language, low=figure.lowest, high=figure.highest)
    line = f"{scale[0].upper()}{scale[1:]}."
    return (line, figure.note) if figure.note else (line,)


def _draw_row(canvas: Canvas, rows: AxisRows, figure: DotPlot, row: DotRow, y: float) -> None:
    if row.band is not None:
        left, right = rows.x(row.band[0]), rows.x(row.band[1])
        canvas.rectangle(left, y - 8, max(right - left, 2), 16, canvas.style.colours.band)
    own, region = row.own.value, row.region.value
    own_is_left = own is not None and (region is None or own <= region)
    apart = kept_apart(rows, own, region)
    if region is not None:
        canvas.mark(rows.x(region), y + apart, canvas.style.region, 11)
        number, muted = decimal(region, figure.language), canvas.style.colours.muted
        write_beside(canvas, rows, region, y, number, left=not own_is_left, colour=muted)
    if own is not None:
        canvas.mark(rows.x(own), y - apart, canvas.style.own)
        number, text = decimal(own, figure.language), canvas.style.colours.text
        write_beside(canvas, rows, own, y, number, left=own_is_left, colour=text)
    if own is None or region is None:
        _say_hidden(canvas, rows, figure, row, y)


def _say_hidden(canvas: Canvas, rows: AxisRows, figure: DotPlot, row: DotRow, y: float) -> None:
    ends = ((figure.own, row.own), (figure.region, row.region))
    say_missing(
        canvas,
        rows,
        missing_texts(ends, figure.threshold),
        next((cell.value for _, cell in ends if cell.value is not None), None),
        y,
    )
