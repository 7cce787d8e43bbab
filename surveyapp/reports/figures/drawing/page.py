"""What every figure has around its data: margins, the title above, keys and the note below."""

from dataclasses import dataclass
from functools import cached_property

from surveyapp.reports.figures.drawing.canvas import Canvas, text_height
from surveyapp.reports.figures.drawing.lettering import Lettering
from surveyapp.reports.figures.figure import Figure
from surveyapp.reports.figures.style import Layout, Marker, Style

MARGIN = 8.0
_KEY_GAP = 18.0
_SPARE = 3.0
"""A picture of few pixels sets its letters a little wider."""


@dataclass(frozen=True)
class Key:
    """One entry of a legend: a mark, a box (perhaps hatched), a thin bar (``flat``) or a sign; and what it means."""

    text: str
    marker: Marker | None = None
    colour: str | None = None
    hatch: str = ""
    flat: bool = False
    sign: str = ""


@dataclass(frozen=True)
class Page:
    """The measures of one figure in its layout, taken before anything is drawn."""

    figure: Figure
    style: Style
    lettering: Lettering

    @property
    def layout(self) -> Layout:
        return {"wide": self.style.wide, "narrow": self.style.narrow, "page": self.style.page}[self.figure.layout]

    @property
    def is_narrow(self) -> bool:
        return self.figure.layout == "narrow"

    @property
    def room(self) -> float:
        """Pixels between the margins."""
        return self.layout.width - 2 * MARGIN

    def lines(self, text: str, size: float, room: float, *, bold: bool = False) -> list[str]:
        return self.lettering.lines(text, size, room, bold=bold)

    @cached_property
    def title_lines(self) -> list[str]:
        return self.lines(self.figure.title, self.layout.title, self.room - _SPARE, bold=True)

    @cached_property
    def top(self) -> float:
        """Where the data may begin, below the title."""
        return MARGIN + text_height(len(self.title_lines), self.layout.title) + 8

    def note_height(self, notes: list[str]) -> float:
        return sum(text_height(len(self._note_lines(note)), self.layout.small) + 4 for note in notes) + MARGIN

    def _note_lines(self, note: str) -> list[str]:
        return self.lines(note, self.layout.small, self.room - _SPARE)

    def canvas(self, height: float) -> Canvas:
        """A sheet of this height with the title on it."""
        canvas = Canvas(self.layout.width, height, self.style, self.lettering)
        lines = self.title_lines
        middle = MARGIN + text_height(len(lines), self.layout.title) / 2
        canvas.write_lines(MARGIN, middle, lines, self.layout.title, bold=True)
        return canvas

    def write_notes(self, canvas: Canvas, y: float, notes: list[str]) -> None:
        """Small lines under the figure, the first just below ``y``."""
        for note in notes:
            lines = self._note_lines(note)
            height = text_height(len(lines), self.layout.small)
            canvas.write_lines(MARGIN, y + height / 2, lines, self.layout.small, colour=self.style.colours.muted)
            y += height + 4

    def key_rows(self, keys: list[Key]) -> list[list[tuple[float, Key, list[str]]]]:
        """Legend entries in rows that fit: (x, entry, its lines)."""
        rows: list[list[tuple[float, Key, list[str]]]] = [[]]
        x = 0.0
        for key in keys:
            lines = self.lines(key.text, self.layout.small, self.room - self._swatch - _SPARE)
            taken = self._swatch + max((self.lettering.width(line, self.layout.small) for line in lines), default=0.0)
            if rows[-1] and x + taken > self.room:
                rows.append([])
                x = 0.0
            rows[-1].append((MARGIN + x, key, lines))
            x += taken + _KEY_GAP
        return rows

    @property
    def _swatch(self) -> float:
        """The room that a mark or box takes, with the white beside it."""
        return self.layout.small * 2.1

    def _row_height(self, row: list[tuple[float, Key, list[str]]]) -> float:
        return text_height(max((len(lines) for _, _, lines in row), default=0), self.layout.small) + 6

    def keys_height(self, keys: list[Key]) -> float:
        return sum(self._row_height(row) for row in self.key_rows(keys)) if keys else 0.0

    def write_keys(self, canvas: Canvas, y: float, keys: list[Key]) -> None:
        """The legend, its first row just below ``y``."""
        for row in self.key_rows(keys) if keys else []:
            middle = y + self._row_height(row) / 2
            for x, key, lines in row:
                self._write_swatch(canvas, x, middle, key)
                canvas.write_lines(x + self._swatch, middle, lines, self.layout.small)
            y += self._row_height(row)

    def _write_swatch(self, canvas: Canvas, x: float, y: float, key: Key) -> None:
        size = self.layout.small
        if key.marker is not None:
            canvas.mark(x + size * 0.75, y, key.marker, size)
        elif key.sign:
            canvas.write(x + size * 0.75, y, key.sign, size, bold=True, align="center")
        elif key.flat and key.colour is not None:
            canvas.line((x, x + size * 1.6), (y, y), key.colour, 2.0)
        elif key.colour is not None:
            canvas.rectangle(x, y - size * 0.55, size * 1.6, size * 1.1, key.colour, hatch=key.hatch)
