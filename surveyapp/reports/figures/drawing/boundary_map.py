"""The map with boundaries: every area in the colour of its score, their names and numbers below."""

from dataclasses import dataclass
from functools import cached_property

from matplotlib.figure import Figure as Sheet

from surveyapp.reports.figures.boundary_map import Area, BoundaryMap
from surveyapp.reports.figures.drawing.canvas import Canvas, text_height
from surveyapp.reports.figures.drawing.colour import letters_on
from surveyapp.reports.figures.drawing.inside import room_for
from surveyapp.reports.figures.drawing.listing import Entry, Listing
from surveyapp.reports.figures.drawing.page import MARGIN, Key, Page
from surveyapp.reports.figures.drawing.score_cell import HATCHES, Scale

Corner = tuple[float, float]
_TALLEST = {"narrow": 360.0, "wide": 620.0, "page": 560.0}


@dataclass(frozen=True)
class _Plan:
    """Where everything goes."""

    page: Page
    figure: BoundaryMap

    @cached_property
    def unit(self) -> float:
        """Pixels per unit of the map."""
        tallest = _TALLEST[self.figure.layout]
        return min(self.page.room / self.figure.width, tallest / self.figure.height)

    @property
    def map_height(self) -> float:
        return self.figure.height * self.unit if any(area.rings for area in self.figure.areas) else 0.0

    def rings(self, area: Area) -> list[list[Corner]]:
        """The corners of an area on the sheet."""
        left = MARGIN + (self.page.room - self.figure.width * self.unit) / 2
        return [[(left + x * self.unit, self.page.top + y * self.unit) for x, y in ring] for ring in area.rings]

    @cached_property
    def listing(self) -> Listing:
        entries = enumerate(self.figure.areas, 1)
        return Listing(self.page, tuple(Entry(str(number), self._listed(area)) for number, area in entries))

    def _listed(self, area: Area) -> str:
        text = self.scale.text(area.cell) or "–"
        return f"{area.label}: {text}"

    @property
    def scale(self) -> Scale:
        figure = self.figure
        ends = (figure.lowest_label, figure.highest_label)
        return Scale(figure.lowest, figure.highest, figure.language, figure.threshold, *ends)

    @cached_property
    def keys(self) -> list[Key]:
        return self.scale.keys({area.cell.hidden for area in self.figure.areas}, self.page.style)

    @property
    def notes(self) -> list[str]:
        return [self.figure.note] if self.figure.note else []

    @property
    def height(self) -> float:
        below = 14 + self.listing.height + self.scale.bar_height(self.page.layout) + self.page.keys_height(self.keys)
        return self.page.top + self.map_height + below + self.page.note_height(self.notes)


def draw(figure: BoundaryMap, page: Page) -> Sheet:
    """The sheet with the whole map."""
    plan = _Plan(page, figure)
    canvas = page.canvas(plan.height)
    for number, area in enumerate(figure.areas, 1):
        if area.rings:
            _draw_area(canvas, plan, area, number)
    y = plan.listing.draw(canvas, page.top + plan.map_height + 14)
    plan.scale.draw_bar(canvas, page.layout, (MARGIN, y), page.room)
    y += plan.scale.bar_height(page.layout)
    page.write_keys(canvas, y, plan.keys)
    page.write_notes(canvas, y + page.keys_height(plan.keys), plan.notes)
    return canvas.sheet


def _draw_area(canvas: Canvas, plan: _Plan, area: Area, number: int) -> None:
    """The area with as much inside as fits: name and score, number and score, its number, or nothing."""
    layout, rings = plan.page.layout, plan.rings(area)
    colour = plan.scale.colour(area.cell, canvas.style)
    canvas.area(rings, colour, hatch=HATCHES[area.cell.hidden] if area.cell.hidden else "")
    score = plan.scale.text(area.cell)
    choices = [[area.label, score], [str(number), score], [str(number)]]
    for lines in ([line for line in choice if line] for choice in choices):
        width = max(canvas.lettering.width(line, layout.small, bold=True) for line in lines) + 6
        height = text_height(len(lines), layout.small) + 4
        middle = room_for(rings, width, height)
        if middle is not None:
            if area.cell.hidden:
                x, y = middle[0] - width / 2, middle[1] - height / 2
                canvas.rectangle(x, y, width, height, canvas.style.colours.background)
            canvas.write_lines(*middle, lines, layout.small, colour=letters_on(colour), bold=True, align="center")
            return
