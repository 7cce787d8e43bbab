"""Areas fit on their sheet, keep what they share, and have no more corners than can be seen."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from surveyapp.reports.figures.boundaries import Boundaries, parse
from surveyapp.reports.figures.boundary_sheet import LONGEST, Ring, on_sheet
from tests.reports.figures.boundary_files import CODES, region

WEST = ((0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0))
EAST = ((10.0, 0.0), (20.0, 0.0), (20.0, 10.0), (10.0, 10.0))


def edges(ring: Ring) -> set[frozenset[tuple[int, int]]]:
    return {frozenset(pair) for pair in pairwise([*ring, ring[0]])}


def test_north_is_up_and_the_longer_side_fills_the_sheet() -> None:
    sheet = on_sheet(Boundaries({"GM0001": (WEST,), "GM0002": (EAST,)}, degrees=False), ["GM0001", "GM0002"])
    assert (sheet.width, sheet.height) == (LONGEST, LONGEST // 2)
    assert set(sheet.rings["GM0001"][0]) == {(0, 0), (0, 1000), (1000, 0), (1000, 1000)}
    assert min(x for x, _ in sheet.rings["GM0002"][0]) == 1000


def test_a_degree_to_the_east_is_shorter_than_one_to_the_north() -> None:
    square = ((6.0, 52.0), (7.0, 52.0), (7.0, 53.0), (6.0, 53.0))
    sheet = on_sheet(Boundaries({"GM0001": (square,)}, degrees=True), ["GM0001"])
    assert sheet.height == LONGEST
    assert abs(sheet.width / sheet.height - 0.6088) < 0.001  # cos(52.5°)


def test_neighbours_keep_one_border_and_lose_most_of_its_corners() -> None:
    read = parse(region())
    sheet = on_sheet(read, CODES)
    west, east = (edges(sheet.rings[code][0]) for code in CODES[:2])
    assert west & east
    corners = sum(len(ring) for rings in sheet.rings.values() for ring in rings)
    assert corners < 0.8 * sum(len(ring) for rings in read.rings.values() for ring in rings)
    inner = [edge for code in CODES for edge in edges(sheet.rings[code][0])]
    once = [edge for edge in inner if inner.count(edge) == 1]
    assert all(min(min(x, sheet.width - x, y, sheet.height - y) for x, y in edge) < 60 for edge in once)


def test_only_the_organisations_of_the_study_are_on_the_sheet() -> None:
    read = parse(region())
    assert set(on_sheet(read, ["GM0141", "GM9999"]).rings) == {"GM0141"}
    assert on_sheet(read, ["ozjt"]).rings == {}


def test_an_area_too_small_to_see_is_a_speck() -> None:
    speck = ((0.0, 0.0), (0.001, 0.0), (0.001, 0.001))
    sheet = on_sheet(Boundaries({"GM0001": (EAST,), "GM0002": (speck,)}, degrees=False), ["GM0001", "GM0002"])
    assert len(sheet.rings["GM0002"]) == 1
    assert len(sheet.rings["GM0002"][0]) == 4


COORDINATES = st.tuples(st.floats(-1e6, 1e6, width=32), st.floats(-1e6, 1e6, width=32))


@given(st.lists(st.lists(COORDINATES, min_size=3, max_size=12).map(tuple), min_size=1, max_size=3).map(tuple))
def test_whatever_the_boundaries_every_corner_is_on_the_sheet(
    rings: tuple[tuple[tuple[float, float], ...], ...],
) -> None:
    sheet = on_sheet(Boundaries({"GM0001": rings}, degrees=False), ["GM0001"])
    assert sheet.rings["GM0001"]
    for ring in sheet.rings["GM0001"]:
        assert len(ring) >= 3
        assert all(0 <= x <= sheet.width and 0 <= y <= sheet.height for x, y in ring)
