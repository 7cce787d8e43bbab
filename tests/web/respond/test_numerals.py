"""Numbers as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.web.respond.numerals import numeral, written
from tests.effort import tries


@pytest.mark.parametrize(
    ("typed", "language", "stored"),
    [
        ("1.234,5", "nl", "1234.5"),
        ("1234,5", "nl", "1234.5"),
        ("1.234", "nl", "1234"),
        (" 12 ", "nl", "12"),
        ("-3,50", "nl", "-3.5"),
        ("0,0", "nl", "0"),
        ("-0", "nl", "0"),
        ("007", "nl", "7"),
        ("1,234.5", "en", "1234.5"),
        ("1.5", "en", "1.5"),
    ],
)
def test_a_number_is_read_as_the_language_of_the_page_writes_it(typed: str, language: str, stored: str) -> None:
    assert numeral(typed, language) == stored


@pytest.mark.parametrize(
    ("typed", "language"),
    [
        ("1,234.5", "nl"),
        ("1.5", "nl"),
        ("1.234,5", "en"),
        ("1,5", "en"),
        ("1,2,3", "nl"),
        ("NaN", "nl"),
        ("1e9", "en"),
        ("1e999999999", "en"),
        ("", "nl"),
        ("-", "nl"),
        (",", "nl"),
        ("twaalf", "nl"),
        ("١٢", "nl"),
        ("9" * 50, "nl"),
    ],
)
def test_what_is_unclear_is_no_number(typed: str, language: str) -> None:
    assert numeral(typed, language) is None


@given(st.decimals(-(10**14), 10**14, places=6), st.sampled_from(("nl", "en")))
@tries(60)
def test_what_is_shown_reads_back(number: object, language: str) -> None:
    stored = numeral(f"{number:f}", "en")
    assert stored is not None
    assert numeral(written(stored, language), language) == stored


def test_a_number_in_a_field_has_no_separators_to_stumble_over() -> None:
    assert written("1234567.5", "nl") == "1234567,5"
