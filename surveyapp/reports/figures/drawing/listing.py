"""Names under a figure for the numbers in it, in as many columns as fit."""

from dataclasses import dataclass
from functools import cached_property

from surveyapp.reports.figures.drawing.canvas import Canvas, text_height
from surveyapp.reports.figures.drawing.page import MARGIN, Page

_GUTTER = 20.0
_MOST_COLUMNS = 4


@dataclass(frozen=True)
class Entry:
    """A number or code as it stands in the figure, and its meaning; ``muted`` for what is not in the figure."""

    code: str
    text: str
    muted: bool = False


@dataclass(frozen=True)
class Listing:
    """Read downwards, column after column."""

    page: Page
    entries: tuple[Entry, ...]

    @cached_property
    def code_width(self) -> float:
        small = self.page.layout.small
        codes = (self.page.lettering.width(entry.code, small, bold=True) for entry in self.entries)
        return max(codes, default=0.0) + 8

    @cached_property
    def columns(self) -> int:
        if self.page.is_narrow or not self.entries:
            return 1
        widths = sorted(self.page.lettering.width(entry.text, self.page.layout.small) for entry in self.entries)
        usual = widths[int(0.9 * (len(widths) - 1))] + self.code_width + _GUTTER
        return max(1, min(_MOST_COLUMNS, int(self.page.room // usual), len(self.entries)))

    @property
    def column_width(self) -> float:
        return self.page.room / self.columns

    @cached_property
    def lines(self) -> tuple[list[str], ...]:
        room = self.column_width - self.code_width - (_GUTTER if self.columns > 1 else 0)
        return tuple(self.page.lines(entry.text, self.page.layout.small, room) for entry in self.entries)

    @property
    def per_column(self) -> int:
        return -(-len(self.entries) // self.columns)

    def _heights(self, column: int) -> list[float]:
        lines = self.lines[column * self.per_column : (column + 1) * self.per_column]
        return [text_height(max(len(each), 1), self.page.layout.small) + 3 for each in lines]

    @property
    def height(self) -> float:
        return max((sum(self._heights(column)) for column in range(self.columns)), default=0.0) + 10

    def draw(self, canvas: Canvas, top: float) -> float:
        """The names, the first just below ``top``; returns where the last ends."""
        for column in range(self.columns):
            y = top
            for row, height in enumerate(self._heights(column)):
                self._draw_entry(canvas, column * self.per_column + row, (MARGIN + column * self.column_width, y))
                y += height
        return top + self.height

    def _draw_entry(self, canvas: Canvas, number: int, place: tuple[float, float]) -> None:
        x, y = place
        entry, lines, small = self.entries[number], self.lines[number], self.page.layout.small
        colour = canvas.style.colours.muted if entry.muted else canvas.style.colours.text
        canvas.write(x, y + text_height(1, small) / 2, entry.code, small, bold=True, colour=colour)
        middle = y + text_height(max(len(lines), 1), small) / 2
        canvas.write_lines(x + self.code_width, middle, lines, small, colour=colour)
