"""Intraclass correlations against R's analysis of variance."""

from fractions import Fraction
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.analysis.intraclass import INTRACLASS_COLUMNS, icc, intraclass
from tests.analysis.builders import people, questionnaire_of, tallies_of
from tests.analysis.recorded import cases
from tests.effort import tries

ONE = questionnaire_of({"g1": ["g1_1"]})
Groups = list[list[float]]
marks = st.lists(st.lists(st.integers(1, 5), min_size=1, max_size=6), min_size=2, max_size=6)


def counted(groups: Groups, unit: int = 1) -> tuple[np.ndarray, np.ndarray]:
    exact = [[Fraction(mark) * unit for mark in group] for group in groups]
    values = sorted({mark for group in exact for mark in group})
    return np.array(values, np.int64), np.array([[group.count(value) for value in values] for group in exact])


def test_they_follow_from_the_mean_squares_of_r() -> None:
    for case in cases("intraclass"):
        sizes = [len(group) for group in case["groups"]]
        between, within = case["between"], case["within"]
        usual = (sum(sizes) - sum(size**2 for size in sizes) / sum(sizes)) / (len(sizes) - 1)
        first, second = icc(*counted(case["groups"], unit=4))
        assert first == pytest.approx((between - within) / (between + (usual - 1) * within), rel=1e-9)
        assert second == pytest.approx(case["icc2"], rel=1e-9)


def test_groups_of_different_sizes_use_the_size_that_weighs_them() -> None:
    """multilevel::ICC1 takes the mean size instead, and gives .77596."""
    uneven, even = cases("intraclass")
    first, _ = icc(*counted(uneven["groups"], unit=4))
    assert first == pytest.approx(0.78175, abs=5e-6)
    assert uneven["icc1_equal_sizes"] == pytest.approx(0.77596, abs=5e-6)
    assert icc(*counted(even["groups"]))[0] == pytest.approx(even["icc1_equal_sizes"], rel=1e-9)


@pytest.mark.parametrize(
    "groups", [[[3, 4, 5]], [[3], [4], [5]], [[3, 3], [3, 3, 3]]], ids=["one group", "one in each", "all equal"]
)
def test_without_spread_to_judge_by_there_is_nothing_to_say(groups: Groups) -> None:
    assert np.isnan(icc(*counted(groups))).all()


def test_organisations_that_agree_within_and_differ_between_are_all_of_it() -> None:
    assert icc(*counted([[2, 2], [4, 4, 4]])) == pytest.approx((1, 1))


def test_differing_less_than_chance_is_negative() -> None:
    assert icc(*counted([[1, 5], [5, 1]]))[0] == pytest.approx(-1)


@tries(50)
@given(marks, st.integers(1, 60), st.randoms(use_true_random=False))
def test_unit_order_and_names_do_not_matter(groups: Groups, unit: int, random: Random) -> None:
    shuffled = [random.sample(group, len(group)) for group in random.sample(groups, len(groups))]
    assert icc(*counted(shuffled, unit)) == pytest.approx(icc(*counted(groups)), abs=1e-9, nan_ok=True)


def test_a_theme_rests_on_the_organisations_of_the_region() -> None:
    study = [
        *people("almelo", "official", "g1_1", 4, 5),
        *people("borne", "official", "g1_1", 1, 2, 2),
        *people("ozjt", "official", "g1_1", 1, 5),
    ]
    found = intraclass(tallies_of(study, ONE, kinds={"ozjt": "regional-body"}))
    assert tuple(found.columns) == INTRACLASS_COLUMNS
    assert found[["key", "organisations", "n"]].values.tolist() == [["g1", 2, 5]]
    assert found[["icc1", "icc2"]].iloc[0].tolist() == pytest.approx(icc(*counted([[4, 5], [1, 2, 2]])))


def test_a_study_without_answers_has_no_correlation() -> None:
    found = intraclass(tallies_of([], ONE, invited={("almelo", "official"): 2}))
    assert found[["organisations", "n"]].iloc[0].tolist() == [0, 0]
    assert found[["icc1", "icc2"]].isna().all(axis=None)
