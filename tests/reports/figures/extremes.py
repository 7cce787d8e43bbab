"""The smallest and the largest figures: one answer, one organisation, everything hidden; 342, twelve, sixty letters."""

from collections.abc import Callable

from surveyapp.reports.figures.specification import (
    AnyFigure,
    Area,
    BoundaryMap,
    Cell,
    ChoiceBars,
    Column,
    DivergingBars,
    Divided,
    DotPlot,
    DotRow,
    Dumbbell,
    Heatmap,
    HeatmapRow,
    Importance,
    Marks,
    Option,
    Pair,
    Point,
    PointsBars,
    Ranked,
    Ranking,
    Response,
    ResponseRow,
    Statement,
    Tile,
    TileMap,
    WaveRow,
    Waves,
)

LONG = "Samenwerkingsverband jeugdhulpregio Midden-IJssel/Oost-Veluwe"
"""Sixty letters."""
UNBROKEN = "Jeugdhulpaanbestedingsuitvoeringsorganisatiesamenwerkingsver"
"""Sixty letters in one word."""
POINTS = ("Helemaal niet mee eens", "Niet mee eens", "Niet eens, niet oneens", "Mee eens", "Helemaal mee eens")


def name(place: int) -> str:
    """A long name, every third without a place to break."""
    return f"{place} {UNBROKEN if place % 3 == 0 else LONG}"[:60]


def score(place: int) -> Cell:
    """Over the whole scale, in part hidden."""
    hidden = {5: "small", 7: "linked", 11: "small"}.get(place % 13, "")
    return Cell.of(1 + place * 17 % 41 / 10, hidden)


def figures(count: int, *, named: bool = True, everything_hidden: bool = False) -> tuple[AnyFigure, ...]:
    """Every kind of figure with so many rows; with long names or short ones."""

    def label(place: int) -> str:
        return name(place) if named else f"{place}"

    def cell(place: int) -> Cell:
        return Cell(hidden="small") if everything_hidden else score(place)

    places = range(count)
    return (
        *_of_scores(count, label, cell),
        *_of_answers(count, label, cell, everything_hidden=everything_hidden),
        TileMap(
            title=LONG,
            row_title="Gemeente",
            tiles=tuple(Tile(label=label(place), cell=cell(place)) for place in places),
        ),
        BoundaryMap(
            title=LONG,
            row_title="Gemeente",
            width=2000,
            height=2000,
            areas=tuple(Area(label=label(place), cell=cell(place), rings=(_square(place),)) for place in places),
        ),
    )


def _square(place: int) -> tuple[tuple[int, int], ...]:
    x, y = place % 20 * 100, place // 20 * 100
    return ((x, y), (x + 100, y), (x + 100, y + 100), (x, y + 100))


def _of_scores(count: int, label: Callable[[int], str], cell: Callable[[int], Cell]) -> tuple[AnyFigure, ...]:
    places = range(count)
    themes = range(min(count, 12))
    return (
        Heatmap(
            title=LONG,
            row_title="Gemeente",
            columns=tuple(Column(code=str(theme + 1), label=label(theme)) for theme in themes),
            rows=tuple(
                HeatmapRow(label=label(place), cells=tuple(cell(place + theme) for theme in themes), n=3000)
                for place in places
            ),
            summary=HeatmapRow(label="Regio", cells=tuple(cell(theme) for theme in themes)),
            lowest_label=POINTS[0],
            highest_label=POINTS[-1],
            order="cluster",
        ),
        Dumbbell(
            title=LONG,
            row_title="Thema",
            first=LONG,
            second=UNBROKEN,
            of="organisations",
            pairs=tuple(Pair(label=label(place), first=cell(place), second=cell(place + 3)) for place in places),
        ),
        DotPlot(
            title=LONG,
            row_title="Thema",
            own=LONG,
            region=UNBROKEN,
            rows=tuple(
                DotRow(label=label(place), own=cell(place), region=cell(place + 5), band=(1.0, 5.0)) for place in places
            ),
        ),
        Importance(
            title=LONG,
            row_title="Thema",
            points=tuple(
                Point(label=label(place), score=cell(place), importance=cell(place * 3 + 1)) for place in places
            ),
        ),
        Waves(
            title=LONG,
            row_title="Thema",
            first=LONG,
            second=UNBROKEN,
            rows=tuple(_wave(place, label, cell) for place in places),
        ),
    )


def _wave(place: int, label: Callable[[int], str], cell: Callable[[int], Cell]) -> WaveRow:
    first, second = cell(place), cell(place + 1)
    compared = first.value is not None and second.value is not None and place % 4 != 0
    return WaveRow(
        label=label(place),
        first=first,
        second=second,
        first_bounds=(1.0, 5.0) if first.value is not None else None,
        second_bounds=(1.0, 5.0) if second.value is not None else None,
        change_bounds=(-4.0, 4.0) if compared else None,
        trend="broken" if place % 4 == 0 else "rescaled" if place % 4 == 1 else "same",
    )


def _of_answers(
    count: int, label: Callable[[int], str], cell: Callable[[int], Cell], *, everything_hidden: bool
) -> tuple[AnyFigure, ...]:
    places = range(count)
    spread = {"hidden": "small"} if everything_hidden else {"counts": (0, 1, 98765, 3, 0)}
    option = {"hidden": "small"} if everything_hidden else {"count": 98765}
    response = {"hidden": "small"} if everything_hidden else {"responded": 98765, "invited": 123456}
    marks = {"hidden": "small"} if everything_hidden else {"counts": (98765, *[0] * 8, 98765)}
    return (
        DivergingBars(
            title=LONG,
            points=POINTS,
            statements=tuple(
                Statement.model_validate({"label": label(place), "dont_know": 98765, "not_applicable": 1, **spread})
                for place in places
            ),
        ),
        ChoiceBars(
            title=LONG,
            options=tuple(Option.model_validate({"label": label(place), **option}) for place in places),
            n=98765,
            several=True,
        ),
        PointsBars(
            title=LONG,
            total=100,
            options=tuple(Divided(label=label(place), mean=cell(place)) for place in places),
        ),
        Ranking(
            title=LONG,
            places=max(count, 2),
            options=tuple(Ranked(label=label(place), mean=_place(cell(place), count)) for place in places),
        ),
        Marks.model_validate({"title": LONG, "mean": Cell.of(10.0) if not everything_hidden else cell(5), **marks}),
        Response(
            title=LONG,
            row_title="Gemeente",
            rows=tuple(ResponseRow.model_validate({"label": label(place), **response}) for place in places),
            summary=ResponseRow(label="Samen", hidden="linked"),
        ),
    )


def _place(cell: Cell, count: int) -> Cell:
    return cell if cell.value is None else Cell.of(1 + (cell.value - 1) / 4 * (count - 1))
