from itertools import product
from statistics import mean

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.analysis.bounds import non_response


def limits(mean_of: float, n: int, invited: int) -> tuple[float, float]:
    lower, upper = non_response(np.array([mean_of]), np.array([n]), np.array([invited]), 1, 5)
    return float(lower[0]), float(upper[0])


def test_the_silent_could_have_given_the_lowest_or_the_highest_point() -> None:
    assert limits(2.85, 5, 9) == pytest.approx(((5 * 2.85 + 4) / 9, (5 * 2.85 + 20) / 9), abs=1e-12)


def test_with_everybody_in_nothing_is_uncertain() -> None:
    third = 11 / 3
    assert limits(third, 3, 3) == (third, third)


@pytest.mark.parametrize(
    ("value", "n", "invited"), [(float("nan"), 0, 4), (float("nan"), 0, 0), (3.0, 5, 4), (3.0, 1, 0)]
)
def test_there_are_no_bounds_when_nobody_answered_or_more_than_were_invited(value: float, n: int, invited: int) -> None:
    assert np.isnan(limits(value, n, invited)).all()


@given(st.lists(st.integers(1, 5), min_size=1, max_size=6), st.integers(0, 3))
def test_the_bounds_hold_whatever_the_silent_would_have_said(given_marks: list[int], silent: int) -> None:
    lower, upper = limits(mean(given_marks), len(given_marks), len(given_marks) + silent)
    possible = [mean([*given_marks, *rest]) for rest in product(range(1, 6), repeat=silent)]
    assert (lower, upper) == pytest.approx((min(possible), max(possible)), abs=1e-12)
