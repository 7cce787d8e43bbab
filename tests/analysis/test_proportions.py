"""Intervals of a share against R, against published values, and against every group that there can be."""

from math import comb, sqrt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.analysis.proportions import Share, beta_binomial, hypergeometric, jeffreys, logical, wilson
from tests.analysis.recorded import cases
from tests.effort import tries


@st.composite
def samples(draw: st.DrawFn) -> tuple[int, int, int]:
    """x of n respondents, out of N people."""
    population = draw(st.integers(1, 60))
    n = draw(st.integers(1, population))
    return draw(st.integers(0, n)), n, population


def limits_of(case: dict[str, Any]) -> tuple[float, float]:
    return case["lower"], case["upper"]


def test_six_of_seven_in_a_group_of_ten_says_no_more_than_logic() -> None:
    assert hypergeometric(6, 7, 10) == Share(0.6, 0.9) == logical(6, 7, 10)
    assert beta_binomial(6, 7, 10) == Share(0.7, 0.9)


def test_the_published_example_of_45_in_100_out_of_300() -> None:
    """One person narrower on both sides than tables that keep 110 people, of whom 45 are drawn with chance .0237."""
    assert hypergeometric(45, 100, 300) == pytest.approx((111 / 300, 160 / 300))
    at_least_45 = sum(comb(110, y) * comb(190, 100 - y) for y in range(45, 101)) / comb(300, 100)
    assert at_least_45 == pytest.approx(0.0237, abs=5e-5)


def test_the_usual_approximation_lies_within_two_people_of_the_exact_limits() -> None:
    """61 of 75 out of 415 by the adjusted Wald interval: .717157 to .8777797 (Price & Bonett 2004)."""
    share = (61 + 2) / (75 + 4)
    error = sqrt(share * (1 - share) / 79 * (415 - 75) / 414)
    usual = share - 1.959964 * error, share + 1.959964 * error
    assert (share, error, *usual) == pytest.approx((0.7974684, 0.04097594, 0.717157, 0.8777797), abs=1e-6)
    assert hypergeometric(61, 75, 415) == pytest.approx(usual, abs=2.5 / 415 + 0.005)


@pytest.mark.parametrize(("x", "lower", "upper"), [(6, 0.4869, 0.9743), (4, 0.2505, 0.8418)])
def test_wilson_gives_the_published_limits(x: int, lower: float, upper: float) -> None:
    assert wilson(x, 7) == pytest.approx((lower, upper), abs=5e-5)


def test_wilson_in_a_finite_group_is_narrower() -> None:
    assert wilson(6, 7, population=10) == pytest.approx((0.654, 0.950), abs=5e-4)
    assert wilson(6, 7, population=7) == Share(6 / 7, 6 / 7)


def test_wilson_jeffreys_and_the_finite_posterior_are_those_of_r() -> None:
    for case in cases("wilson") + cases("wilson_hmisc"):
        assert wilson(case["x"], case["n"]) == pytest.approx(limits_of(case), abs=1e-9)
    for case in cases("jeffreys"):
        assert jeffreys(case["x"], case["n"]) == pytest.approx(limits_of(case), abs=1e-9)
    for case in cases("beta_binomial"):
        assert beta_binomial(case["x"], case["n"], case["N"]) == pytest.approx(limits_of(case), abs=1e-9)


def test_the_exact_limits_are_those_of_r_for_every_small_group() -> None:
    for case in cases("hypergeometric"):
        assert hypergeometric(case["x"], case["n"], case["N"]) == pytest.approx(limits_of(case), abs=1e-9)


@pytest.mark.parametrize(
    ("population", "n", "coverage"), [(10, 7, 0.992), (12, 8, 0.982), (20, 12, 0.958), (40, 20, 0.952)]
)
def test_the_exact_interval_holds_the_truth_at_least_as_often_as_it_says(
    population: int, n: int, coverage: float
) -> None:
    held = []
    for number in range(population + 1):
        drawn = range(max(0, n - population + number), min(n, number) + 1)
        chances = {x: comb(number, x) * comb(population - number, n - x) / comb(population, n) for x in drawn}
        limits = {x: hypergeometric(x, n, population) for x in drawn}
        held.append(
            sum(chances[x] for x in drawn if limits[x].lower - 1e-9 <= number / population <= limits[x].upper + 1e-9)
        )
    assert min(held) == pytest.approx(coverage, abs=5e-4)


@tries(100)
@given(samples())
def test_every_interval_holds_the_share_and_stays_within_what_is_possible(sample: tuple[int, int, int]) -> None:
    x, n, population = sample
    possible = logical(x, n, population)
    assert possible.lower <= x / n + 1e-9
    assert x / n - 1e-9 <= possible.upper
    for found in (hypergeometric(x, n, population), beta_binomial(x, n, population)):
        assert possible.lower - 1e-9 <= found.lower <= found.upper <= possible.upper + 1e-9
    for found in (wilson(x, n), wilson(x, n, population), jeffreys(x, n)):
        assert 0 <= found.lower <= x / n + 1e-9
        assert x / n - 1e-9 <= found.upper <= 1


@tries(50)
@given(samples())
def test_asking_the_opposite_turns_the_limits_round(sample: tuple[int, int, int]) -> None:
    x, n, population = sample
    for limits in (hypergeometric, logical, beta_binomial):
        lower, upper = limits(n - x, n, population)
        assert limits(x, n, population) == pytest.approx((1 - upper, 1 - lower), abs=1e-9)
    assert wilson(x, n) == pytest.approx(tuple(1 - limit for limit in reversed(wilson(n - x, n))), abs=1e-9)


@tries(50)
@given(samples())
def test_one_more_who_says_so_never_lowers_a_limit(sample: tuple[int, int, int]) -> None:
    x, n, population = sample
    if x < n:
        less, more = hypergeometric(x, n, population), hypergeometric(x + 1, n, population)
        assert less.lower <= more.lower
        assert less.upper <= more.upper


def test_with_everybody_in_the_share_is_known() -> None:
    assert hypergeometric(3, 7, 7) == beta_binomial(3, 7, 7) == logical(3, 7, 7) == Share(3 / 7, 3 / 7)


def test_thousands_of_people_are_no_trouble() -> None:
    assert hypergeometric(300, 600, 3_000) == pytest.approx((0.4643, 0.5357), abs=2e-3)


@pytest.mark.parametrize(("x", "n", "population"), [(0, 0, 5), (4, 3, 5), (-1, 3, 5), (2, 6, 5)])
def test_numbers_that_cannot_be_are_refused(x: int, n: int, population: int) -> None:
    for limits in (hypergeometric, logical, beta_binomial):
        with pytest.raises(ValueError, match=f"of {population} people|of {n} respondents"):
            limits(x, n, population)


def test_in_a_group_of_ten_the_exact_limits_say_little_more_than_logic() -> None:
    """In six of the eight outcomes that seven answers can have, nothing more."""
    same = [x for x in range(8) if hypergeometric(x, 7, 10) == logical(x, 7, 10)]
    assert same == [1, 2, 3, 4, 5, 6]
