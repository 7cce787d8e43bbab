"""The dumbbell: two marks on one line, their numbers at the outside, the gap at the right."""

from collections.abc import Sequence

from matplotlib.figure import Figure as Sheet

from surveyapp.reports.figures.drawing.axis_rows import AxisRows
from surveyapp.reports.figures.drawing.beside import clear_beside, kept_apart, say_missing, write_beside
from surveyapp.reports.figures.drawing.canvas import Canvas
from surveyapp.reports.figures.drawing.page import Key, Page
from surveyapp.reports.figures.dumbbell import Dumbbell, Pair
from surveyapp.reports.figures.figure import Cell
from surveyapp.reports.figures.style import Marker, Style
from surveyapp.reports.figures.words import word
from surveyapp.reports.numbers import decimal


def draw(figure: Dumbbell, page: Page) -> Sheet:
    """The sheet with the whole dumbbell chart."""
    rows = AxisRows(
        page=page,
        labels=tuple(pair.label for pair in figure.pairs),
        lowest=figure.lowest,
        highest=figure.highest,
        keys=_keys(figure, page.style),
        column=word("gap", figure.language),
        column_texts=tuple(figure.gap_text(pair) for pair in figure.pairs),
        notes=_notes(figure),
    )
    canvas = page.canvas(rows.height)
    for pair, y in zip(figure.pairs, rows.draw_frame(canvas), strict=True):
        _draw_pair(canvas, rows, figure, pair, y)
    return canvas.sheet


def _marks(figure: Dumbbell, style: Style) -> tuple[tuple[str, Marker], tuple[str, Marker]]:
    """Who is compared, each with a mark: roles have their own."""
    first, second = (style.role_a, style.role_b) if figure.of == "roles" else (style.own, style.other)
    return (figure.first, first), (figure.second, second)


def _keys(figure: Dumbbell, style: Style) -> tuple[Key, ...]:
    """The legend, of who has a mark anywhere."""
    shown = (
        any(pair.first.value is not None for pair in figure.pairs),
        any(pair.second.value is not None for pair in figure.pairs),
    )
    marks = zip(_marks(figure, style), shown, strict=True)
    return tuple(Key(name, marker=marker) for (name, marker), is_shown in marks if is_shown)


def _notes(figure: Dumbbell) -> tuple[str, ...]:
    scale = word("scale", figure.language, low=figure.lowest, high=figure.highest)
    sign = word("plus" if figure.of == "roles" else "plus_one", figure.language, first=figure.first)
    line = f"{scale[0].upper()}{scale[1:]}. {sign} {word('unrounded', figure.language)}"
    return (line, figure.note) if figure.note else (line,)


def _draw_pair(canvas: Canvas, rows: AxisRows, figure: Dumbbell, pair: Pair, y: float) -> None:
    first, second = pair.first.value, pair.second.value
    if first is not None and second is not None:
        canvas.line((rows.x(first), rows.x(second)), (y, y), canvas.style.colours.muted, 3.0)
    first_is_left = first is not None and (second is None or first <= second)
    apart = kept_apart(rows, first, second)
    (_, mark), (_, other) = _marks(figure, canvas.style)
    _draw_end(canvas, rows, figure, (pair.first, mark), y - apart, left=first_is_left)
    _draw_end(canvas, rows, figure, (pair.second, other), y + apart, left=not first_is_left)
    if not pair.complete:
        _say_hidden(canvas, rows, figure, pair, y)


def _draw_end(
    canvas: Canvas, rows: AxisRows, figure: Dumbbell, end: tuple[Cell, Marker], y: float, *, left: bool
) -> None:
    cell, marker = end
    if cell.value is None:
        return
    canvas.mark(rows.x(cell.value), y, marker)
    number = decimal(cell.value, figure.language)
    clear_beside(canvas, rows, cell.value, y, number, left=left)
    write_beside(canvas, rows, cell.value, y, number, left=left, colour=canvas.style.colours.text)


def _say_hidden(canvas: Canvas, rows: AxisRows, figure: Dumbbell, pair: Pair, y: float) -> None:
    ends = ((figure.first, pair.first), (figure.second, pair.second))
    say_missing(
        canvas,
        rows,
        missing_texts(ends, figure.threshold),
        next((cell.value for _, cell in ends if cell.value is not None), None),
        y,
    )


def hidden_text(cell: Cell, threshold: int) -> str:
    """Why there is no mark, as short as it can be."""
    return f"n<{threshold}" if cell.hidden == "small" else "–"


def missing_texts(ends: Sequence[tuple[str, Cell]], threshold: int) -> list[str]:
    """Which of these has no mark and why, from long to short: with their names, and without."""
    missing = [(name, hidden_text(cell, threshold)) for name, cell in ends if cell.value is None]
    named = "; ".join(f"{name}: {reason}" for name, reason in missing)
    return [named, "; ".join(dict.fromkeys(reason for _, reason in missing))]
