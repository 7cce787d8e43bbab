"""A map tells the lowest and the highest, and two tiles never share a place."""

import pytest
from pydantic import ValidationError

from surveyapp.reports.figures.specification import Area, BoundaryMap, Cell, Tile, TileMap
from tests.reports.figures.examples import boundary_map, tile_map


def test_both_maps_tell_the_lowest_the_highest_and_what_is_hidden() -> None:
    assert tile_map().alternative_text() == (
        "Kaart: Maak je huiswerk in de regio. 15 organisaties. Laagst: Almelo (1,6). Hoogst: Haaksbergen (4,4). "
        "3 cijfers zijn verborgen."
    )
    assert boundary_map().alternative_text().endswith("Hoogst: Dinkelland (4,6). 2 cijfers zijn verborgen.")
    assert tile_map().table().header == ("Gemeente", "Maak je huiswerk")
    assert boundary_map().table().rows[1] == ("Borne", "verborgen: minder dan 5 antwoorden")


def test_n_is_in_the_table_where_it_is_told() -> None:
    tiles = (Tile(label="a", cell=Cell.of(3.0), n=9), Tile(label="b", cell=Cell(hidden="small")))
    figure = TileMap(title="x", row_title="Gemeente", tiles=tiles)
    assert figure.table().header == ("Gemeente", "score", "n")
    assert [row[-1] for row in figure.table().rows] == ["9", "–"]


def test_two_tiles_in_one_place_are_refused() -> None:
    tiles = tuple(Tile(label=name, cell=Cell.of(3.0), place=(1, 1)) for name in "ab")
    with pytest.raises(ValidationError, match="same place"):
        TileMap(title="x", row_title="Gemeente", tiles=tiles)


def test_an_area_beside_the_sheet_is_refused() -> None:
    area = Area(label="a", cell=Cell.of(3.0), rings=(((0, 0), (11, 0), (5, 5)),))
    with pytest.raises(ValidationError, match="outside the sheet"):
        BoundaryMap(title="x", row_title="Gemeente", areas=(area,), width=10, height=10)
