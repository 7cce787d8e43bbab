"""The tile map: squares about where the organisations lie, the others in rows below."""

from dataclasses import dataclass
from functools import cached_property

from matplotlib.figure import Figure as Sheet

from surveyapp.reports.figures.drawing.canvas import Canvas, text_height
from surveyapp.reports.figures.drawing.colour import letters_on
from surveyapp.reports.figures.drawing.listing import Entry, Listing
from surveyapp.reports.figures.drawing.page import MARGIN, Key, Page
from surveyapp.reports.figures.drawing.score_cell import HATCHES, Scale, box, write
from surveyapp.reports.figures.tile_map import Tile, TileMap

_GAP = 3.0
_APART = 14.0
_LARGEST, _SMALLEST = 128.0, 52.0
_MOST_LINES = 3

Box = tuple[float, float]


@dataclass(frozen=True)
class _Plan:
    """Where everything goes."""

    page: Page
    figure: TileMap

    @cached_property
    def on_map(self) -> list[Tile]:
        """Tiles with a place, where the map is not too wide for legible tiles."""
        placed = [tile for tile in self.figure.tiles if tile.place is not None]
        columns = self._span(placed, 0)
        return placed if columns and self.page.room / columns >= _SMALLEST - 1 else []

    @cached_property
    def in_rows(self) -> list[Tile]:
        """The other tiles, in the order given."""
        on_map = {id(tile) for tile in self.on_map}
        return [tile for tile in self.figure.tiles if id(tile) not in on_map]

    @staticmethod
    def _span(tiles: list[Tile], axis: int) -> int:
        places = [tile.place[axis] for tile in tiles if tile.place is not None]
        return max(places) - min(places) + 1 if places else 0

    @cached_property
    def columns(self) -> int:
        if self.on_map:
            return self._span(self.on_map, 0)
        return max(1, min(4 if self.page.is_narrow else 9, len(self.in_rows)))

    @cached_property
    def side(self) -> float:
        return min(self.page.room / self.columns, _LARGEST)

    @cached_property
    def names(self) -> dict[int, list[str]] | None:
        """The lines of each name; None where a name is too long for a tile, so that numbers stand there."""
        small = self.page.layout.small
        lines = {id(tile): self.page.lines(tile.label, small, self.side - 10) for tile in self.figure.tiles}
        return lines if all(len(each) <= _MOST_LINES for each in lines.values()) else None

    @cached_property
    def tile_height(self) -> float:
        """Square, or higher where three lines and a number need it."""
        lines = max((len(each) for each in self.names.values()), default=1) if self.names else 1
        layout = self.page.layout
        return max(self.side, text_height(lines, layout.small) + text_height(1, layout.text) + 14)

    @cached_property
    def boxes(self) -> list[tuple[Tile, Box]]:
        """The top left corner of each tile, from the top left of all."""
        corner = [min((tile.place[axis] for tile in self.on_map if tile.place), default=0) for axis in (0, 1)]
        boxes = [
            (tile, ((tile.place[0] - corner[0]) * self.side, (tile.place[1] - corner[1]) * self.tile_height))
            for tile in self.on_map
            if tile.place is not None
        ]
        below = self._span(self.on_map, 1) * self.tile_height + (_APART if self.on_map else 0)
        per_row = max(1, int(self.page.room // self.side))
        for number, tile in enumerate(self.in_rows):
            row, column = divmod(number, per_row)
            boxes.append((tile, (column * self.side, below + row * self.tile_height)))
        return boxes

    @property
    def map_height(self) -> float:
        return max((y + self.tile_height for _, (_, y) in self.boxes), default=0.0)

    @property
    def left(self) -> float:
        return MARGIN - _GAP / 2

    @property
    def width(self) -> float:
        """Of the map, and of the scale under it."""
        widest = max((x + self.side for _, (x, _) in self.boxes), default=0.0)
        return max(widest, min(self.page.room, 3 * _LARGEST))

    @cached_property
    def listing(self) -> Listing:
        if self.names is not None:
            return Listing(self.page, ())
        return Listing(
            self.page, tuple(Entry(str(number), tile.label) for number, tile in enumerate(self.figure.tiles, 1))
        )

    @property
    def scale(self) -> Scale:
        return scale_of(self.figure)

    @cached_property
    def keys(self) -> list[Key]:
        return self.scale.keys({tile.cell.hidden for tile in self.figure.tiles}, self.page.style)

    @property
    def notes(self) -> list[str]:
        return [self.figure.note] if self.figure.note else []

    @property
    def height(self) -> float:
        listed = self.listing.height if self.listing.entries else 0.0
        below = 14 + self.scale.bar_height(self.page.layout) + self.page.keys_height(self.keys)
        return self.page.top + self.map_height + listed + below + self.page.note_height(self.notes)


def draw(figure: TileMap, page: Page) -> Sheet:
    """The sheet with the whole map."""
    plan = _Plan(page, figure)
    canvas = page.canvas(plan.height)
    numbers = {id(tile): number for number, tile in enumerate(figure.tiles, 1)}
    for tile, (x, y) in plan.boxes:
        _draw_tile(canvas, plan, tile, (plan.left + x, page.top + y), numbers[id(tile)])
    y = page.top + plan.map_height + 14
    if plan.listing.entries:
        y = plan.listing.draw(canvas, y)
    plan.scale.draw_bar(canvas, page.layout, (MARGIN, y), plan.width - _GAP)
    y += plan.scale.bar_height(page.layout)
    page.write_keys(canvas, y, plan.keys)
    page.write_notes(canvas, y + page.keys_height(plan.keys), plan.notes)
    return canvas.sheet


def _draw_tile(canvas: Canvas, plan: _Plan, tile: Tile, place: Box, number: int) -> None:
    layout, colours = plan.page.layout, canvas.style.colours
    x, y = place[0] + _GAP / 2, place[1] + _GAP / 2
    width, height = plan.side - _GAP, plan.tile_height - _GAP
    colour = plan.scale.colour(tile.cell, canvas.style)
    box(canvas, plan.scale, tile.cell, (x, y, width, height))
    lines = plan.names[id(tile)] if plan.names is not None else [str(number)]
    block = text_height(len(lines), layout.small)
    top = y + (height - block - text_height(1, layout.text)) / 2
    if HATCHES.get(tile.cell.hidden or ""):
        room = max(canvas.lettering.width(line, layout.small) for line in lines or [""]) + 6
        canvas.rectangle(x + (width - room) / 2, top - 1, room, block + 2, colours.background)
    ink = letters_on(colour)
    canvas.write_lines(x + width / 2, top + block / 2, lines, layout.small, colour=ink, align="center")
    middle = (x + width / 2, top + block + text_height(1, layout.text) / 2)
    write(canvas, plan.scale, tile.cell, middle, layout, bold=True)


def scale_of(figure: TileMap) -> Scale:
    """The scale under a map."""
    ends = (figure.lowest_label, figure.highest_label)
    return Scale(figure.lowest, figure.highest, figure.language, figure.threshold, *ends)
