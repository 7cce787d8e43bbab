"""The heatmap: coloured cells with their number, n at the end of the row."""

from dataclasses import dataclass
from functools import cached_property

from matplotlib.figure import Figure as Sheet

from surveyapp.reports.figures.drawing.canvas import Align, Canvas, text_height
from surveyapp.reports.figures.drawing.colour import letters_on, score_colour
from surveyapp.reports.figures.drawing.page import MARGIN, Key, Page
from surveyapp.reports.figures.figure import Cell
from surveyapp.reports.figures.heatmap import Heatmap, HeatmapRow
from surveyapp.reports.figures.words import word
from surveyapp.reports.numbers import decimal

_HATCHES = {"small": "///", "linked": "..", "none": ""}
_GAP = 2.0
"""White between cells."""
_APART = 8.0
"""More white above the summary."""


@dataclass(frozen=True)
class _Plan:
    """Where everything goes."""

    page: Page
    figure: Heatmap

    @property
    def names(self) -> list[str]:
        """The heads of the columns: names, or short codes where there is no room for names."""
        return [column.code if self.page.is_narrow else column.label for column in self.figure.columns]

    @cached_property
    def label_width(self) -> float:
        layout, lettering = self.page.layout, self.page.lettering
        longest = max(
            (lettering.width(row.label, layout.text, bold=True) for row in self.figure.every_row), default=0.0
        )
        return min(longest, layout.width * (0.27 if self.page.is_narrow else 0.2)) + 6

    @cached_property
    def n_width(self) -> float:
        layout, lettering = self.page.layout, self.page.lettering
        texts = [self.figure.n_text(row) for row in self.figure.every_row] + [word("n", self.figure.language)]
        return max(lettering.width(text, layout.small) for text in texts) + 10

    @cached_property
    def cell_width(self) -> float:
        return (self.page.room - self.label_width - self.n_width) / max(len(self.figure.columns), 1)

    @cached_property
    def head_lines(self) -> list[list[str]]:
        small = self.page.layout.small
        return [self.page.lines(name, small, self.cell_width - 6, bold=True) for name in self.names]

    @cached_property
    def legend_lines(self) -> list[tuple[str, list[str]]]:
        """In the narrow layout: what each code means."""
        if not self.page.is_narrow:
            return []
        small = self.page.layout.small
        room = self.page.room - self.code_width
        return [(column.code, self.page.lines(column.label, small, room)) for column in self.figure.columns]

    @cached_property
    def code_width(self) -> float:
        small = self.page.layout.small
        codes = (self.page.lettering.width(column.code, small, bold=True) for column in self.figure.columns)
        return max(codes, default=0.0) + 8

    @property
    def legend_height(self) -> float:
        lines = self.legend_lines
        return sum(text_height(len(text), self.page.layout.small) for _, text in lines) + (10 if lines else 0)

    @property
    def head_height(self) -> float:
        longest = max((len(lines) for lines in self.head_lines), default=1)
        return text_height(longest, self.page.layout.small) + 8

    def label_lines(self, row: HeatmapRow) -> list[str]:
        bold = row is self.figure.summary
        return self.page.lines(row.label, self.page.layout.text, self.label_width - 6, bold=bold)

    def row_height(self, row: HeatmapRow) -> float:
        return max(self.page.layout.row, text_height(len(self.label_lines(row)), self.page.layout.text) + 4)

    @cached_property
    def keys(self) -> list[Key]:
        """The legend of cells without a number, only for the kinds that occur."""
        present = {cell.hidden for row in self.figure.every_row for cell in row.cells}
        background = self.page.style.colours.background
        return [
            Key(word(reason, self.figure.language, threshold=self.figure.threshold), colour=background, hatch=hatch)
            for reason, hatch in _HATCHES.items()
            if reason in present and hatch
        ]

    @property
    def notes(self) -> list[str]:
        return [self.figure.note] if self.figure.note else []

    @property
    def scale_height(self) -> float:
        labelled = bool(self.figure.lowest_label or self.figure.highest_label)
        return self.page.layout.small * (3.4 if labelled else 2.2) + 20

    @property
    def height(self) -> float:
        rows = sum(self.row_height(row) for row in self.figure.every_row) + (_APART if self.figure.summary else 0)
        below = self.scale_height + self.page.keys_height(self.keys) + self.page.note_height(self.notes)
        return self.page.top + self.legend_height + self.head_height + rows + below


def draw(figure: Heatmap, page: Page) -> Sheet:
    """The sheet with the whole heatmap."""
    plan = _Plan(page, figure)
    canvas = page.canvas(plan.height)
    y = _draw_legend(canvas, plan, page.top)
    y = _draw_head(canvas, plan, y)
    for row in figure.every_row:
        y += _APART if row is figure.summary else 0
        _draw_row(canvas, plan, row, y)
        y += plan.row_height(row)
    _draw_scale(canvas, plan, y + 12)
    y += plan.scale_height
    page.write_keys(canvas, y, plan.keys)
    page.write_notes(canvas, y + page.keys_height(plan.keys), plan.notes)
    return canvas.sheet


def _draw_legend(canvas: Canvas, plan: _Plan, y: float) -> float:
    small = plan.page.layout.small
    for code, lines in plan.legend_lines:
        height = text_height(len(lines), small)
        canvas.write(MARGIN, y + text_height(1, small) / 2, code, small, bold=True)
        canvas.write_lines(MARGIN + plan.code_width, y + height / 2, lines, small)
        y += height
    return y + (10 if plan.legend_lines else 0)


def _draw_head(canvas: Canvas, plan: _Plan, y: float) -> float:
    small = plan.page.layout.small
    bottom = y + plan.head_height
    for number, lines in enumerate(plan.head_lines):
        middle = MARGIN + plan.label_width + (number + 0.5) * plan.cell_width
        lowest = bottom - 6 - text_height(len(lines), small) / 2
        canvas.write_lines(middle, lowest, lines, small, bold=True, align="center")
    right = plan.page.layout.width - MARGIN
    n = word("n", plan.figure.language)
    canvas.write(right, bottom - 6 - small * 0.64, n, small, colour=canvas.style.colours.muted, align="right")
    return bottom


def _draw_row(canvas: Canvas, plan: _Plan, row: HeatmapRow, y: float) -> None:
    layout = plan.page.layout
    height = plan.row_height(row)
    middle = y + height / 2
    is_summary = row is plan.figure.summary
    canvas.write_lines(MARGIN, middle, plan.label_lines(row), layout.text, bold=is_summary)
    for number, cell in enumerate(row.cells):
        x = MARGIN + plan.label_width + number * plan.cell_width
        _draw_cell(canvas, plan, cell, (x, y, plan.cell_width, height), bold=is_summary)
    n = plan.figure.n_text(row)
    right = layout.width - MARGIN
    canvas.write(right, middle, n, layout.small, colour=canvas.style.colours.muted, align="right")


def _draw_cell(canvas: Canvas, plan: _Plan, cell: Cell, box: tuple[float, float, float, float], *, bold: bool) -> None:
    figure, layout, colours = plan.figure, plan.page.layout, canvas.style.colours
    x, y, width, height = box
    inner = (x + _GAP / 2, y + _GAP / 2, width - _GAP, height - _GAP)
    middle = (x + width / 2, y + height / 2)
    if cell.value is not None:
        colour = score_colour(cell.value, figure.lowest, figure.highest, canvas.style.palette)
        canvas.rectangle(*inner, colour)
        number = decimal(cell.value, figure.language)
        canvas.write(*middle, number, layout.text, colour=letters_on(colour), bold=bold, align="center")
        return
    canvas.rectangle(*inner, colours.background, hatch=_HATCHES[cell.hidden or "none"])
    if cell.hidden == "small":
        text = f"n<{figure.threshold}"
        room = plan.page.lettering.width(text, layout.small) + 4
        canvas.rectangle(middle[0] - room / 2, middle[1] - 8, room, 16, colours.background)
        canvas.write(*middle, text, layout.small, colour=colours.muted, align="center")
    elif cell.hidden == "none":
        canvas.write(*middle, "–", layout.text, colour=colours.muted, align="center")


def _draw_scale(canvas: Canvas, plan: _Plan, y: float) -> None:
    """The colours of the scale with their numbers, and what its ends mean."""
    figure, layout = plan.figure, plan.page.layout
    points = figure.highest - figure.lowest
    parts = 10 * points
    width = plan.cell_width * len(figure.columns)
    left = MARGIN + plan.label_width if not plan.page.is_narrow else MARGIN
    width = width if not plan.page.is_narrow else plan.page.room
    bar = layout.small
    step = width / parts
    for part in range(parts):
        value = figure.lowest + (part + 0.5) / 10
        colour = score_colour(value, figure.lowest, figure.highest, canvas.style.palette)
        canvas.rectangle(left + part * step, y, step + 0.5, bar, colour)
    muted = canvas.style.colours.muted
    ends: dict[int, Align] = {figure.lowest: "left", figure.highest: "right"}
    for point in range(figure.lowest, figure.highest + 1):
        x = left + (point - figure.lowest) / points * width
        align = ends.get(point, "center")
        canvas.write(x, y + bar + layout.small * 0.9, str(point), layout.small, colour=muted, align=align)
    below = y + bar + layout.small * 2.15
    canvas.write(left, below, figure.lowest_label, layout.small, colour=muted)
    canvas.write(left + width, below, figure.highest_label, layout.small, colour=muted, align="right")
