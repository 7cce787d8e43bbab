"""A sheet measured in pixels, with the origin at the top left, on which figures are drawn."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Literal

from matplotlib.artist import Artist
from matplotlib.figure import Figure as Sheet
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch, Polygon, Rectangle
from matplotlib.path import Path as Outline
from matplotlib.text import Text

from surveyapp.reports.figures.drawing.lettering import Lettering
from surveyapp.reports.figures.style import Marker, Style

LINE_HEIGHT = 1.28
_MIDDLE_OF_CAPITALS = 0.345
"""From the baseline up, as a part of the letter size."""
_SHAPES = {"circle": "o", "square": "s", "diamond": "D"}
_EVEN_OUT = {"circle": 1.0, "square": 0.9, "diamond": 0.86}
"""Shapes of one size look equally large."""

Align = Literal["left", "center", "right"]


@dataclass(frozen=True)
class Canvas:
    """Draws on one sheet; every length and place is in pixels, y downwards."""

    width: float
    height: float
    style: Style
    lettering: Lettering
    sheet: Sheet = field(init=False)
    _drawn: Iterator[int] = field(init=False, default_factory=count)

    def __post_init__(self) -> None:
        sheet = Sheet(figsize=(self.width / 72, self.height / 72), dpi=72, facecolor=self.style.colours.background)
        axes = sheet.add_axes((0.0, 0.0, 1.0, 1.0))
        axes.set_xlim(0, self.width)
        axes.set_ylim(self.height, 0)
        axes.set_axis_off()
        object.__setattr__(self, "sheet", sheet)

    def _put(self, artist: Artist) -> None:
        """What is drawn later lies on top, whatever it is."""
        artist.set_zorder(next(self._drawn))
        self.sheet.add_artist(artist)

    def write(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        *,
        colour: str | None = None,
        bold: bool = False,
        align: Align = "left",
    ) -> None:
        """One line of text with the middle of its capitals at ``y``."""
        text = self.lettering.printable(text, bold=bold)
        self._put(
            Text(
                x,
                y + size * _MIDDLE_OF_CAPITALS,
                text,
                fontproperties=self.lettering.font(text, bold=bold),
                fontsize=size,
                color=colour or self.style.colours.text,
                ha=align,
                va="baseline",
                parse_math=False,
                transform=self.sheet.axes[0].transData,
            )
        )

    def write_lines(
        self,
        x: float,
        y: float,
        lines: list[str],
        size: float,
        *,
        colour: str | None = None,
        bold: bool = False,
        align: Align = "left",
    ) -> None:
        """Lines under one another, the block as a whole centred at ``y``."""
        top = y - (len(lines) - 1) * size * LINE_HEIGHT / 2
        for number, line in enumerate(lines):
            self.write(x, top + number * size * LINE_HEIGHT, line, size, colour=colour, bold=bold, align=align)

    def rectangle(
        self, x: float, y: float, width: float, height: float, colour: str, *, hatch: str = "", outline: str = ""
    ) -> None:
        """A filled box from its top left corner; a hatch is drawn in the hatch colour, an outline inside the box."""
        box = Rectangle((x, y), width, height, facecolor=colour, linewidth=0, transform=self.sheet.axes[0].transData)
        if hatch:
            box.set(hatch=hatch, edgecolor=self.style.colours.hatch)
            box.set_hatch_linewidth(1.1)
        if outline:
            box.set(edgecolor=outline, linewidth=1.0)
            box.set_bounds(x + 0.5, y + 0.5, width - 1, height - 1)
        self._put(box)

    def line(self, x: tuple[float, float], y: tuple[float, float], colour: str, width: float = 1.0) -> None:
        """A straight line between two places."""
        self._put(
            Line2D(x, y, color=colour, linewidth=width, solid_capstyle="butt", transform=self.sheet.axes[0].transData)
        )

    def arrow(self, start: tuple[float, float], end: tuple[float, float], colour: str, reach: float = 8.0) -> None:
        """A level arrow between two marks, which take ``reach`` of it at either end."""
        way = 1 if end[0] > start[0] else -1
        tail, tip = start[0] + way * reach, end[0] - way * reach
        neck = tip - way * 7
        if (neck - tail) * way > 0:
            self.line((tail, neck), (start[1], end[1]), colour, 2.5)
        if (tip - tail) * way > 0:
            head = [(tip, end[1]), (neck, end[1] - 5), (neck, end[1] + 5)]
            self._put(Polygon(head, facecolor=colour, linewidth=0, transform=self.sheet.axes[0].transData))

    def area(self, rings: list[list[tuple[float, float]]], colour: str, *, hatch: str = "") -> None:
        """A filled area with holes, and a line around it."""
        corners = [corner for ring in rings for corner in [*ring, ring[0]]]
        codes = [
            code for ring in rings for code in (Outline.MOVETO, *[Outline.LINETO] * (len(ring) - 1), Outline.CLOSEPOLY)
        ]
        within = self.sheet.axes[0].transData
        shape = PathPatch(Outline(corners, codes), facecolor=colour, linewidth=0, transform=within)
        if hatch:
            shape.set(hatch=hatch, edgecolor=self.style.colours.hatch)
            shape.set_hatch_linewidth(1.1)
        self._put(shape)
        rim = PathPatch(Outline(corners, codes), fill=False, linewidth=1.0, transform=within)
        rim.set_edgecolor(self.style.colours.muted)
        self._put(rim)

    def mark(self, x: float, y: float, marker: Marker, size: float = 13.0) -> None:
        """A mark with a thin rim of background, so that two that touch stay two."""
        self._put(
            Line2D(
                [x],
                [y],
                marker=_SHAPES[marker.shape],
                markersize=size * _EVEN_OUT[marker.shape],
                markerfacecolor=marker.colour,
                markeredgecolor=self.style.colours.background,
                markeredgewidth=1.2,
                linestyle="none",
                transform=self.sheet.axes[0].transData,
            )
        )


def text_height(lines: int, size: float) -> float:
    """Pixels that so many lines take."""
    return lines * size * LINE_HEIGHT
