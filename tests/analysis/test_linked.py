"""The same people in two waves, against R and against all flips."""

from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.analysis.linked import linked, sign_flip
from surveyapp.analysis.permutation import EXACT, MONTE_CARLO
from tests.analysis.recorded import cases
from tests.effort import tries

HALF = Fraction(1, 2)
changes = st.lists(st.fractions(-4, 4, max_denominator=6), min_size=1, max_size=8)


def wave(**scores: float) -> dict[str, Fraction]:
    return {one: Fraction(score) for one, score in scores.items()}


def enumerated(differences: list[Fraction]) -> float:
    seen = abs(sum(differences, Fraction(0)))
    flips = [
        sum((sign * one for sign, one in zip(signs, differences, strict=True)), Fraction(0))
        for signs in product((1, -1), repeat=len(differences))
    ]
    return sum(abs(total) >= seen for total in flips) / len(flips)


def test_the_published_example_of_six_pairs() -> None:
    differences = [HALF, HALF, Fraction(0), Fraction(3, 4), HALF, Fraction(3, 4)]
    p, method = sign_flip(differences)
    assert sum(differences) / 6 == HALF
    assert p == pytest.approx(0.0625, abs=1e-12)
    assert method == EXACT


@pytest.mark.parametrize(("pairs", "smallest"), [(1, 1.0), (4, 0.125), (5, 0.0625), (6, 0.03125)])
def test_few_pairs_cannot_be_conclusive(pairs: int, smallest: float) -> None:
    assert sign_flip([Fraction(1)] * pairs)[0] == pytest.approx(smallest)


def test_pairs_are_tested_as_r_does() -> None:
    for case in cases("paired"):
        first, second = ([Fraction(score) for score in case[name]] for name in ("first", "second"))
        p, _ = sign_flip([after - before for before, after in zip(first, second, strict=True)])
        assert p == pytest.approx(case["p_exact_rank_tests"], abs=1e-9)
        assert p == pytest.approx(case["p_coin"], abs=1e-9)


@tries(80)
@given(changes)
def test_it_equals_all_flips(differences: list[Fraction]) -> None:
    assert sign_flip(differences)[0] == pytest.approx(enumerated(differences), abs=1e-12)


@tries(50)
@given(changes, st.fractions(Fraction(1, 9), 7, max_denominator=9), st.booleans())
def test_neither_unit_nor_direction_nor_order_matters(differences: list[Fraction], unit: Fraction, turn: bool) -> None:
    again = [one * (-unit if turn else unit) for one in reversed(differences)]
    assert sign_flip(again)[0] == pytest.approx(sign_flip(differences)[0], abs=1e-12)


def test_nobody_who_changed_is_no_sign_of_change() -> None:
    assert sign_flip([Fraction(0)] * 4) == (1.0, EXACT)
    p, method = sign_flip([])
    assert np.isnan(p)
    assert method is None


def test_too_much_work_is_estimated_with_the_same_seed_every_time() -> None:
    differences = [Fraction(number % 5 - 1, 4) for number in range(40)]
    exact, _ = sign_flip(differences)
    estimate, method = sign_flip(differences, work=0)
    assert method == MONTE_CARLO
    assert estimate == sign_flip(differences, work=0)[0]
    assert estimate == pytest.approx(exact, abs=0.01)
    assert sign_flip([Fraction(1)] * 60, work=0)[0] == pytest.approx(1 / 20_001)


def test_a_thousand_linked_people_are_exact() -> None:
    differences = [Fraction(number % 9 - 4, 12) for number in range(1000)]
    p, method = sign_flip(differences)
    assert method == EXACT
    assert 0.5 < p <= 1


def test_a_change_is_told_apart_from_who_came_and_went() -> None:
    found = linked(wave(a=3, b=3, c=4, gone=1), wave(a=3.5, b=3, c=4.5, new=5, newer=4))
    assert (found.stayers, found.leavers, found.joiners) == (3, 1, 2)
    assert found.change == pytest.approx(1 / 3)
    assert found.total == pytest.approx(20 / 5 - 11 / 4)
    assert found.composition == pytest.approx(found.total - found.change)
    assert (found.leavers_mean, found.joiners_mean) == (1, 4.5)
    assert found.p_value == pytest.approx(0.5)


def test_without_anybody_who_stayed_the_change_is_unknown() -> None:
    found = linked(wave(a=3), wave(b=4))
    assert found.stayers == 0
    assert np.isnan([found.change, found.p_value, found.composition]).all()
    assert found.total == 1
    assert np.isnan(linked({}, wave(b=4)).total)


@tries(50)
@given(
    st.dictionaries(st.sampled_from("abcdef"), st.fractions(1, 5, max_denominator=4), min_size=1),
    st.dictionaries(st.sampled_from("abcdef"), st.fractions(1, 5, max_denominator=4), min_size=1),
)
def test_turning_time_round_turns_the_change_round(first: dict[str, Fraction], second: dict[str, Fraction]) -> None:
    there, back = linked(first, second), linked(second, first)
    assert there.change == pytest.approx(-back.change, nan_ok=True)
    assert there.total == pytest.approx(-back.total)
    assert there.p_value == pytest.approx(back.p_value, nan_ok=True)
    assert (there.leavers, there.leavers_mean) == pytest.approx((back.joiners, back.joiners_mean), nan_ok=True)
