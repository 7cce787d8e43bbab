"""Numbers are written as readers write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.reports.numbers import decimal, percentage, signed


@pytest.mark.parametrize(
    ("value", "language", "places", "written"),
    [
        (3.25, "nl", 1, "3,3"),
        (3.25, "en", 1, "3.3"),
        (3.449, "nl", 1, "3,4"),
        (2.675, "nl", 2, "2,68"),
        (-0.04, "nl", 1, "0,0"),
        (-1.25, "nl", 1, "−1,3"),
        (2.5, "nl", 0, "3"),
        (1234.5, "nl", 1, "1234,5"),
    ],
)
def test_halves_go_away_from_zero_and_dutch_has_a_comma(value: float, language: str, places: int, written: str) -> None:
    assert decimal(value, language, places) == written


@pytest.mark.parametrize(("value", "written"), [(0.8, "+0,8"), (-0.8, "−0,8"), (0.04, "0,0"), (-0.04, "0,0")])
def test_a_difference_has_a_sign_unless_it_is_nothing(value: float, written: str) -> None:
    assert signed(value, "nl") == written


def test_a_share_becomes_whole_percents() -> None:
    assert percentage(0.625, "nl") == "63%"


@given(st.floats(-100, 100), st.integers(0, 4))
def test_what_is_written_is_within_half_a_unit_of_the_value(value: float, places: int) -> None:
    read_back = float(decimal(value, "nl", places).replace(",", ".").replace("−", "-"))
    assert abs(read_back - value) <= 0.5 * 10**-places + 1e-9
