"""Adjusted p-values against published tables and the definition."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.analysis.multiplicity import benjamini_hochberg, holm
from tests.analysis.recorded import cases

P = (0.003, 0.012, 0.021, 0.040, 0.20, 0.35, 0.60)
p_values = st.lists(st.floats(0, 1), min_size=1, max_size=12)


def test_holm_gives_the_values_that_r_gives() -> None:
    assert holm(P) == pytest.approx([0.021, 0.072, 0.105, 0.160, 0.600, 0.700, 0.700], abs=1e-12)


def test_benjamini_hochberg_gives_the_values_that_r_gives() -> None:
    assert benjamini_hochberg(P) == pytest.approx([0.021, 0.042, 0.049, 0.070, 0.280, 0.35 * 7 / 6, 0.600], abs=1e-12)


def test_both_are_those_of_r_with_ties_and_in_any_order() -> None:
    for case in cases("adjusted"):
        assert holm(case["p"]) == pytest.approx(case["holm"], abs=1e-12)
        assert benjamini_hochberg(case["p"]) == pytest.approx(case["bh"], abs=1e-12)


@given(p_values)
def test_holm_is_the_largest_of_the_steps_before(p: list[float]) -> None:
    ranked = sorted(range(len(p)), key=p.__getitem__)
    steps = [min(1.0, p[place] * (len(p) - rank)) for rank, place in enumerate(ranked)]
    expected = {place: max(steps[: rank + 1]) for rank, place in enumerate(ranked)}
    assert holm(p) == pytest.approx([expected[place] for place in range(len(p))], abs=1e-12)


@given(p_values)
def test_screening_never_asks_more_than_a_claim(p: list[float]) -> None:
    assert (benjamini_hochberg(p) <= holm(p) + 1e-12).all()
    assert (benjamini_hochberg(p) >= np.array(p) - 1e-12).all()


def test_a_test_that_was_not_done_does_not_count() -> None:
    missing = float("nan")
    assert holm([0.01, missing, 0.04]) == pytest.approx([0.02, missing, 0.04], nan_ok=True)
    assert benjamini_hochberg([missing, 0.04, 0.01]) == pytest.approx([missing, 0.04, 0.02], nan_ok=True)


def test_without_tests_there_is_nothing_to_adjust() -> None:
    assert holm([]).size == benjamini_hochberg([]).size == 0
