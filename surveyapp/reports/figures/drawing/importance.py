"""Importance by score: numbered points in four quarters, their names below."""

from dataclasses import dataclass
from functools import cached_property
from math import ceil, cos, floor, hypot, pi, sin

from matplotlib.figure import Figure as Sheet

from surveyapp.reports.figures.drawing.canvas import Canvas, text_height
from surveyapp.reports.figures.drawing.colour import letters_on
from surveyapp.reports.figures.drawing.listing import Entry, Listing
from surveyapp.reports.figures.drawing.page import MARGIN, Page
from surveyapp.reports.figures.drawing.score_cell import ticks
from surveyapp.reports.figures.importance import Importance, Point
from surveyapp.reports.figures.words import word

Spot = tuple[float, float]
_INSET = 22.0
"""Between the ends of the scale and the frame, so that a point at an end is whole."""
_RINGS = 12
_DIRECTIONS = 16


@dataclass(frozen=True)
class _Plan:
    """Where everything goes."""

    page: Page
    figure: Importance

    @property
    def radius(self) -> float:
        return 9.5 if self.page.is_narrow else 12.0

    @cached_property
    def scales(self) -> tuple[tuple[int, int], tuple[int, int]]:
        """Of the score and of the importance: the whole points around what is drawn, at least two apart.

        The whole scales where the quarters part halfway them.
        """
        figure, places = self.figure, [place for *_, place in self.figure.placed]
        if not self.at_mean:
            places = []
        return (
            _around([place[0] for place in places], figure.lowest, figure.highest),
            _around([place[1] for place in places], figure.lowest_importance, figure.highest_importance),
        )

    @property
    def at_mean(self) -> bool:
        return self.figure.lines == "mean" and len(self.figure.placed) > 1

    @property
    def shows_part(self) -> bool:
        figure = self.figure
        whole = ((figure.lowest, figure.highest), (figure.lowest_importance, figure.highest_importance))
        return self.scales != whole

    @cached_property
    def left(self) -> float:
        numbers = [str(point) for point in ticks(*self.scales[1])]
        return MARGIN + max(self.page.lettering.width(text, self.page.layout.small) for text in numbers) + 8

    @property
    def right(self) -> float:
        return self.page.layout.width - MARGIN

    @property
    def plot_height(self) -> float:
        return (self.right - self.left) * (0.92 if self.page.is_narrow else 0.52)

    @cached_property
    def corners(self) -> dict[str, list[str]]:
        """What each quarter is called, in at most half the width."""
        room, small = (self.right - self.left) / 2 - 10, self.page.layout.small
        keys = ("worse_more", "better_more", "worse_less", "better_less")
        return {key: self.page.lines(word(key, self.figure.language), small, room) for key in keys}

    def corner_height(self, *keys: str) -> float:
        return text_height(max(len(self.corners[key]) for key in keys), self.page.layout.small) + 6

    @property
    def top(self) -> float:
        """Of the frame: below the title, the name of its axis and the names of the upper quarters."""
        axis = text_height(1, self.page.layout.small) + 4
        return self.page.top + axis + self.corner_height("worse_more", "better_more")

    @property
    def bottom(self) -> float:
        return self.top + self.plot_height

    @cached_property
    def listing(self) -> Listing:
        entries = enumerate(self.figure.points, 1)
        return Listing(self.page, tuple(self._entry(number, point) for number, point in entries))

    def _entry(self, number: int, point: Point) -> Entry:
        if point.place is not None:
            return Entry(str(number), point.label)
        reasons = {cell.hidden for cell in (point.score, point.importance)}
        reason = next(key for key in ("small", "linked", "none") if key in reasons)
        said = word(reason, self.figure.language, threshold=self.figure.threshold)
        return Entry("–", f"{point.label} ({said})", muted=True)

    @cached_property
    def notes(self) -> list[str]:
        said = word("lines_mean" if self.at_mean else "lines_middle", self.figure.language)
        if self.shows_part:
            said = f"{said} {word('part_of_scale', self.figure.language)}"
        return [said, self.figure.note] if self.figure.note else [said]

    @property
    def below(self) -> float:
        """Where the names begin: below the lower quarters' names, the numbers and the name of the axis."""
        small = self.page.layout.small
        return self.bottom + self.corner_height("worse_less", "better_less") + 2 * text_height(1, small) + 12

    @property
    def height(self) -> float:
        return self.below + self.listing.height + self.page.note_height(self.notes)

    def spot(self, place: tuple[float, float]) -> Spot:
        """Where a score and an importance are on the sheet."""
        (low, high), (least, most) = self.scales
        across = self.right - self.left - 2 * _INSET
        up = self.plot_height - 2 * _INSET
        x = self.left + _INSET + (place[0] - low) / (high - low) * across
        return x, self.bottom - _INSET - (place[1] - least) / (most - least) * up


def _around(values: list[float], lowest: int, highest: int) -> tuple[int, int]:
    if not values:
        return lowest, highest
    low, high = max(floor(min(values)), lowest), min(ceil(max(values)), highest)
    while high - low < min(2, highest - lowest):
        low, high = max(low - 1, lowest), high if low > lowest else min(high + 1, highest)
    return low, high


def draw(figure: Importance, page: Page) -> Sheet:
    """The sheet with the whole scatter plot."""
    plan = _Plan(page, figure)
    canvas = page.canvas(plan.height)
    _draw_frame(canvas, plan)
    _draw_axes(canvas, plan)
    _draw_corners(canvas, plan)
    _draw_points(canvas, plan)
    end = plan.listing.draw(canvas, plan.below)
    page.write_notes(canvas, end, plan.notes)
    return canvas.sheet


def _draw_frame(canvas: Canvas, plan: _Plan) -> None:
    colours = canvas.style.colours
    x, y = plan.spot(plan.figure.crossing)
    canvas.rectangle(plan.left, plan.top, x - plan.left, y - plan.top, colours.band)
    for point in ticks(*plan.scales[0]):
        at = plan.spot((point, plan.scales[1][0]))[0]
        canvas.line((at, at), (plan.top, plan.bottom), colours.line)
    for point in ticks(*plan.scales[1]):
        at = plan.spot((plan.scales[0][0], point))[1]
        canvas.line((plan.left, plan.right), (at, at), colours.line)
    for edge in (plan.left, plan.right):
        canvas.line((edge, edge), (plan.top, plan.bottom), colours.line)
    for edge in (plan.top, plan.bottom):
        canvas.line((plan.left, plan.right), (edge, edge), colours.line)
    canvas.line((x, x), (plan.top, plan.bottom), colours.muted, 1.5)
    canvas.line((plan.left, plan.right), (y, y), colours.muted, 1.5)


def _draw_axes(canvas: Canvas, plan: _Plan) -> None:
    small, muted, language = plan.page.layout.small, canvas.style.colours.muted, plan.figure.language
    line = text_height(1, small)
    canvas.write(MARGIN, plan.page.top + line / 2, f"↑ {word('importance_short', language)}", small, bold=True)
    for point in ticks(*plan.scales[1]):
        y = plan.spot((plan.scales[0][0], point))[1]
        canvas.write(plan.left - 6, y, str(point), small, colour=muted, align="right")
    below = plan.bottom + 4 + line / 2
    for point in ticks(*plan.scales[0]):
        x = plan.spot((point, plan.scales[1][0]))[0]
        canvas.write(x, below, str(point), small, colour=muted, align="center")
    end = plan.bottom + line + plan.corner_height("worse_less", "better_less") + line / 2 + 2
    canvas.arrow((plan.right - 20, end), (plan.right, end), canvas.style.colours.text, reach=0)
    canvas.write(plan.right - 26, end, word("score", language), small, bold=True, align="right")


def _draw_corners(canvas: Canvas, plan: _Plan) -> None:
    small, muted = plan.page.layout.small, canvas.style.colours.muted
    for key, lines in plan.corners.items():
        height = text_height(len(lines), small)
        y = plan.top - 4 - height / 2 if key.endswith("more") else plan.bottom + text_height(1, small) + 6 + height / 2
        worse = key.startswith("worse")
        bold, colour = key == "worse_more", canvas.style.colours.text if key == "worse_more" else muted
        x = plan.left if worse else plan.right
        canvas.write_lines(x, y, lines, small, colour=colour, bold=bold, align="left" if worse else "right")


def _draw_points(canvas: Canvas, plan: _Plan) -> None:
    spots = [plan.spot(place) for *_, place in plan.figure.placed]
    balloons = _balloons(spots, plan)
    colour = canvas.style.own.colour
    for spot, balloon in zip(spots, balloons, strict=True):
        if balloon != spot:
            canvas.line((spot[0], balloon[0]), (spot[1], balloon[1]), canvas.style.colours.muted)
            canvas.mark(*spot, canvas.style.own, 8)
    for (number, *_), balloon in zip(plan.figure.placed, balloons, strict=True):
        canvas.mark(*balloon, canvas.style.own, plan.radius * 2)
        text = str(number)
        canvas.write(*balloon, text, plan.page.layout.small, colour=letters_on(colour), bold=True, align="center")


def _balloons(spots: list[Spot], plan: _Plan) -> list[Spot]:
    """Where each number stands: at its point, or beside it where points are so near that they would hide each other."""
    apart = 2 * plan.radius + 1
    alone = [
        all(hypot(x - other_x, y - other_y) >= apart for j, (other_x, other_y) in enumerate(spots) if j != i)
        for i, (x, y) in enumerate(spots)
    ]
    taken = [spot for spot, is_alone in zip(spots, alone, strict=True) if is_alone]
    balloons = []
    for spot, is_alone in zip(spots, alone, strict=True):
        balloon = spot if is_alone else _beside(spot, spots, taken, plan)
        balloons.append(balloon)
        taken.append(balloon)
    return balloons


def _beside(spot: Spot, spots: list[Spot], taken: list[Spot], plan: _Plan) -> Spot:
    """The nearest free place for a number: away from all points and from the numbers that have a place."""
    r = plan.radius
    for ring in range(1, _RINGS):
        for step in range(_DIRECTIONS):
            angle = 2 * pi * step / _DIRECTIONS - pi / 2
            reach = r * (0.8 + 0.9 * ring)
            x, y = spot[0] + reach * cos(angle), spot[1] + reach * sin(angle)
            inside = plan.left + r < x < plan.right - r and plan.top + r < y < plan.bottom - r
            free = all(hypot(x - a, y - b) >= 2 * r + 1 for a, b in taken)
            clear = all(hypot(x - a, y - b) >= r + 5 for a, b in spots)
            if inside and free and clear:
                return x, y
    return spot
