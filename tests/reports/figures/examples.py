"""One figure of each kind, as large and as awkward as they come."""

from collections.abc import Sequence

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

HABITS = (
    "Maak je huiswerk",
    "Kies pragmatische doelen",
    "Zet het hele instrumentarium in",
    "Communiceer vanuit het toekomstperspectief",
    "Denk samen",
    "Vertrouw, maar controleer",
    "Regel je mandaat",
)
MUNICIPALITIES = (
    "Almelo",
    "Borne",
    "Dinkelland",
    "Enschede",
    "Haaksbergen",
    "Hellendoorn",
    "Hengelo",
    "Hof van Twente",
    "Losser",
    "Oldenzaal",
    "Rijssen-Holten",
    "Tubbergen",
    "Twenterand",
    "Súdwest-Fryslân",
)
POINTS = ("Helemaal oneens", "Oneens", "Neutraal", "Eens", "Helemaal eens")
SECRET = 3.217
"""The number behind every hidden cell: it must not appear anywhere, however it is written."""


def _cells(place: int) -> Sequence[Cell]:
    hidden = {2: "small", 8: "small"}.get(place, "")
    if hidden:
        return tuple(Cell.of(SECRET, hidden) for _ in HABITS)
    cells = [Cell.of(1.6 + (place * 7 + number * 5) % 30 / 10) for number in range(len(HABITS))]
    if place == 12:
        cells[3] = Cell.of(SECRET, "linked")
        cells[5] = Cell.of(float("nan"))
    return tuple(cells)


def heatmap(language: str = "nl") -> Heatmap:
    """Fourteen municipalities by seven habits, two of them hidden, one with a linked and a missing cell."""
    return Heatmap(
        title="Score per gewoonte en gemeente",
        language=language,
        row_title="Gemeente",
        columns=tuple(Column(code=str(number), label=label) for number, label in enumerate(HABITS, 1)),
        rows=tuple(
            HeatmapRow(label=name, cells=tuple(_cells(place)), n=None if place in {2, 8} else 5 + place)
            for place, name in enumerate(MUNICIPALITIES)
        ),
        summary=HeatmapRow(label="Regio (14)", cells=tuple(Cell.of(2.5 + n / 5) for n in range(7)), n=118),
        lowest_label="helemaal oneens",
        highest_label="helemaal eens",
        note="Meting 1, gesloten op 14 maart 2026.",
    )


def bars(language: str = "nl") -> DivergingBars:
    """Few answers, none at all, and two hidden rows."""
    return DivergingBars(
        title="Maak je huiswerk: antwoorden per stelling",
        language=language,
        points=POINTS,
        statements=(
            Statement(
                label="Voor de start was helder welke problemen de inkoop moest oplossen.",
                counts=(1, 2, 3, 4, 2),
                dont_know=3,
                not_applicable=1,
            ),
            Statement(
                label="Cijfers over zorggebruik, kosten en wachttijden waren betrouwbaar en op tijd beschikbaar.",
                counts=(0, 0, 0, 0, 5),
                dont_know=0,
                not_applicable=12,
            ),
            Statement(label="Niemand gaf antwoord.", counts=(0, 0, 0, 0, 0), dont_know=2, not_applicable=0),
            Statement(label="Te weinig antwoorden.", hidden="small"),
            Statement(label="Elders uit af te leiden.", hidden="linked"),
        ),
    )


def dumbbell(language: str = "nl") -> Dumbbell:
    """A gap each way, none, the ends of the scale, and hidden means."""
    ends = [(3.9, 3.4), (3.2, 3.21), (1.0, 5.0), (4.95, 4.2), (2.1, 3.3)]
    return Dumbbell(
        title="Bestuurders en ambtenaren",
        language=language,
        row_title="Gewoonte",
        first="Bestuurders",
        second="Ambtenaren",
        pairs=(
            *(
                Pair(label=label, first=Cell.of(a), second=Cell.of(b), n_first=31, n_second=84)
                for label, (a, b) in zip(HABITS, ends, strict=False)
            ),
            Pair(label=HABITS[5], first=Cell.of(SECRET, "small"), second=Cell.of(2.2)),
            Pair(label=HABITS[6], first=Cell.of(SECRET, "linked"), second=Cell.of(None)),
        ),
    )


def dot_plot(language: str = "nl") -> DotPlot:
    """Below, above and level with the region, with and without a band, and hidden."""
    own = [3.9, 3.2, 1.0, 5.0, 3.4]
    return DotPlot(
        title="Almelo naast de regio",
        language=language,
        row_title="Gewoonte",
        own="Almelo",
        region="Twente",
        rows=(
            *(
                DotRow(label=label, own=Cell.of(value), region=Cell.of(3.2), band=(2.4, 4.1))
                for label, value in zip(HABITS, own, strict=False)
            ),
            DotRow(label=HABITS[5], own=Cell.of(SECRET, "small"), region=Cell.of(3.9)),
            DotRow(label=HABITS[6], own=Cell.of(2.9), region=Cell.of(SECRET, "linked")),
        ),
    )


def importance(language: str = "nl") -> Importance:
    """Points on one another, at the ends of the scales, and hidden."""
    places = [(2.4, 4.6), (2.45, 4.58), (3.9, 4.4), (3.1, 3.3), (1.0, 5.0)]
    return Importance(
        title="Belang en score per gewoonte",
        language=language,
        row_title="Gewoonte",
        points=(
            *(
                Point(label=label, score=Cell.of(score), importance=Cell.of(matters), n=118)
                for label, (score, matters) in zip(HABITS, places, strict=False)
            ),
            Point(label=HABITS[5], score=Cell.of(SECRET, "small"), importance=Cell.of(4.1)),
            Point(label=HABITS[6], score=Cell.of(3.3), importance=Cell.of(SECRET, "linked")),
        ),
    )


def waves(language: str = "nl") -> Waves:
    """Up, down, the same, with bounds, with a break, converted, and hidden."""
    ends = [(2.9, 3.4), (3.8, 3.0), (3.2, 3.2)]
    return Waves(
        title="Twee metingen",
        language=language,
        row_title="Gewoonte",
        first="2024",
        second="2026",
        rows=(
            *(
                WaveRow(
                    label=label,
                    first=Cell.of(first),
                    second=Cell.of(second),
                    first_bounds=(first - 0.4, first + 0.5),
                    second_bounds=(second - 0.3, second + 0.2),
                    change_bounds=(-0.46, 1.23),
                    n_first=9,
                    n_second=11,
                )
                for label, (first, second) in zip(HABITS, ends, strict=False)
            ),
            WaveRow(label=HABITS[3], first=Cell.of(1.0), second=Cell.of(5.0), trend="broken"),
            WaveRow(label=HABITS[4], first=Cell.of(2.0), second=Cell.of(3.5), trend="rescaled"),
            WaveRow(label=HABITS[5], first=Cell.of(SECRET, "small"), second=Cell.of(2.2)),
            WaveRow(label=HABITS[6], first=Cell.of(4.4), second=Cell.of(SECRET, "linked")),
        ),
    )


def choice_bars(language: str = "nl") -> ChoiceBars:
    """Chosen by many, by nobody, and hidden."""
    return ChoiceBars(
        title="Met wie werkt u samen?",
        language=language,
        n=30,
        several=True,
        options=(
            Option(label="Buurgemeenten", count=24),
            Option(label="Aanbieders van jeugdhulp met verblijf en van gezinshuizen", count=12),
            Option(label="Niemand", count=0),
            Option(label="Iemand anders", hidden="small"),
            Option(label="Iemand van wie het uit de rest zou volgen", hidden="linked"),
        ),
    )


def points_bars(language: str = "nl") -> PointsBars:
    """Most, none and hidden."""
    return PointsBars(
        title="Waar zou u honderd punten aan geven?",
        language=language,
        total=100,
        n=12,
        options=(
            Divided(label="Preventie", mean=Cell.of(45.25)),
            Divided(label="Toegang", mean=Cell.of(0.0)),
            Divided(label="Verantwoording", mean=Cell.of(SECRET, "small")),
            Divided(label="Iets anders", mean=Cell.of(SECRET, "linked")),
        ),
    )


def ranking(language: str = "nl") -> Ranking:
    """With places, in part hidden."""
    return Ranking(
        title="Wat gaat voor?",
        language=language,
        places=4,
        n=12,
        options=(
            Ranked(label="Preventie", mean=Cell.of(1.5), places=(8, 2, 2, 0)),
            Ranked(label="Toegang", mean=Cell.of(2.5), places=(2, 4, 4, 2)),
            Ranked(label="Verantwoording", mean=Cell.of(SECRET, "small")),
            Ranked(label="Iets anders", mean=Cell.of(SECRET, "linked")),
        ),
    )


def mean_places(language: str = "nl") -> Ranking:
    """The same without places."""
    figure = ranking(language)
    options = tuple(option.model_copy(update={"places": ()}) for option in figure.options)
    return figure.model_copy(update={"options": options})


def marks(language: str = "nl") -> Marks:
    """A mark out of ten, most of them sevens."""
    return Marks(
        title="Welk cijfer geeft u de samenwerking?",
        language=language,
        counts=(0, 0, 1, 0, 2, 4, 9, 5, 1, 0),
        mean=Cell.of(6.86),
        n=22,
    )


def hidden_marks(language: str = "nl") -> Marks:
    """Too few for a mean, let alone for bars."""
    return Marks(title="Welk cijfer geeft u?", language=language, hidden="small", mean=Cell.of(SECRET, "small"))


def response(language: str = "nl") -> Response:
    """Everybody, nobody, an open link, and hidden."""
    return Response(
        title="Wie gaf antwoord?",
        language=language,
        row_title="Gemeente",
        rows=(
            *(ResponseRow(label=name, responded=place % 9, invited=9) for place, name in enumerate(MUNICIPALITIES, 1)),
            ResponseRow(label="Inwoners", responded=214),
            ResponseRow(label="Raadsleden", hidden="small"),
        ),
        summary=ResponseRow(label="Samen", responded=61, invited=126),
    )


def tile_map(language: str = "nl") -> TileMap:
    """Fourteen municipalities and a body without a place."""
    return TileMap(
        title="Maak je huiswerk in de regio",
        language=language,
        row_title="Gemeente",
        subject="Maak je huiswerk",
        tiles=(
            *(
                Tile(label=name, cell=_cells(place)[0], place=(place % 5, place // 5))
                for place, name in enumerate(MUNICIPALITIES)
            ),
            Tile(label="OZJT/Samen14", cell=Cell.of(SECRET, "linked")),
        ),
        lowest_label="helemaal oneens",
        highest_label="helemaal eens",
    )


def boundary_map(language: str = "nl") -> BoundaryMap:
    """Three areas, one with a hole and an island, and one that was not on the map."""
    return BoundaryMap(
        title="Maak je huiswerk op de kaart",
        language=language,
        row_title="Gemeente",
        width=900,
        height=600,
        areas=(
            Area(
                label="Almelo",
                cell=Cell.of(2.4),
                rings=(
                    ((0, 0), (450, 0), (450, 600), (0, 600)),
                    ((100, 100), (200, 100), (200, 200), (100, 200)),
                ),
            ),
            Area(label="Borne", cell=Cell.of(SECRET, "small"), rings=(((450, 0), (900, 0), (900, 300), (450, 300)),)),
            Area(
                label="Dinkelland",
                cell=Cell.of(4.6),
                rings=(((450, 300), (890, 300), (450, 600)), ((100, 100), (200, 100), (200, 200), (100, 200))),
            ),
            Area(label="Elders", cell=Cell.of(SECRET, "linked")),
        ),
    )


def every_figure(language: str = "nl") -> tuple[AnyFigure, ...]:
    """One of each kind, and of some two."""
    made = (heatmap, bars, dumbbell, dot_plot, importance, waves, choice_bars, points_bars, ranking, mean_places)
    return tuple(make(language) for make in (*made, marks, hidden_marks, response, tile_map, boundary_map))
