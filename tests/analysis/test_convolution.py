"""Sums of independent parts against every combination, in fractions."""

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from itertools import product
from math import gcd

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.analysis.convolution import Distribution, drawn, same_lattice_added, tail, two_halves
from tests.effort import tries

LIMIT = 100_000
dice = st.lists(st.integers(-60, 60), min_size=1, max_size=4)


def part_of(faces: Sequence[int]) -> Distribution:
    """A fair die with these faces."""
    found = Counter(faces)
    values = sorted(found)
    chances = np.array([found[value] / len(faces) for value in values])
    return Distribution(np.array(values), chances, gcd(*(value - values[0] for value in values)))


def share_beyond(thrown: Sequence[Sequence[int]], observed: int) -> float:
    throws = [sum(throw) for throw in product(*thrown)]
    return float(Fraction(sum(abs(throw) >= observed for throw in throws), len(throws)))


@tries(80)
@given(st.lists(dice, min_size=1, max_size=6), st.integers(0, 200))
def test_two_halves_tell_how_often_the_sum_lies_beyond(thrown: list[list[int]], observed: int) -> None:
    halves = two_halves(same_lattice_added(map(part_of, thrown), LIMIT), LIMIT)
    assert halves is not None
    assert tail(*halves, observed) == pytest.approx(share_beyond(thrown, observed), abs=1e-12)


def test_more_parts_than_can_be_tried_in_every_order_give_the_same() -> None:
    thrown = [[0, 1 + number % 3] for number in range(12)]
    halves = two_halves([part_of(faces) for faces in thrown], LIMIT)
    assert halves is not None
    assert tail(*halves, 15) == pytest.approx(share_beyond(thrown, 15), abs=1e-12)


def test_parts_on_one_lattice_become_one_part() -> None:
    assert len(same_lattice_added([part_of([0, 6]), part_of([3, 9, 15]), part_of([0, 4])], LIMIT)) == 2


def test_too_many_values_are_refused_instead_of_worked_out() -> None:
    thrown = [[0, 7 ** (1 + number)] for number in range(10)]
    assert two_halves([part_of(faces) for faces in thrown], limit=20) is None


def test_draws_follow_the_chances() -> None:
    thrown = drawn(part_of([1, 1, 1, 5]), 20_000, np.random.default_rng(5))
    assert set(thrown.tolist()) == {1, 5}
    assert np.mean(thrown == 5) == pytest.approx(0.25, abs=0.015)
