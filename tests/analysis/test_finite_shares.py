import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.analysis.finite_shares import EXACT_ANSWERS, EXACT_PEOPLE, limits
from surveyapp.analysis.proportions import hypergeometric
from tests.effort import tries


def of(x: int, n: int, population: int, *, known: bool = True) -> tuple[float, float]:
    lower, upper = limits(np.array([x]), np.array([n]), np.array([population]), np.array([known]))
    return float(lower[0]), float(upper[0])


def test_six_of_seven_out_of_ten_are_six_to_nine_of_the_ten() -> None:
    assert of(6, 7, 10) == (0.6, 0.9)


def test_every_case_of_a_small_group_is_that_of_the_exact_test() -> None:
    cases = [(x, n, people) for people in (1, 2, 7, 12, 40) for n in range(1, people + 1) for x in range(n + 1)]
    x, n, people = (np.array(column) for column in zip(*cases, strict=True))
    expected = [hypergeometric(*case) for case in cases]
    lower, upper = limits(x, n, people, np.ones(len(cases), bool))
    assert lower == pytest.approx([share.lower for share in expected], abs=1e-12)
    assert upper == pytest.approx([share.upper for share in expected], abs=1e-12)


@tries(30)
@given(st.integers(1, 3_000), st.data())
def test_few_answers_of_a_large_group_are_exact(people: int, data: st.DataObject) -> None:
    n = data.draw(st.integers(1, people if people <= EXACT_PEOPLE else EXACT_ANSWERS))
    x = data.draw(st.integers(0, n))
    assert of(x, n, people) == pytest.approx(hypergeometric(x, n, people), abs=1e-12)


@pytest.mark.parametrize(
    ("x", "n", "people"),
    [(0, 742, 1433), (33, 506, 2227), (841, 842, 1111), (400, 800, 1100), (2_000, 2_400, 3_000), (1_200, 1_200, 1_200)],
)
def test_many_answers_of_a_large_group_have_limits_that_are_all_but_exact(x: int, n: int, people: int) -> None:
    assert of(x, n, people) == pytest.approx(hypergeometric(x, n, people), abs=0.002)


def test_a_million_people_take_no_longer() -> None:
    lower, upper = of(375_000, 750_000, 1_000_000)
    assert (lower, upper) == pytest.approx((0.5 - 0.000566, 0.5 + 0.000566), abs=2e-6)


def test_nobody_answered_more_answered_than_invited_or_nobody_knows() -> None:
    for found in (of(0, 0, 4), of(2, 5, 4), of(1, 2, 4, known=False)):
        assert np.isnan(found).all()
