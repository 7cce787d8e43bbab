"""A box with a score in it: coloured on the fixed scale, or hatched where the score is hidden."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from surveyapp.reports.figures.drawing.canvas import Align, Canvas
from surveyapp.reports.figures.drawing.colour import letters_on, score_colour
from surveyapp.reports.figures.drawing.page import Key
from surveyapp.reports.figures.figure import Cell
from surveyapp.reports.figures.style import Layout, Style
from surveyapp.reports.figures.words import word
from surveyapp.reports.numbers import decimal

HATCHES: Final = {"small": "///", "linked": "..", "none": ""}
"""Why a number is missing -> how its box is filled."""


@dataclass(frozen=True)
class Scale:
    """The scale of the scores, and what its ends mean."""

    lowest: int
    highest: int
    language: str
    threshold: int
    lowest_label: str = ""
    highest_label: str = ""

    def colour(self, cell: Cell, style: Style) -> str:
        """What a box with this score is filled with."""
        if cell.value is None:
            return style.colours.background
        return score_colour(cell.value, self.lowest, self.highest, style.palette)

    def text(self, cell: Cell) -> str:
        """What stands in the box: the score, ``n<5``, nothing in a dotted box, a dash in an empty one."""
        if cell.value is not None:
            return decimal(cell.value, self.language)
        return {"small": f"n<{self.threshold}", "linked": ""}.get(cell.hidden or "none", "–")

    def keys(self, cells: Collection[str | None], style: Style) -> list[Key]:
        """The legend of boxes without a number, only for the reasons that occur."""
        return [
            Key(word(reason, self.language, threshold=self.threshold), colour=style.colours.background, hatch=hatch)
            for reason, hatch in HATCHES.items()
            if reason in cells and hatch
        ]

    def bar_height(self, layout: Layout) -> float:
        """The height that ``draw_bar`` needs."""
        labelled = bool(self.lowest_label or self.highest_label)
        return layout.small * (3.4 if labelled else 2.2) + 20

    def draw_bar(self, canvas: Canvas, layout: Layout, place: tuple[float, float], width: float) -> None:
        """The colours of the scale with their numbers, and what its ends mean, from a place at the top left."""
        left, y = place
        points, height, muted = self.highest - self.lowest, layout.small, canvas.style.colours.muted
        parts = 40
        for part in range(parts):
            value = self.lowest + (part + 0.5) / parts * points
            colour = score_colour(value, self.lowest, self.highest, canvas.style.palette)
            canvas.rectangle(left + part * width / parts, y, width / parts + 0.5, height, colour)
        aligned: dict[int, Align] = {self.lowest: "left", self.highest: "right"}
        for point in ticks(self.lowest, self.highest):
            x = left + (point - self.lowest) / points * width
            at = y + height + layout.small * 0.9
            canvas.write(x, at, str(point), layout.small, colour=muted, align=aligned.get(point, "center"))
        below = y + height + layout.small * 2.15
        canvas.write(left, below, self.lowest_label, layout.small, colour=muted)
        canvas.write(left + width, below, self.highest_label, layout.small, colour=muted, align="right")


def box(canvas: Canvas, scale: Scale, cell: Cell, place: tuple[float, float, float, float]) -> None:
    """Where the cell is (x, y, width, height): coloured, hatched, or with an outline where there is nothing to hide."""
    colour, line = scale.colour(cell, canvas.style), canvas.style.colours.line
    hatch = HATCHES[cell.hidden] if cell.hidden else ""
    canvas.rectangle(*place, colour, hatch=hatch, outline="" if hatch or cell.value is not None else line)


def ticks(lowest: int, highest: int) -> list[int]:
    """Where a scale has its numbers: every point of a short one, about five of a long one."""
    step = max(1, (highest - lowest) // 5) if highest - lowest > 10 else 1
    return list(range(lowest, highest + 1, step))


def fill(
    canvas: Canvas, scale: Scale, cell: Cell, place: tuple[float, float, float, float], layout: Layout, *, bold: bool
) -> None:
    """A box (x, y, width, height) with its colour or hatch, and its number or reason in the middle."""
    x, y, width, height = place
    box(canvas, scale, cell, place)
    write(canvas, scale, cell, (x + width / 2, y + height / 2), layout, bold=bold)


def write(canvas: Canvas, scale: Scale, cell: Cell, middle: tuple[float, float], layout: Layout, *, bold: bool) -> None:
    """The number or the reason alone, on a background of its own where it would be written over a hatch."""
    text, colours = scale.text(cell), canvas.style.colours
    if cell.value is not None:
        ink = letters_on(scale.colour(cell, canvas.style))
        canvas.write(*middle, text, layout.text, colour=ink, bold=bold, align="center")
    elif cell.hidden == "small":
        room = canvas.lettering.width(text, layout.small) + 4
        canvas.rectangle(middle[0] - room / 2, middle[1] - 8, room, 16, colours.background)
        canvas.write(*middle, text, layout.small, colour=colours.muted, align="center")
    else:
        canvas.write(*middle, text, layout.text, colour=colours.muted, align="center")
