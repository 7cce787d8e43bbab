"""The histogram of marks, with the mean above it."""

from dataclasses import dataclass
from functools import cached_property

from matplotlib.figure import Figure as Sheet

from surveyapp.reports.figures.drawing.canvas import Align, Canvas, text_height
from surveyapp.reports.figures.drawing.page import MARGIN, Page
from surveyapp.reports.figures.drawing.score_cell import HATCHES
from surveyapp.reports.figures.marks import Marks
from surveyapp.reports.figures.words import said_people, word


@dataclass(frozen=True)
class _Plan:
    """Where everything goes."""

    page: Page
    figure: Marks

    @property
    def step(self) -> float:
        """The width of a mark."""
        return self.page.room / len(self.figure.marks)

    @property
    def top(self) -> float:
        """Of the bars: below the title and the mean."""
        return self.page.top + text_height(1, self.page.layout.text) + 18

    @property
    def bar_height(self) -> float:
        """Of the longest bar, with its number above it."""
        return 150.0 if self.page.is_narrow else 220.0

    @property
    def bottom(self) -> float:
        return self.top + self.bar_height

    @property
    def notes(self) -> list[str]:
        said = said_people(self.figure.n, self.figure.language)
        return [note for note in (said, self.figure.note) if note]

    @cached_property
    def keys_top(self) -> float:
        return self.bottom + text_height(1, self.page.layout.text) + 10

    @property
    def height(self) -> float:
        return self.keys_top + self.page.note_height(self.notes) + 4

    def x(self, mark: float) -> float:
        """The middle of a mark."""
        return MARGIN + (mark - self.figure.lowest + 0.5) * self.step


def draw(figure: Marks, page: Page) -> Sheet:
    """The sheet with the whole histogram."""
    plan = _Plan(page, figure)
    canvas = page.canvas(plan.height)
    if figure.hidden:
        _say_hidden(canvas, plan)
    _draw_mean(canvas, plan)
    if not figure.hidden:
        _draw_bars(canvas, plan)
    layout, colours = page.layout, canvas.style.colours
    canvas.line((MARGIN, layout.width - MARGIN), (plan.bottom, plan.bottom), colours.muted)
    for mark in figure.marks:
        at = plan.bottom + text_height(1, layout.text) / 2 + 3
        canvas.write(plan.x(mark), at, str(mark), layout.text, align="center")
    page.write_notes(canvas, plan.keys_top, plan.notes)
    return canvas.sheet


def _draw_bars(canvas: Canvas, plan: _Plan) -> None:
    layout, most = plan.page.layout, max(plan.figure.counts, default=0)
    number = text_height(1, layout.text)
    for mark, count in zip(plan.figure.marks, plan.figure.counts, strict=True):
        height = count / most * (plan.bar_height - number) if most else 0.0
        width = plan.step * 0.8
        if height:
            box = (plan.x(mark) - width / 2, plan.bottom - height, width, height)
            canvas.rectangle(*box, canvas.style.colours.bar)
        colour = canvas.style.colours.text if count else canvas.style.colours.muted
        at = plan.bottom - height - number / 2
        room = plan.page.lettering.width(str(count), layout.text) + 4
        canvas.rectangle(plan.x(mark) - room / 2, at - number / 2, room, number, canvas.style.colours.background)
        canvas.write(plan.x(mark), at, str(count), layout.text, colour=colour, align="center")


def _say_hidden(canvas: Canvas, plan: _Plan) -> None:
    figure, small, colours = plan.figure, plan.page.layout.small, canvas.style.colours
    hidden = figure.hidden or "none"
    canvas.rectangle(MARGIN, plan.top, plan.page.room, plan.bar_height, colours.background, hatch=HATCHES[hidden])
    lines = plan.page.lines(word(hidden, figure.language, threshold=figure.threshold), small, plan.page.room - 40)
    width = max(plan.page.lettering.width(line, small) for line in lines) + 12
    height = text_height(len(lines), small) + 6
    middle = plan.top + plan.bar_height / 2
    left = plan.page.layout.width / 2 - width / 2
    canvas.rectangle(left, middle - height / 2, width, height, colours.background)
    canvas.write_lines(plan.page.layout.width / 2, middle, lines, small, colour=colours.muted, align="center")


def _draw_mean(canvas: Canvas, plan: _Plan) -> None:
    """The mean at its place above the bars, or in words why there is none."""
    figure, layout = plan.figure, plan.page.layout
    y = plan.page.top + text_height(1, layout.text) / 2
    text = figure.mean_text
    width = plan.page.lettering.width(text, layout.text, bold=True)
    if figure.mean.value is None:
        if figure.mean.hidden != figure.hidden:
            canvas.write(MARGIN, y, text, layout.small, colour=canvas.style.colours.muted)
        return
    x = plan.x(figure.mean.value)
    canvas.mark(x, plan.top - 10, canvas.style.region, 10)
    canvas.line((x, x), (plan.top - 4, plan.bottom), canvas.style.colours.muted, 1.5)
    align: Align = "center"
    if x - width / 2 < MARGIN:
        x, align = MARGIN, "left"
    elif x + width / 2 > layout.width - MARGIN:
        x, align = layout.width - MARGIN, "right"
    canvas.write(x, y - 2, text, layout.text, bold=True, align=align)
