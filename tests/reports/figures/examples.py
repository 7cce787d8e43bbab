"""One figure of each kind, as large and as awkward as they come."""

from collections.abc import Sequence

from surveyapp.reports.figures.specification import (
    Cell,
    Column,
    DivergingBars,
    DotPlot,
    DotRow,
    Dumbbell,
    Heatmap,
    HeatmapRow,
    Pair,
    Statement,
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
