import numpy as np
import pytest

from surveyapp.analysis import agreement
from surveyapp.analysis.divided import agreed_up_to, divided_from, word

NAN = float("nan")


@pytest.mark.parametrize("points", [2, 3, 4, 5, 7, 10])
def test_divided_begins_where_answers_spread_evenly_would_be(points: int) -> None:
    assert divided_from(points) == pytest.approx(float(agreement.deviation_from_median(np.ones(points, int))))
    assert agreed_up_to(points) < divided_from(points)


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ([0, 0, 7, 0, 0], "agreed"),
        ([0, 1, 0, 6, 0], "agreed"),
        ([1, 2, 3, 2, 2], "mixed"),
        ([1, 1, 1, 1, 1], "divided"),
        ([3, 0, 0, 0, 4], "polarised"),
    ],
)
def test_answers_have_a_word(counts: list[int], expected: str) -> None:
    found = np.array(counts)
    deviation, index = float(agreement.deviation_from_median(found)), float(agreement.agreement(found))
    assert word(deviation, index, 5) == expected


def test_the_cut_off_for_five_points_is_five_sixths() -> None:
    assert word(5 / 6, 1, 5) == "agreed"
    assert word(0.84, 1, 5) == "mixed"


def test_without_a_deviation_there_is_no_word() -> None:
    assert word(NAN, NAN, 5) is None
