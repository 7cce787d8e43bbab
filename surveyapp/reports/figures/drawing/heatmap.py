"""The heatmap: coloured cells with their number, n at the end of the row."""

from dataclasses import dataclass
from functools import cached_property

from matplotlib.figure import Figure as Sheet

from surveyapp.reports.figures.drawing.canvas import Canvas, text_height
from surveyapp.reports.figures.drawing.page import MARGIN, Key, Page
from surveyapp.reports.figures.drawing.score_cell import Scale, fill
from surveyapp.reports.figures.heatmap import Heatmap, HeatmapRow
from surveyapp.reports.figures.words import word

_GAP = 2.0
"""White between cells."""
_NAMED = 44.0
"""A narrower column has its code on top."""
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
        return [column.code if self.is_coded else column.label for column in self.figure.columns]

    @cached_property
    def is_coded(self) -> bool:
        return self.page.is_narrow or self.cell_width < _NAMED

    @cached_property
    def names_above(self) -> bool:
        """Whether the organisations stand above their cells, because there is no room beside so many."""
        beside = (self.page.room - self.name_width - self.n_width) / max(len(self.figure.columns), 1)
        return beside < self.page.lettering.width("0,0", self.page.layout.text, bold=True) + _GAP + 4

    @property
    def label_width(self) -> float:
        return 0.0 if self.names_above else self.name_width

    @cached_property
    def name_width(self) -> float:
        layout, lettering = self.page.layout, self.page.lettering
        longest = max(
            (lettering.width(row.label, layout.text, bold=True) for row in self.figure.every_row), default=0.0
        )
        return min(longest + 1, layout.width * (0.27 if self.page.is_narrow else 0.2)) + 6

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
        """What each code means, where there are codes that stand for something else than themselves."""
        if not self.is_coded:
            return []
        small = self.page.layout.small
        room = self.page.room - self.code_width
        return [
            (column.code, self.page.lines(column.label, small, room))
            for column in self.figure.columns
            if column.label != column.code
        ]

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
        room = self.page.room if self.names_above else self.label_width - 6
        return self.page.lines(row.label, self.page.layout.text, room, bold=bold)

    def label_height(self, row: HeatmapRow) -> float:
        return text_height(len(self.label_lines(row)), self.page.layout.text) + 4

    def row_height(self, row: HeatmapRow) -> float:
        cells, label = self.page.layout.row, self.label_height(row)
        return label + cells + 4 if self.names_above else max(cells, label)

    @property
    def scale(self) -> Scale:
        figure = self.figure
        ends = (figure.lowest_label, figure.highest_label)
        return Scale(figure.lowest, figure.highest, figure.language, figure.threshold, *ends)

    @cached_property
    def keys(self) -> list[Key]:
        """The legend of cells without a number, only for the kinds that occur."""
        present = {cell.hidden for row in self.figure.every_row for cell in row.cells}
        return self.scale.keys(present, self.page.style)

    @property
    def notes(self) -> list[str]:
        order = word(f"order_{self.figure.order}", self.figure.language) if self.figure.order else ""
        return [note for note in (order, self.figure.note) if note]

    @property
    def scale_height(self) -> float:
        return self.scale.bar_height(self.page.layout)

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
    is_summary = row is plan.figure.summary
    if plan.names_above:
        label = plan.label_height(row)
        canvas.write_lines(MARGIN, y + 2 + label / 2, plan.label_lines(row), layout.text, bold=is_summary)
        y, height = y + label, layout.row
    else:
        canvas.write_lines(MARGIN, y + height / 2, plan.label_lines(row), layout.text, bold=is_summary)
    middle = y + height / 2
    for number, cell in enumerate(row.cells):
        x = MARGIN + plan.label_width + number * plan.cell_width
        box = (x + _GAP / 2, y + _GAP / 2, plan.cell_width - _GAP, height - _GAP)
        fill(canvas, plan.scale, cell, box, layout, bold=is_summary)
    n = plan.figure.n_text(row)
    right = layout.width - MARGIN
    canvas.write(right, middle, n, layout.small, colour=canvas.style.colours.muted, align="right")


def _draw_scale(canvas: Canvas, plan: _Plan, y: float) -> None:
    """The colours of the scale, under the cells; on a telephone as wide as that is."""
    layout = plan.page.layout
    if plan.page.is_narrow:
        plan.scale.draw_bar(canvas, layout, (MARGIN, y), plan.page.room)
    else:
        left, width = MARGIN + plan.label_width, plan.cell_width * len(plan.figure.columns)
        plan.scale.draw_bar(canvas, layout, (left, y), width or plan.page.room - plan.label_width)
