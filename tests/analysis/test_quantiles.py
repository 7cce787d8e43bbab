"""Quantiles against tables that are in every textbook."""

import numpy as np
import pytest

from surveyapp.analysis.quantiles import beta, normal, student


def test_the_normal_law_reaches_1_96_standard_errors() -> None:
    assert normal() == pytest.approx(1.959964, abs=5e-7)
    assert normal(0.9) == pytest.approx(1.644854, abs=5e-7)


def test_student_reaches_further_the_fewer_degrees() -> None:
    assert student(np.array([1, 4, 9, 1e9])) == pytest.approx([12.7062, 2.7764, 2.2622, 1.9600], abs=5e-5)
    assert student(np.array([9.0]), 0.99) == pytest.approx([3.2498], abs=5e-5)


def test_without_degrees_of_freedom_there_is_no_reach() -> None:
    assert np.isnan(student(np.array([0, -1, np.nan]))).all()


def test_the_even_beta_is_a_straight_line() -> None:
    assert beta(1, 1, 0.3) == pytest.approx(0.3, abs=1e-12)
