"""Two waves are compared where the question stayed, and never beside a hidden mean."""

import pytest
from pydantic import ValidationError

from surveyapp.reports.figures.specification import Cell, WaveRow, Waves
from tests.reports.figures.examples import waves

HIDDEN, KNOWN = Cell(hidden="small"), Cell.of(3.0)


def test_a_change_is_second_minus_first_unless_it_was_computed_otherwise() -> None:
    row = WaveRow(label="x", first=Cell.of(2.0), second=KNOWN)
    figure = Waves(title="x", row_title="x", first="2024", second="2026", rows=(row,))
    assert figure.change_text(row) == "+1,0"
    assert figure.change_text(row.model_copy(update={"change": 0.4})) == "+0,4"


def test_nothing_is_compared_where_the_question_changed() -> None:
    row = waves().rows[3]
    assert row.difference is None
    assert waves().table().rows[3][-3:] == ("–", "–", "nee, de vraag is veranderd")
    assert "Niet te vergelijken door een veranderde vraag: 1." in waves().alternative_text()


@pytest.mark.parametrize(
    "wrong",
    [
        {"first": HIDDEN, "second": KNOWN, "change": 0.4},
        {"first": HIDDEN, "second": KNOWN, "change_bounds": (0.1, 0.2)},
        {"first": HIDDEN, "second": KNOWN, "first_bounds": (1.0, 2.0)},
        {"first": KNOWN, "second": HIDDEN, "second_bounds": (1.0, 2.0)},
        {"first": KNOWN, "second": KNOWN, "change": 0.4, "trend": "broken"},
    ],
    ids=["change", "bounds of the change", "first bounds", "second bounds", "break"],
)
def test_a_change_or_bounds_beside_a_hidden_mean_or_over_a_break_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError, match="hidden or not comparable"):
        WaveRow.model_validate({"label": "x", **wrong})


def test_bounds_that_end_before_they_begin_are_refused() -> None:
    with pytest.raises(ValidationError, match="before they begin"):
        WaveRow(label="x", first=KNOWN, second=KNOWN, change_bounds=(0.2, 0.1))


def test_the_message_is_the_largest_rise_and_fall() -> None:
    text = waves().alternative_text()
    assert "Meest gestegen: Denk samen (2,0 naar 3,5, +1,5)." in text
    assert "Meest gedaald: Kies pragmatische doelen (3,8 naar 3,0, −0,8)." in text
    assert text.endswith("2 cijfers zijn verborgen.")


def test_without_any_change_it_says_so() -> None:
    same = waves().rows[2]
    assert "Er is niets veranderd." in waves().model_copy(update={"rows": (same,)}).alternative_text()
    hidden = waves().rows[5]
    assert "Er is geen verandering te tonen." in waves().model_copy(update={"rows": (hidden,)}).alternative_text()


def test_the_table_has_bounds_and_counts_of_both_waves() -> None:
    table = waves().table()
    assert table.header == (
        "Gewoonte",
        *("2024", "n 2024", "grenzen 2024"),
        *("2026", "n 2026", "grenzen 2026"),
        *("verandering", "grenzen van de verandering", "vergelijkbaar"),
    )
    assert table.rows[0][1:] == (
        *("2,90", "9", "2,50 tot 3,40", "3,40", "11", "3,10 tot 3,60"),
        *("+0,50", "−0,46 tot +1,23", "ja"),
    )
