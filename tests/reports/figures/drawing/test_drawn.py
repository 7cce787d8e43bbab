"""A drawn figure is legible, keeps its secrets and is the same every time."""

import io
import re
from itertools import combinations
from math import hypot
from pathlib import Path
from typing import get_args
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure as Sheet
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.text import Text
from PIL import Image

from surveyapp.reports.figures.drawing import drawn
from surveyapp.reports.figures.drawing.drawn import draw, png, svg
from surveyapp.reports.figures.specification import AnyFigure, Cell, Heatmap, HeatmapRow, Tile
from tests.reports.figures import extremes
from tests.reports.figures.examples import SECRET, bars, dot_plot, dumbbell, every_figure, heatmap, importance, tile_map

BUILT = Path(__file__).parents[4] / "surveyapp" / "web" / "static" / "built"
SVG = "{http://www.w3.org/2000/svg}"
EVERY_DRAWING = pytest.mark.parametrize(
    "figure",
    [layout for figure in every_figure() for layout in (figure, figure.narrow())],
    ids=lambda figure: f"{figure.figure}-{figure.layout}",
)
EVERY_FONT = pytest.mark.parametrize("fonts", [None, BUILT], ids=["spare", "shipped"])


def texts(sheet: Sheet) -> list[str]:
    """Every piece of text on the sheet, in the order it was written."""
    return [artist.get_text() for artist in _written(sheet)]


def _written(sheet: Sheet) -> list[Text]:
    return [artist for artist in sheet.get_children() if isinstance(artist, Text) and artist.get_text()]


def _boxes(sheet: Sheet) -> list[tuple[str, tuple[float, float, float, float]]]:
    """Each text with its left, lower, right and upper edge."""
    renderer = FigureCanvasAgg(sheet).get_renderer()  # type: ignore[no-untyped-call]
    boxes = [(artist.get_text(), artist.get_window_extent(renderer)) for artist in _written(sheet)]
    return [(text, (float(box.x0), float(box.y0), float(box.x1), float(box.y1))) for text, box in boxes]


def assert_legible(sheet: Sheet) -> None:
    """No text is cut off, and no two texts overlap."""
    width, height = sheet.get_size_inches() * 72
    boxes = _boxes(sheet)
    outside = [text for text, (x0, y0, x1, y1) in boxes if x0 < 0 or y0 < 0 or x1 > width or y1 > height]
    assert outside == []
    overlapping = [
        (one, other)
        for (one, first), (other, second) in combinations(boxes, 2)
        if min(first[2], second[2]) - max(first[0], second[0]) > 1
        and min(first[3], second[3]) - max(first[1], second[1]) > 2
    ]
    assert overlapping == []


@EVERY_FONT
@EVERY_DRAWING
def test_no_text_is_cut_off_and_no_two_texts_overlap(figure: AnyFigure, fonts: Path | None) -> None:
    assert_legible(draw(figure, fonts))


@pytest.mark.parametrize("count", [1, 3, 12], ids=["one", "hidden", "twelve"])
@pytest.mark.parametrize("narrow", [False, True], ids=["wide", "narrow"])
def test_names_of_sixty_letters_and_figures_of_one_row_stay_legible(count: int, *, narrow: bool) -> None:
    for figure in extremes.figures(count, everything_hidden=count == 3):
        assert_legible(draw(figure.narrow() if narrow else figure, BUILT))


def test_of_hundreds_of_rows_the_first_sixty_are_drawn_and_the_figure_says_so() -> None:
    figure = next(each for each in extremes.figures(342, named=False) if isinstance(each, Heatmap))
    written = texts(draw(figure.narrow(), BUILT))
    assert "60" not in written
    assert "59" in written
    assert any(text.startswith("Volgorde: wie op elkaar lijkt") for text in written)
    assert "Getekend zijn de eerste 60 van 342" in " ".join(written)
    assert len(figure.table().rows) == 343


def test_a_map_draws_all_of_hundreds_of_organisations() -> None:
    for figure in extremes.figures(342, named=False)[-2:]:
        assert_legible(draw(figure, BUILT))


@EVERY_DRAWING
def test_a_narrow_figure_is_no_wider_than_a_telephone_and_its_letters_are_large_enough(figure: AnyFigure) -> None:
    sheet = draw(figure)
    width = sheet.get_size_inches()[0] * 72
    if figure.layout == "narrow":
        assert width <= 344
    sizes = [float(artist.get_fontsize()) for artist in _written(sheet)]
    assert min(sizes) / width * 328 >= 10 if figure.layout == "narrow" else min(sizes) >= 12


@EVERY_DRAWING
def test_the_same_figure_gives_the_same_bytes(figure: AnyFigure) -> None:
    assert svg(figure).content == svg(figure).content


@EVERY_DRAWING
def test_the_drawing_has_a_title_a_description_and_a_size(figure: AnyFigure) -> None:
    root = ET.fromstring(svg(figure).content)  # noqa: S314  our own drawing
    assert root.findtext(f"{SVG}title") == figure.title
    assert root.findtext(f"{SVG}desc") == figure.alternative_text()
    assert root.get("role") == "img"
    assert root.get("viewBox") == f"0 0 {root.get('width')} {root.get('height')}"


@EVERY_DRAWING
def test_the_drawing_carries_no_hidden_number_no_date_and_no_text_that_needs_a_font(figure: AnyFigure) -> None:
    drawing = svg(figure).content.decode()
    words = re.sub(r' (d|points|transform|x|y|width|height|viewBox|style|points)="[^"]*"', "", drawing)
    for written in (str(SECRET), "3,217", "3,22", "3.22"):
        assert written not in words
    assert str(SECRET) not in drawing
    assert "<dc:date>" not in drawing
    assert "<text" not in drawing


def test_every_cell_of_the_heatmap_has_its_number_with_a_comma() -> None:
    written = texts(draw(heatmap()))
    numbers = [text for text in written if len(text) == 3 and text[1] == ","]
    assert len(numbers) == 12 * 7 - 2 + 7
    assert written.count("n<5") == 2 * 7
    assert written.count("<5") == 2


def test_numbers_in_cells_contrast_with_their_colour() -> None:
    """See also ``test_colour``: here that the cells really use it."""
    dark = heatmap().rows[0].cells[:1]
    figure = Heatmap(
        title="x",
        row_title="x",
        columns=heatmap().columns[:1],
        rows=(HeatmapRow(label="a", cells=dark, n=9),),
    )
    colours = {artist.get_text(): artist.get_color() for artist in _written(draw(figure))}
    assert colours["1,6"] == "#000000"


def test_a_narrow_heatmap_explains_its_codes() -> None:
    written = texts(draw(heatmap().narrow()))
    assert "Communiceer vanuit het toekomstperspectief" in written
    assert written.count("4") == 3  # the code in the legend, at its column, and the scale


def test_codes_that_mean_themselves_are_not_explained() -> None:
    first, *others = heatmap().columns
    columns = (first, *(column.model_copy(update={"label": column.code}) for column in others))
    written = texts(draw(heatmap().model_copy(update={"columns": columns}).narrow()))
    assert first.label in written
    assert written.count(others[-1].code) == 1  # at its column


def test_hidden_cells_are_explained_only_where_there_are_any() -> None:
    assert "verborgen: minder dan 5 antwoorden" in texts(draw(heatmap()))
    open_rows = tuple(row for row in heatmap().rows if row.n is not None)[:3]
    figure = heatmap().model_copy(update={"rows": open_rows})
    assert not any(text.startswith("verborgen") for text in texts(draw(figure)))


def test_the_two_roles_have_two_colours_and_two_shapes() -> None:
    sheet = draw(dumbbell())
    lines = [artist for artist in sheet.get_children() if isinstance(artist, Line2D)]
    marks = {(str(line.get_markerfacecolor()), str(line.get_marker())) for line in lines if line.get_marker() != "None"}
    assert marks == {("#0072B2", "o"), ("#D55E00", "D")}


def test_a_role_of_which_nothing_is_shown_is_not_in_the_legend() -> None:
    pairs = tuple(pair.model_copy(update={"first": Cell.of(None, "small")}) for pair in dumbbell().pairs)
    plain = [pair.model_copy(update={"gap": None}) for pair in pairs]
    written = texts(draw(dumbbell().model_copy(update={"pairs": tuple(plain)})))
    assert "Ambtenaren" in written
    assert "Bestuurders" not in written


def test_a_tile_without_a_score_has_an_outline_and_a_coloured_one_has_none() -> None:
    def outlined(cell: Cell) -> bool:
        tiles = (Tile(label="Almelo", cell=cell, place=(0, 0)),)
        sheet = draw(tile_map().model_copy(update={"tiles": tiles}))
        boxes = [artist for artist in sheet.get_children() if isinstance(artist, Rectangle)]
        return any(box.get_linewidth() and not box.get_hatch() for box in boxes)

    assert outlined(Cell.of(None))
    assert not outlined(Cell.of(3.2))


def test_a_letter_that_the_shipped_font_lacks_is_drawn_all_the_same() -> None:
    figure = heatmap().model_copy(update={"title": "Ελλάδα και Бългaрия"})
    assert svg(figure, BUILT).content


def test_a_figure_without_rows_is_drawn_too() -> None:
    empty: tuple[AnyFigure, ...] = (
        heatmap().model_copy(update={"rows": (), "summary": None}),
        Heatmap(title="Leeg", row_title="Gemeente", columns=(), rows=()),
        bars().model_copy(update={"statements": ()}),
        dumbbell().model_copy(update={"pairs": ()}),
        dot_plot().model_copy(update={"rows": ()}),
    )
    for figure in empty:
        for layout in (figure, figure.narrow()):
            assert figure.title in " ".join(texts(draw(layout)))


def test_a_picture_is_a_png_of_the_size_asked_for() -> None:
    picture = png(dot_plot(), scale=1)
    assert picture.media_type == "image/png"
    assert picture.name == "almelo-naast-de-regio.png"
    assert int.from_bytes(picture.content[16:20]) == 960


def test_a_picture_carries_words_about_it_and_no_hidden_number() -> None:
    for figure in every_figure():
        with Image.open(io.BytesIO(png(figure, scale=0.5).content)) as picture:
            words = {key: value for key, value in picture.info.items() if isinstance(value, str)}
        assert set(words) == {"Title", "Description"}
        assert words["Title"] == figure.title
        assert not any(written in str(words) for written in (str(SECRET), "3,217", "3,22", "3.22"))


def test_a_picture_of_a_huge_figure_has_fewer_pixels(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawn, "_MOST_PIXELS", 100_000)
    with Image.open(io.BytesIO(png(heatmap()).content)) as picture:
        assert 90_000 < picture.width * picture.height < 101_000


def test_points_that_would_hide_one_another_get_their_numbers_beside_them() -> None:
    figure = importance().model_copy(update={"points": importance().points[:3], "lines": "middle"})
    marks = [artist for artist in draw(figure).get_children() if isinstance(artist, Line2D)]
    dots = [mark for mark in marks if mark.get_marker() == "o" and mark.get_markersize() < 10]
    balloons = [mark for mark in marks if mark.get_marker() == "o" and mark.get_markersize() >= 10]
    assert len(dots) == 2
    middles = [np.asarray(mark.get_xydata(), float)[0].tolist() for mark in balloons]
    apart = [hypot(x - a, y - b) for (x, y), (a, b) in combinations(middles, 2)]
    assert min(apart) >= 24


def test_bars_begin_on_both_sides_of_the_middle_or_all_at_the_left() -> None:
    def left_ends(sheet: Sheet) -> set[float]:
        boxes = [artist for artist in sheet.get_children() if isinstance(artist, Rectangle)]
        bars = [box for box in boxes if box.get_height() == 22 and not box.get_hatch()]
        rows = {box.get_y() for box in bars}
        return {round(min(box.get_x() for box in bars if box.get_y() == y)) for y in rows}

    assert len(left_ends(draw(bars()))) == 2
    assert len(left_ends(draw(bars().model_copy(update={"stacked": True})))) == 1


def test_every_kind_of_figure_can_be_drawn() -> None:
    kinds = {kind.model_fields["figure"].default for kind in get_args(AnyFigure)}
    assert {figure.figure for figure in every_figure()} == kinds
