"""Rows with a name and a line from the lowest to the highest score: the frame of dumbbells and dot plots."""

from dataclasses import dataclass
from functools import cached_property

from surveyapp.reports.figures.drawing.canvas import Canvas, text_height
from surveyapp.reports.figures.drawing.page import MARGIN, Key, Page
from surveyapp.reports.figures.drawing.score_cell import ticks

BESIDE = 10.0
"""Between a mark's middle and the number beside it."""


@dataclass(frozen=True)
class AxisRows:
    """Names stand left of their line, or above it in a narrow figure; one column of text stands at the right."""

    page: Page
    labels: tuple[str, ...]
    lowest: int
    highest: int
    keys: tuple[Key, ...]
    column: str
    """The head of the column at the right; empty for none."""
    column_texts: tuple[str, ...]
    notes: tuple[str, ...]
    small_texts: tuple[str, ...] = ()
    """Smaller, under the texts of the column; all of them or none."""
    more: tuple[float, ...] = ()
    """What each row needs above its usual height; nothing where it is empty."""

    @cached_property
    def label_width(self) -> float:
        if self.page.is_narrow:
            return 0.0
        longest = max((self.page.lettering.width(label, self.page.layout.text) for label in self.labels), default=0)
        return min(longest + 1, self.page.layout.width * 0.34) + 16

    @cached_property
    def column_width(self) -> float:
        if not self.column:
            return 0.0
        layout, lettering = self.page.layout, self.page.lettering
        widths = [lettering.width(text, layout.text, bold=True) for text in self.column_texts]
        widths += [lettering.width(text, layout.small) for text in self.small_texts]
        return max(lettering.width(self.column, layout.small), *widths, 0.0) + 8

    @cached_property
    def number_room(self) -> float:
        """The room that a number beside an outermost mark needs."""
        return self.page.lettering.width(f"{self.highest},0", self.page.layout.text) + BESIDE + 4

    @cached_property
    def line(self) -> tuple[float, float]:
        """Where the scale begins and ends."""
        left = MARGIN + self.label_width + self.number_room
        right = self.page.layout.width - MARGIN - self.column_width - self.number_room
        return left, right

    def x(self, value: float) -> float:
        """The place of a score."""
        left, right = self.line
        return left + (value - self.lowest) / (self.highest - self.lowest) * (right - left)

    @cached_property
    def label_lines(self) -> tuple[list[str], ...]:
        room = self.page.room if self.page.is_narrow else self.label_width - 16
        return tuple(self.page.lines(label, self.page.layout.text, room) for label in self.labels)

    def line_height(self, row: int) -> float:
        """Of the line itself, without a name above it."""
        return self.page.layout.row + (self.more[row] if self.more else 0.0)

    def row_height(self, row: int) -> float:
        text = text_height(len(self.label_lines[row]), self.page.layout.text)
        line = self.line_height(row) + 6
        return text + line if self.page.is_narrow else max(text + 10, line)

    @cached_property
    def head_height(self) -> float:
        return self.page.layout.small * 1.3 + 8

    @property
    def height(self) -> float:
        rows = sum(self.row_height(row) for row in range(len(self.labels)))
        above = self.page.top + self.page.keys_height(list(self.keys)) + self.head_height
        return above + rows + 8 + self.page.note_height(list(self.notes))

    def draw_frame(self, canvas: Canvas) -> list[float]:
        """Legend, scale, names, column and notes; returns the height of each row's line."""
        top = self.page.top
        self.page.write_keys(canvas, top, list(self.keys))
        top += self.page.keys_height(list(self.keys))
        self._draw_head(canvas, top)
        y = top + self.head_height
        places = []
        for row in range(len(self.labels)):
            places.append(self._draw_row(canvas, row, y))
            y += self.row_height(row)
        self.page.write_notes(canvas, y + 8, list(self.notes))
        return places

    def _draw_head(self, canvas: Canvas, top: float) -> None:
        layout, muted = self.page.layout, canvas.style.colours.muted
        for point in ticks(self.lowest, self.highest):
            canvas.write(self.x(point), top + layout.small, str(point), layout.small, colour=muted, align="center")
        if self.column:
            right = layout.width - MARGIN
            canvas.write(right, top + layout.small, self.column, layout.small, colour=muted, align="right")

    def _draw_row(self, canvas: Canvas, row: int, y: float) -> float:
        layout, colours = self.page.layout, canvas.style.colours
        lines, height = self.label_lines[row], self.row_height(row)
        text = text_height(len(lines), layout.text)
        middle = y + text + self.line_height(row) / 2 if self.page.is_narrow else y + height / 2
        canvas.line((MARGIN, layout.width - MARGIN), (y, y), colours.line)
        canvas.write_lines(MARGIN, y + 4 + text / 2 if self.page.is_narrow else middle, lines, layout.text)
        reach = self.line_height(row) / 2 if self.page.is_narrow else height / 2
        for point in ticks(self.lowest, self.highest):
            canvas.line((self.x(point), self.x(point)), (middle - reach + 3, middle + reach - 3), colours.line)
        self._draw_column(canvas, row, middle)
        return middle

    def _draw_column(self, canvas: Canvas, row: int, middle: float) -> None:
        layout, right = self.page.layout, self.page.layout.width - MARGIN
        below = self.small_texts[row] if self.small_texts else ""
        shift = layout.small * 0.62 if below else 0.0
        if self.column:
            text = self.column_texts[row]
            canvas.write(right, middle - shift, text, layout.text, bold=True, align="right")
        if below:
            muted = canvas.style.colours.muted
            canvas.write(right, middle + shift + 2, below, layout.small, colour=muted, align="right")
