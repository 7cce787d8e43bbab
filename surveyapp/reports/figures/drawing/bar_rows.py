"""Rows with a name, a bar that begins at the left, and a text at the right."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from surveyapp.reports.figures.drawing.canvas import Canvas, text_height
from surveyapp.reports.figures.drawing.colour import letters_on
from surveyapp.reports.figures.drawing.page import MARGIN, Key, Page
from surveyapp.reports.figures.drawing.score_cell import HATCHES

_BAR = 20.0
_GAP = 18.0
_APART = 8.0


@dataclass(frozen=True)
class Segment:
    """A part of a bar: its share of the whole length (0..1), its colour, and what is written in it where it fits."""

    share: float
    colour: str
    text: str = ""


@dataclass(frozen=True)
class Bar:
    """One row; ``hidden`` fills it with the hatch of that reason. ``track`` shows how long it could have been."""

    label: str
    text: str
    segments: tuple[Segment, ...] = ()
    hidden: str | None = None
    track: bool = False
    last: bool = False
    """Set apart, in bold: the whole."""


@dataclass(frozen=True)
class BarRows:
    """Names stand left of their bar, or above it in a narrow figure."""

    page: Page
    bars: tuple[Bar, ...]
    keys: tuple[Key, ...]
    notes: tuple[str, ...]
    column: str = ""

    @cached_property
    def label_width(self) -> float:
        if self.page.is_narrow:
            return 0.0
        widths = (self.page.lettering.width(bar.label, self.page.layout.text, bold=bar.last) for bar in self.bars)
        return min(max(widths, default=0.0) + 1, self.page.layout.width * 0.4) + _GAP

    @cached_property
    def text_width(self) -> float:
        layout, lettering = self.page.layout, self.page.lettering
        widths = [lettering.width(bar.text, layout.text, bold=True) for bar in self.bars]
        return max(*widths, lettering.width(self.column, layout.small), 0.0) + 14

    @property
    def left(self) -> float:
        return MARGIN + self.label_width

    @property
    def length(self) -> float:
        """Pixels of a bar that takes all."""
        return self.page.layout.width - MARGIN - self.text_width - self.left

    @cached_property
    def label_lines(self) -> tuple[list[str], ...]:
        room = self.page.room if self.page.is_narrow else self.label_width - _GAP
        return tuple(self.page.lines(bar.label, self.page.layout.text, room, bold=bar.last) for bar in self.bars)

    def row_height(self, row: int) -> float:
        text = text_height(len(self.label_lines[row]), self.page.layout.text)
        return text + _BAR + 18 if self.page.is_narrow else max(text + 10, self.page.layout.row)

    @property
    def _head(self) -> float:
        return self.page.layout.small * 1.3 + 8 if self.column else 0.0

    @property
    def height(self) -> float:
        rows = sum(self.row_height(row) + (_APART if bar.last else 0) for row, bar in enumerate(self.bars))
        above = self.page.top + self.page.keys_height(list(self.keys)) + self._head
        return above + rows + 8 + self.page.note_height(list(self.notes))

    def draw(self) -> Canvas:
        """Legend, rows and notes on a sheet of their own."""
        canvas = self.page.canvas(self.height)
        y = self.page.top
        self.page.write_keys(canvas, y, list(self.keys))
        y += self.page.keys_height(list(self.keys))
        if self.column:
            small, right = self.page.layout.small, self.page.layout.width - MARGIN
            muted = canvas.style.colours.muted
            canvas.write(right, y + small, self.column, small, colour=muted, align="right")
        y += self._head
        for row, bar in enumerate(self.bars):
            y += _APART if bar.last else 0
            self._draw_row(canvas, row, y)
            y += self.row_height(row)
        self.page.write_notes(canvas, y + 8, list(self.notes))
        return canvas

    def _draw_row(self, canvas: Canvas, row: int, y: float) -> None:
        layout, colours, bar = self.page.layout, canvas.style.colours, self.bars[row]
        lines, height = self.label_lines[row], self.row_height(row)
        text = text_height(len(lines), layout.text)
        middle = y + text + 9 + _BAR / 2 if self.page.is_narrow else y + height / 2
        above = y + 4 + text / 2 if self.page.is_narrow else middle
        canvas.line((MARGIN, layout.width - MARGIN), (y, y), colours.text if bar.last else colours.line)
        canvas.write_lines(MARGIN, above, lines, layout.text, bold=bar.last)
        if bar.hidden:
            hatch = HATCHES[bar.hidden]
            canvas.rectangle(self.left, middle - _BAR / 2, self.length, _BAR, colours.background, hatch=hatch)
        elif bar.track:
            canvas.rectangle(self.left, middle - _BAR / 2, self.length, _BAR, colours.band)
        self._draw_segments(canvas, bar.segments, middle)
        right = layout.width - MARGIN
        canvas.write(right, middle, bar.text, layout.text, bold=True, align="right")

    def _draw_segments(self, canvas: Canvas, segments: Sequence[Segment], y: float) -> None:
        x, small = self.left, self.page.layout.small
        gap = 1.0 if len(segments) > 1 else 0.0
        for segment in segments:
            width = segment.share * self.length
            if width > 0:
                canvas.rectangle(x, y - _BAR / 2, max(width - gap, 0.5), _BAR, segment.colour)
            if segment.text and width >= self.page.lettering.width(segment.text, small) + 5:
                ink = letters_on(segment.colour)
                canvas.write(x + width / 2, y, segment.text, small, colour=ink, align="center")
            x += width
