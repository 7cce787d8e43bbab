"""Words stand inside their area or not at all."""

from hypothesis import given
from hypothesis import strategies as st

from surveyapp.reports.figures.drawing.inside import room_for

SQUARE = [(0.0, 0.0), (100.0, 0.0), (100.0, 100.0), (0.0, 100.0)]


def test_in_a_square_the_middle_is_the_place() -> None:
    assert room_for([SQUARE], 40, 20) == (50.0, 50.0)


def test_what_does_not_fit_has_no_place() -> None:
    assert room_for([SQUARE], 101, 20) is None
    assert room_for([SQUARE], 20, 101) is None


def test_a_hole_is_not_written_over() -> None:
    hole = [(20.0, 20.0), (80.0, 20.0), (80.0, 80.0), (20.0, 80.0)]
    place = room_for([SQUARE, hole], 70, 10)
    assert place is not None
    assert place[1] + 5 <= 20 or place[1] - 5 >= 80


def test_of_two_islands_the_one_with_room_is_taken() -> None:
    small = [(200.0, 40.0), (220.0, 40.0), (220.0, 60.0), (200.0, 60.0)]
    place = room_for([small, SQUARE], 50, 10)
    assert place is not None
    assert place[0] < 100


def test_in_a_bent_area_the_words_stay_in_the_leg() -> None:
    bent = [(0.0, 0.0), (30.0, 0.0), (30.0, 70.0), (100.0, 70.0), (100.0, 100.0), (0.0, 100.0)]
    place = room_for([bent], 60, 20)
    assert place is not None
    assert place[1] >= 80


CORNERS = st.tuples(st.floats(0, 100), st.floats(0, 100))


@given(st.lists(CORNERS, min_size=3, max_size=8), st.floats(1, 60), st.floats(1, 60))
def test_no_border_enters_the_box(ring: list[tuple[float, float]], width: float, height: float) -> None:
    place = room_for([ring], width, height)
    if place is not None:
        left, right = place[0] - width / 2, place[0] + width / 2
        top, bottom = place[1] - height / 2, place[1] + height / 2
        assert not any(left + 1e-6 < x < right - 1e-6 and top + 1e-6 < y < bottom - 1e-6 for x, y in ring)
