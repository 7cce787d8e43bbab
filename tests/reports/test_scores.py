"""Looking up numbers that may be hidden."""

import pandas as pd
import pytest

from surveyapp.reports.scores import Scores

NAN = float("nan")
COLUMNS = ["level", "key", "organisation", "role", "responded", "n", "mean", "equal"]
ROWS = [
    ("theme", "g1", "GM0141", "all", 9.0, 8.0, 3.25, NAN),
    ("theme", "g1", "GM0147", "all", NAN, NAN, NAN, NAN),
    ("theme", "g1", "GM0153", "all", NAN, NAN, NAN, NAN),
    ("theme", "g1", "all", "all", 20.0, 19.0, 3.5, NAN),
    ("theme", "g2", "all", "all", 20.0, 19.0, 3.5, 3.4),
]


@pytest.fixture
def scores() -> Scores:
    frame = pd.DataFrame(ROWS, columns=COLUMNS)
    return Scores(frame.assign(suppressed=["", "small", "linked", "", ""]))


def test_of_an_organisation_the_headline_is_the_mean_and_of_the_region_each_organisation_counts_once(
    scores: Scores,
) -> None:
    assert scores.cell("theme", "g1", "GM0141").value == 3.25
    assert scores.cell("theme", "g2", "all").value == 3.4


def test_what_is_hidden_says_why(scores: Scores) -> None:
    assert scores.cell("theme", "g1", "GM0147").hidden == "small"
    assert scores.cell("theme", "g1", "GM0153").hidden == "linked"


def test_where_only_the_mean_of_the_region_passed_the_gate_its_headline_is_hidden(scores: Scores) -> None:
    assert scores.cell("theme", "g1", "all").hidden == "linked"


def test_what_is_not_in_the_frame_is_absent_and_not_hidden(scores: Scores) -> None:
    assert scores.cell("theme", "g9", "GM0141").hidden == "none"
    assert scores.number("mean", "theme", "g9", "GM0141") is None


def test_how_many_answered_is_said_only_where_it_may_be(scores: Scores) -> None:
    assert scores.people(("g1",), "GM0141") == 9
    assert scores.people(("g1",), "GM0147") is None
    assert scores.people(("g1",), "GM9999") == 0
