"""Bars for choices, points to divide, rankings and the response."""

from matplotlib.figure import Figure as Sheet

from surveyapp.reports.figures.answer_bars import ChoiceBars, PointsBars, Ranked, Ranking
from surveyapp.reports.figures.drawing.axis_rows import AxisRows
from surveyapp.reports.figures.drawing.bar_rows import Bar, BarRows, Segment
from surveyapp.reports.figures.drawing.beside import clear_beside, say_missing, write_beside
from surveyapp.reports.figures.drawing.colour import sequence_colours
from surveyapp.reports.figures.drawing.dumbbell import hidden_text
from surveyapp.reports.figures.drawing.page import Key, Page
from surveyapp.reports.figures.drawing.score_cell import Scale
from surveyapp.reports.figures.figure import Figure
from surveyapp.reports.figures.response import Response, ResponseRow
from surveyapp.reports.figures.words import said_people, word
from surveyapp.reports.numbers import decimal


def draw_choices(figure: ChoiceBars, page: Page) -> Sheet:
    """A bar per answer, as long as its share of who answered."""
    colour = page.style.colours.bar
    bars = tuple(
        Bar(
            option.label,
            figure.option_text(option),
            (Segment(figure.share(option) or 0.0, colour),),
            hidden=option.hidden,
            track=bool(figure.n),
        )
        for option in figure.options
    )
    said = [said_people(figure.n, figure.language), word("several", figure.language) if figure.several else ""]
    return BarRows(page, bars, _hidden_keys(figure, page, bars), _notes(figure, *said)).draw().sheet


def draw_points(figure: PointsBars, page: Page) -> Sheet:
    """A bar per option, as long as its mean; the longest possible takes all points."""
    colour = page.style.colours.bar
    most = max((option.mean.value or 0.0 for option in figure.options), default=0.0) or figure.total
    bars = tuple(
        Bar(
            option.label,
            figure.option_text(option),
            (Segment(max(option.mean.value or 0.0, 0.0) / most, colour),),
            hidden=option.mean.hidden,
        )
        for option in figure.options
    )
    unit = word("points_unit", figure.language, total=figure.total)
    notes = _notes(figure, unit, said_people(figure.n, figure.language))
    return BarRows(page, bars, _hidden_keys(figure, page, bars), notes).draw().sheet


def draw_response(figure: Response, page: Page) -> Sheet:
    """A bar per organisation, as long as the share of its invited people that answered."""
    bars = tuple(_response_bar(figure, row, page.style.colours.bar) for row in figure.every_row)
    keys = _hidden_keys(figure, page, bars)
    if any(bar.track for bar in bars):
        colours = page.style.colours
        shown = (("responded", colours.bar), ("invited", colours.band))
        keys = (*(Key(word(key, figure.language), colour=colour) for key, colour in shown), *keys)
    return BarRows(page, bars, keys, _notes(figure)).draw().sheet


def _response_bar(figure: Response, row: ResponseRow, colour: str) -> Bar:
    return Bar(
        row.label,
        figure.row_text(row),
        (Segment(row.share, colour),) if row.share is not None else (),
        hidden=row.hidden,
        track=row.share is not None,
        last=row is figure.summary,
    )


def draw_ranking(figure: Ranking, page: Page) -> Sheet:
    """How often each stood at each place, or the mean places as dots where that is not told."""
    return _places(figure, page) if figure.has_places else _mean_places(figure, page)


def _places(figure: Ranking, page: Page) -> Sheet:
    colours = sequence_colours(figure.places, page.style.sequence)
    bars = tuple(_place_bar(figure, option, colours) for option in figure.options)
    keys = tuple(
        Key(word("place", figure.language, place=place), colour=colour) for place, colour in enumerate(colours, 1)
    )
    notes = _notes(figure, word("places_unit", figure.language), said_people(figure.n, figure.language))
    every_key = (*keys, *_hidden_keys(figure, page, bars))
    return BarRows(page, bars, every_key, notes, column=word("mean_place", figure.language)).draw().sheet


def _place_bar(figure: Ranking, option: Ranked, colours: list[str]) -> Bar:
    total = sum(option.places)
    segments = tuple(
        Segment(count / total, colour, str(count))
        for count, colour in zip(option.places, colours, strict=False)
        if total
    )
    mean = option.mean
    text = hidden_text(mean, figure.threshold) if mean.value is None else decimal(mean.value, figure.language)
    return Bar(option.label, text, segments, hidden=mean.hidden)


def _mean_places(figure: Ranking, page: Page) -> Sheet:
    rows = AxisRows(
        page=page,
        labels=tuple(option.label for option in figure.options),
        lowest=1,
        highest=max(figure.places, 2),
        keys=(),
        column="",
        column_texts=(),
        notes=_notes(figure, word("places_unit", figure.language), said_people(figure.n, figure.language)),
    )
    canvas = page.canvas(rows.height)
    for option, y in zip(figure.options, rows.draw_frame(canvas), strict=True):
        mean = option.mean.value
        if mean is None:
            reason = word(option.mean.hidden or "none", figure.language, threshold=figure.threshold)
            say_missing(canvas, rows, [reason, hidden_text(option.mean, figure.threshold)], None, y)
            continue
        canvas.line((rows.x(1), rows.x(mean)), (y, y), canvas.style.own.colour, 3.0)
        canvas.mark(rows.x(mean), y, canvas.style.own)
        number = decimal(mean, figure.language)
        clear_beside(canvas, rows, mean, y, number, left=False)
        write_beside(canvas, rows, mean, y, number, left=False, colour=canvas.style.colours.text)
    return canvas.sheet


def _notes(figure: Figure, *said: str) -> tuple[str, ...]:
    line = " ".join(each for each in said if each)
    return tuple(note for note in (line, figure.note) if note)


def _hidden_keys(figure: Figure, page: Page, bars: tuple[Bar, ...]) -> tuple[Key, ...]:
    scale = Scale(1, 2, figure.language, figure.threshold)
    return tuple(scale.keys({bar.hidden for bar in bars}, page.style))
