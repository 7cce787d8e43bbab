"""The response is told per organisation, and a small one is not told."""

import pytest
from pydantic import ValidationError

from surveyapp.reports.figures.specification import Response, ResponseRow
from tests.reports.figures.examples import response


def test_a_response_is_a_count_of_the_invited_with_its_share() -> None:
    figure = response()
    assert [figure.row_text(row) for row in figure.rows[-4:]] == ["4 van 9 (44%)", "5 van 9 (56%)", "214", "<5"]
    assert figure.table().rows[0] == ("Almelo", "9", "1", "11%")
    assert figure.table().rows[14] == ("Inwoners", "–", "214", "–")


def test_the_whole_and_the_lowest_response_are_told() -> None:
    text = response().alternative_text()
    assert "Samen: 61 van 126 (48%). Laagste respons: Losser, 0 van 9 (0%). 1 cijfer is verborgen." in text


def test_nobody_invited_gives_no_share_and_more_than_everybody_is_everybody() -> None:
    assert ResponseRow(label="x", responded=0, invited=0).share is None
    assert ResponseRow(label="x", responded=12, invited=9).share == 1.0


def test_a_row_has_a_response_or_a_reason() -> None:
    with pytest.raises(ValidationError, match="either a response or a reason"):
        ResponseRow(label="x", invited=4)


def test_where_all_is_hidden_it_says_so() -> None:
    figure = Response(title="x", row_title="Gemeente", rows=(ResponseRow(label="x", hidden="small"),))
    assert "Er zijn geen cijfers om te tonen." in figure.alternative_text()
