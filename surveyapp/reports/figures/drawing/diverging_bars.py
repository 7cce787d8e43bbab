"""Diverging bars: less favourable answers to the left of the middle, more favourable to the right."""

from dataclasses import dataclass
from functools import cached_property

from matplotlib.figure import Figure as Sheet

from surveyapp.reports.figures.diverging_bars import DivergingBars, Statement
from surveyapp.reports.figures.drawing.canvas import Canvas, text_height
from surveyapp.reports.figures.drawing.colour import letters_on, point_colours
from surveyapp.reports.figures.drawing.page import MARGIN, Key, Page
from surveyapp.reports.figures.words import word

_BAR = 22.0
_LABEL_GAP = 20.0


@dataclass(frozen=True)
class _Plan:
    """Where everything goes."""

    page: Page
    figure: DivergingBars

    @cached_property
    def colours(self) -> list[str]:
        style = self.page.style
        return point_colours(len(self.figure.points), style.palette, style.colours.neutral)

    @cached_property
    def keys(self) -> list[Key]:
        return [Key(point, colour=colour) for point, colour in zip(self.figure.points, self.colours, strict=True)]

    @cached_property
    def columns(self) -> list[tuple[str, list[str]]]:
        """Heads and texts of the columns beside the bars: don't know, not applicable, n."""
        figure, language = self.figure, self.figure.language
        columns = []
        if figure.has_dont_know:
            columns.append((word("dont_know", language), [_count(s, s.dont_know) for s in figure.statements]))
        if figure.has_not_applicable:
            columns.append((word("not_applicable", language), [_count(s, s.not_applicable) for s in figure.statements]))
        columns.append((word("valid", language), [_count(s, s.n) for s in figure.statements]))
        return columns

    @cached_property
    def head_lines(self) -> list[list[str]]:
        """The heads of the columns, a word to a line."""
        return [head.split() for head, _ in self.columns]

    @cached_property
    def column_widths(self) -> list[float]:
        layout, lettering = self.page.layout, self.page.lettering
        return [
            max(
                *(lettering.width(line, layout.small) for line in lines),
                *(lettering.width(text, layout.text) for text in texts),
                0.0,
            )
            + 12
            for lines, (_, texts) in zip(self.head_lines, self.columns, strict=True)
        ]

    @cached_property
    def label_width(self) -> float:
        return 0.0 if self.page.is_narrow else self.page.layout.width * 0.4

    @cached_property
    def bar_room(self) -> float:
        return self.page.room - self.label_width - sum(self.column_widths)

    @cached_property
    def _reach(self) -> tuple[float, float]:
        """The largest share left and right of the middle."""
        if self.figure.stacked:
            return 0.0, 1.0
        sides = [_sides(statement) for statement in self.figure.statements if statement.n]
        left = max((side[0] for side in sides), default=0.0)
        right = max((side[1] for side in sides), default=0.0)
        return max(left, 0.1), max(right, 0.1)

    def start(self, statement: Statement) -> float:
        """Where the bar of a statement begins."""
        return self.middle - (0.0 if self.figure.stacked else _sides(statement)[0] * self.scale)

    @cached_property
    def scale(self) -> float:
        """Pixels for all answers to one statement."""
        return self.bar_room / sum(self._reach)

    @cached_property
    def middle(self) -> float:
        return MARGIN + self.label_width + self._reach[0] * self.scale

    @cached_property
    def label_lines(self) -> list[list[str]]:
        room = self.page.room if self.page.is_narrow else self.label_width - _LABEL_GAP
        return [self.page.lines(s.label, self.page.layout.text, room) for s in self.figure.statements]

    def row_height(self, row: int) -> float:
        text = text_height(len(self.label_lines[row]), self.page.layout.text)
        return text + _BAR + 20 if self.page.is_narrow else max(text + 12, self.page.layout.row + 4)

    @cached_property
    def head_height(self) -> float:
        return text_height(max(len(lines) for lines in self.head_lines), self.page.layout.small) + 10

    @property
    def notes(self) -> list[str]:
        unit = word("percentages" if self.figure.in_percentages else "answers", self.figure.language) + "."
        return [unit, self.figure.note] if self.figure.note else [unit]

    @property
    def height(self) -> float:
        rows = sum(self.row_height(row) for row in range(len(self.figure.statements)))
        above = self.page.top + self.page.keys_height(self.keys) + self.head_height
        return above + rows + 8 + self.page.note_height(self.notes)


def _count(statement: Statement, count: int | None) -> str:
    return "" if statement.hidden or count is None else str(count)


def _sides(statement: Statement) -> tuple[float, float]:
    """The shares left and right of the middle; the middle answer of an odd scale is split in two."""
    points = len(statement.counts)
    half = points // 2
    centre = statement.share(half) / 2 if points % 2 else 0.0
    return statement.share(*range(half)) + centre, statement.share(*range(points - half, points)) + centre


def draw(figure: DivergingBars, page: Page) -> Sheet:
    """The sheet with all statements."""
    plan = _Plan(page, figure)
    canvas = page.canvas(plan.height)
    y = page.top
    page.write_keys(canvas, y, plan.keys)
    y += page.keys_height(plan.keys)
    _draw_heads(canvas, plan, y)
    y += plan.head_height
    for row, statement in enumerate(figure.statements):
        _draw_statement(canvas, plan, row, statement, y)
        y += plan.row_height(row)
    page.write_notes(canvas, y + 8, plan.notes)
    return canvas.sheet


def _column_ends(plan: _Plan) -> list[float]:
    """The right edge of each column."""
    right = plan.page.layout.width - MARGIN
    return [right - sum(plan.column_widths[number + 1 :]) for number in range(len(plan.column_widths))]


def _draw_heads(canvas: Canvas, plan: _Plan, y: float) -> None:
    small = plan.page.layout.small
    bottom = y + plan.head_height - 6
    for right, lines in zip(_column_ends(plan), plan.head_lines, strict=True):
        middle = bottom - text_height(len(lines), small) / 2
        canvas.write_lines(right, middle, lines, small, colour=canvas.style.colours.muted, align="right")


def _draw_statement(canvas: Canvas, plan: _Plan, row: int, statement: Statement, y: float) -> None:
    layout, colours = plan.page.layout, canvas.style.colours
    lines, height = plan.label_lines[row], plan.row_height(row)
    text = text_height(len(lines), layout.text)
    middle = y + text + 10 + _BAR / 2 if plan.page.is_narrow else y + height / 2
    canvas.line((MARGIN, layout.width - MARGIN), (y, y), colours.line)
    canvas.write_lines(MARGIN, y + 4 + text / 2 if plan.page.is_narrow else middle, lines, layout.text)
    if statement.n:
        _draw_bar(canvas, plan, statement, middle)
    else:
        _say_why_not(canvas, plan, statement, middle)
    for right, (_, texts) in zip(_column_ends(plan), plan.columns, strict=True):
        canvas.write(right, middle, texts[row], layout.text, colour=colours.muted, align="right")


def _draw_bar(canvas: Canvas, plan: _Plan, statement: Statement, y: float) -> None:
    small = plan.page.layout.small
    x = plan.start(statement)
    for point, colour in enumerate(plan.colours):
        width = statement.share(point) * plan.scale
        if width:
            canvas.rectangle(x, y - _BAR / 2, max(width - 1, 0.5), _BAR, colour)
        text = plan.figure.segment_text(statement, point)
        if width >= plan.page.lettering.width(text, small) + 5:
            canvas.write(x + width / 2, y, text, small, colour=letters_on(colour), align="center")
        x += width
    for side in () if plan.figure.stacked else (-1, 1):
        ends = (y + side * (_BAR / 2 + 1), y + side * (_BAR / 2 + 5))
        canvas.line((plan.middle, plan.middle), ends, canvas.style.colours.text)


def _say_why_not(canvas: Canvas, plan: _Plan, statement: Statement, y: float) -> None:
    figure, small = plan.figure, plan.page.layout.small
    left = MARGIN + plan.label_width
    if statement.hidden:
        text = word(statement.hidden, figure.language, threshold=figure.threshold)
        if plan.page.lettering.width(text, small) + 30 > plan.bar_room:
            text = word("hidden_short", figure.language)
        hatch = "///" if statement.hidden == "small" else ".." if statement.hidden == "linked" else ""
        canvas.rectangle(left, y - _BAR / 2, plan.bar_room, _BAR, canvas.style.colours.background, hatch=hatch)
        room = plan.page.lettering.width(text, small) + 10
        canvas.rectangle(left + (plan.bar_room - room) / 2, y - 8, room, 16, canvas.style.colours.background)
    else:
        text = word("no_answers", figure.language)
    canvas.write(left + plan.bar_room / 2, y, text, small, colour=canvas.style.colours.muted, align="center")
