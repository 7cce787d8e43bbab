"""Marks are counted one by one, and their mean can be told where their spread cannot."""

import pytest
from pydantic import ValidationError

from surveyapp.reports.figures.specification import Cell, Marks
from tests.reports.figures.examples import hidden_marks, marks


def test_the_mean_and_the_mark_given_most_are_told() -> None:
    assert marks().alternative_text() == (
        "Rapportcijfers: Welk cijfer geeft u de samenwerking? 22 mensen gaven antwoord. "
        "Gemiddeld 6,9. Meest gegeven: 7 (9 keer)."
    )
    assert marks().table().rows[6] == ("7", "9")
    assert marks().table().rows[-2:] == (("gemiddelde", "6,86"), ("gaf antwoord", "22"))


def test_a_mean_can_be_told_where_the_spread_is_hidden() -> None:
    figure = Marks(title="x", hidden="small", threshold=10, mean=Cell.of(7.0), n=8)
    assert figure.alternative_text() == (
        "Rapportcijfers: x. 8 mensen gaven antwoord. Gemiddeld 7,0. De verdeling is verborgen."
    )
    assert figure.table().rows[0] == ("1", "verborgen: minder dan 10 antwoorden")


def test_counts_beside_a_hidden_mean_and_counts_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValidationError, match="reveal"):
        Marks(title="x", counts=(1,) * 10, mean=Cell(hidden="small"))
    with pytest.raises(ValidationError, match="3 counts instead of 10"):
        Marks(title="x", counts=(1, 2, 3), mean=Cell.of(2.0))
    with pytest.raises(ValidationError, match="10 counts instead of 0"):
        Marks(title="x", counts=(1,) * 10, hidden="small", mean=Cell.of(2.0))


def test_nothing_is_told_of_too_few() -> None:
    assert "verborgen: minder dan 5 antwoorden" in hidden_marks().alternative_text().lower()
