"""Agreement of any number of people, with gaps."""

import random
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.analysis.coding.alpha import alpha, band
from tests.analysis.coding.test_kappa import FIRST, SECOND

FOUR_OBSERVERS = (
    "123321412...",
    "1233224125.3",
    ".3332342251.",
    "12332441251.",
)
"""Krippendorff, K. (2011), Computing Krippendorff's Alpha-Reliability, section C: nominal alpha .743."""
BINARY = ("0100000010", "1110010000")
"""The same, section A: .095."""
NOMINAL = ("aabbdcccedda", "babbbccceddd")
"""The same, section B: .692."""
units = st.lists(st.lists(st.sampled_from(["A", "B", "C", None]), min_size=3, max_size=3), max_size=25)


def by_unit(observers: tuple[str, ...]) -> list[list[str | None]]:
    return [[None if each == "." else each for each in unit] for unit in zip(*observers, strict=True)]


@pytest.mark.parametrize(
    ("observers", "expected"), [(FOUR_OBSERVERS, 0.743), (BINARY, 0.095), (NOMINAL, 0.692)], ids=["four", "two", "five"]
)
def test_published_examples_are_met(observers: tuple[str, ...], expected: float) -> None:
    assert alpha(by_unit(observers)) == pytest.approx(expected, abs=5e-4)


def test_ten_segments_give_what_another_program_gives() -> None:
    """``krippendorff`` gives the same."""
    assert alpha(list(zip(FIRST, SECOND, strict=True))) == pytest.approx(0.70992, abs=5e-6)


def test_it_is_not_defined_without_variation_or_without_pairs() -> None:
    assert alpha([["A", "A"], ["A", "A"]]) is None
    assert alpha([["A", None], [None, "B"]]) is None
    assert alpha([]) is None


@pytest.mark.parametrize(
    ("value", "expected"),
    [(0.8, "good"), (0.79, "tentative"), (0.667, "tentative"), (0.66, "low"), (None, "undefined")],
)
def test_bands_are_words(value: float | None, expected: str) -> None:
    assert band(value) == expected


@given(units)
def test_it_is_one_less_disagreement_over_what_chance_would_bring(found: list[list[str | None]]) -> None:
    """Worked out from pairs, one by one, as the definition says it."""
    told = [[each for each in unit if each is not None] for unit in found]
    told = [unit for unit in told if len(unit) > 1]
    everything = [each for unit in told for each in unit]
    apart = sum(one != other for one, other in combinations(everything, 2))
    if not apart:
        assert alpha(found) is None
        return
    expected = apart / (len(everything) * (len(everything) - 1) / 2)
    observed = sum(
        sum(one != other for one, other in combinations(unit, 2)) * 2 / (len(unit) - 1) for unit in told
    ) / len(everything)
    assert alpha(found) == pytest.approx(1 - observed / expected)


@given(units, st.randoms(use_true_random=False))
def test_the_order_of_units_and_people_does_not_matter(found: list[list[str | None]], chance: random.Random) -> None:
    mixed = [chance.sample(unit, len(unit)) for unit in chance.sample(found, len(found))]
    assert alpha(mixed) == alpha(found)
