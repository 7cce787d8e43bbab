"""Ranks of practices, from draws."""

import numpy as np
import pytest

from surveyapp.analysis.ranks import ranks, side
from surveyapp.analysis.shrinkage import shrink

SIX = shrink(np.array([5, 3, 6, 2, 4, 2]), np.array([2.850, 3.750, 3.125, 4.125, 3.125, 2.125]), 0.08086)


def test_the_expected_ranks_of_the_six_organisations() -> None:
    assert ranks(SIX).expected == pytest.approx([4.86, 1.90, 3.56, 1.11, 3.57, 6.00], abs=0.03)


def test_organisations_in_the_middle_have_ranks_that_overlap() -> None:
    found = ranks(SIX)
    assert (found.lower[2], found.upper[2]) == (found.lower[4], found.upper[4]) == (3, 5)
    assert (found.lower[5], found.upper[5]) == (6, 6)


def test_without_differences_there_are_no_ranks() -> None:
    same = ranks(shrink(np.array([4, 4, 4]), np.array([3.0, 3.1, 2.9]), 1.0))
    assert np.isnan([same.expected, same.lower, same.upper]).all()


def test_a_single_organisation_and_none_have_no_rank() -> None:
    assert np.isnan(ranks(shrink(np.array([5]), np.array([3.0]), 0.5)).expected).all()
    assert ranks(shrink(np.array([], int), np.array([]), float("nan"))).expected.size == 0


def test_practices_that_are_known_have_their_rank_for_sure() -> None:
    found = ranks(shrink(np.array([2, 3, 2]), np.array([2.0, 3.0, 4.0]), 0.0))
    assert found.expected.tolist() == found.lower.tolist() == found.upper.tolist() == [3, 2, 1]


def test_the_ranks_of_all_add_up_and_are_the_same_every_time() -> None:
    random = np.random.default_rng(3)
    many = shrink(random.integers(2, 9, 342), random.normal(3, 1, 342), 0.7)
    found = ranks(many, draws=2_000)
    assert found.expected.sum() == pytest.approx(342 * 343 / 2)
    assert (found.lower <= found.expected).all()
    assert (found.expected <= found.upper).all()
    assert ranks(many, draws=2_000).expected.tolist() == found.expected.tolist()


@pytest.mark.parametrize(
    ("p_below", "word"), [(0.95, "below"), (0.94, "indistinguishable"), (0.68, "indistinguishable"), (0.05, "above")]
)
def test_only_what_is_sure_is_called_below_or_above(p_below: float, word: str) -> None:
    assert side(p_below) == word


def test_where_nothing_is_known_there_is_no_word() -> None:
    assert side(float("nan")) is None
