"""Quantiles against tables that are in every textbook, and against scipy."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import stdtrit

from surveyapp.analysis.quantiles import beta, normal, student
from tests.effort import tries


def test_the_normal_law_reaches_1_96_standard_errors() -> None:
    assert normal() == pytest.approx(1.959964, abs=5e-7)
    assert normal(0.9) == pytest.approx(1.644854, abs=5e-7)


def test_student_reaches_further_the_fewer_degrees() -> None:
    assert student(np.array([1, 4, 9, 1e9])) == pytest.approx([12.7062, 2.7764, 2.2622, 1.9600], abs=5e-5)
    assert student(np.array([9.0]), 0.99) == pytest.approx([3.2498], abs=5e-5)


@tries(100)
@given(st.floats(1, 3e5), st.sampled_from([0.5, 0.8, 0.9, 0.95, 0.99]))
def test_student_is_that_of_scipy_for_any_degrees(degrees: float, confidence: float) -> None:
    expected = stdtrit(degrees, (1 + confidence) / 2)
    assert student(np.array([degrees]), confidence)[0] == pytest.approx(expected, rel=1e-9)


def test_shapes_are_kept_and_equal_degrees_are_equal() -> None:
    found = student(np.array([[3.0, 7.0], [7.0, np.nan]]))
    assert found.shape == (2, 2)
    assert found[0, 1] == found[1, 0]
    assert student(np.array(4.0)).shape == ()
    assert student(np.empty(0)).size == 0


def test_without_a_degree_of_freedom_there_is_no_reach() -> None:
    assert np.isnan(student(np.array([0, -1, 0.5, np.nan]))).all()


def test_the_even_beta_is_a_straight_line() -> None:
    assert beta(1, 1, 0.3) == pytest.approx(0.3, abs=1e-12)
