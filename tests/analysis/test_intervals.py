"""Intervals of means against R's survey package, the textbook, and the shape of the frame."""

from random import Random

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.analysis.intervals import INTERVAL_COLUMNS, Interval, intervals, of_balanced, of_equal, of_mean
from tests.analysis.builders import Person, people, questionnaire_of, tallies_of
from tests.analysis.plain import Study
from tests.analysis.recorded import cases
from tests.analysis.studies import studies
from tests.effort import tries

ONE = questionnaire_of({"g1": ["g1_1"]})
TWELVE = (3, 4, 4, 2, 5, 3, 4, 4, 3, 2, 4, 5)


def single(mean: float, variance: float, n: int, population: int) -> Interval:
    return of_mean(np.array([mean]), np.array([variance]), np.array([n]), np.array([population]))


def counted(study: Study) -> pd.DataFrame:
    return intervals(tallies_of(study.people, study.questionnaire, invited=study.invited, kinds=study.kinds))


def row(frame: pd.DataFrame, statistic: str, organisation: str, role: str = "all", key: str = "g1") -> pd.Series:
    found = frame[
        (frame["key"] == key)
        & (frame["statistic"] == statistic)
        & (frame["organisation"] == organisation)
        & (frame["role"] == role)
    ]
    assert len(found) == 1
    return found.iloc[0]


def test_a_drawn_group_has_the_error_and_limits_of_r() -> None:
    for case in cases("mean"):
        y = np.array(case["y"], float)
        found = single(y.mean(), y.var(ddof=1), len(y), case["N"])
        assert found.se[0] == pytest.approx(case["se"], rel=1e-9)
        assert (found.lower[0], found.upper[0]) == pytest.approx((case["lower"], case["upper"]), rel=1e-9)


def test_the_factor_for_finite_groups_is_that_of_cochran() -> None:
    """40 of 300 with mean 24.5 and deviation 3.65; with (N - n)/(N - 1) it would be .5381631."""
    found = single(24.5, 3.65**2, 40, 300)
    assert found.se[0] == pytest.approx(0.5372655, abs=5e-8)


def test_the_balanced_example_has_one_role_complete() -> None:
    governors, officials = np.array([11 / 3, 4.25]), np.array([2.5, 3.0, 2.5, 3.25, 3.0])
    means = np.array([governors.mean(), officials.mean()])
    variances = np.array([governors.var(ddof=1), officials.var(ddof=1)])
    found = of_balanced(means, variances, np.array([2, 5]), np.array([2, 9]))
    assert float(found.se) == pytest.approx(0.05, abs=1e-9)
    assert float(found.df) == pytest.approx(4)
    assert (float(found.lower), float(found.upper)) == pytest.approx((3.265, 3.543), abs=5e-4)


def test_balanced_means_have_the_error_of_r() -> None:
    for case in cases("balanced"):
        groups = [np.array(group, float) for group in case["groups"]]
        means = np.array([group.mean() for group in groups])
        variances = np.array([group.var(ddof=1) for group in groups])
        found = of_balanced(means, variances, np.array([len(group) for group in groups]), np.array(case["N"]))
        assert float(found.estimate) == pytest.approx(case["mean"], rel=1e-9)
        assert float(found.se) == pytest.approx(case["se"], rel=1e-9)


def test_weights_are_shares_of_their_sum() -> None:
    parts = np.array([4.0, 2.0]), np.array([1.0, 0.5]), np.array([3, 6]), np.array([6, 9])
    even = of_balanced(*parts)
    assert of_balanced(*parts, np.array([7.0, 7.0])).se == pytest.approx(even.se)
    uneven = of_balanced(*parts, np.array([3.0, 1.0]))
    assert float(uneven.estimate) == pytest.approx(3.5)
    assert float(uneven.se) ** 2 == pytest.approx(0.75**2 * 0.5 / 3 + 0.25**2 * (1 / 3) * 0.5 / 6)


@pytest.mark.parametrize(("n", "population"), [(0, 3), (1, 3), (4, 3)])
def test_a_role_of_which_the_spread_is_unknown_leaves_no_interval(n: int, population: int) -> None:
    variance = np.array([1.0, np.nan if n < 2 else 1.0])
    found = of_balanced(np.array([3.0, 3.0]), variance, np.array([4, n]), np.array([9, population]))
    assert np.isnan([float(found.se), float(found.lower), float(found.upper)]).all()


def test_a_single_governor_who_answered_is_complete() -> None:
    found = of_balanced(np.array([5.0, 3.0]), np.array([np.nan, 1.0]), np.array([1, 5]), np.array([1, 10]))
    assert float(found.se) == pytest.approx(0.5 * (0.5 / 5) ** 0.5)
    assert float(found.df) == pytest.approx(4)


def test_organisations_count_once_and_share_one_spread() -> None:
    found = of_equal(
        np.array([4.0, 2.0, np.nan]), np.array([1.0, np.nan, np.nan]), np.array([5, 1, 0]), np.array([10, 2, 4])
    )
    assert float(found.estimate) == pytest.approx(3.0)
    assert float(found.se) ** 2 == pytest.approx((0.5 / 5 + 0.5 / 1) / 4)
    assert float(found.df) == 4


def test_the_region_has_no_interval_with_an_open_link_among_its_organisations() -> None:
    parts = np.array([4.0, 2.0]), np.array([1.0, 1.0]), np.array([5, 6])
    assert float(of_equal(*parts, np.array([10, 6])).se) > 0
    assert np.isnan(of_equal(*parts, np.array([10, 5])).se)


@tries(50)
@given(st.integers(2, 40), st.integers(0, 40), st.floats(0.01, 4), st.floats(1, 5))
def test_more_answers_of_the_same_group_narrow_the_interval(n: int, silent: int, variance: float, mean: float) -> None:
    def width(answers: int) -> float:
        found = single(mean, variance, answers, n + silent + 1)
        return float(found.upper[0] - found.lower[0])

    if silent:
        assert width(n + 1) < width(n)


@tries(50)
@given(st.integers(2, 40), st.integers(1, 40), st.floats(0.01, 4), st.floats(0.1, 50))
def test_the_unit_of_the_scores_is_that_of_the_limits(n: int, silent: int, variance: float, unit: float) -> None:
    def limits(by: float) -> list[float]:
        found = single(3.0 * by, variance * by**2, n, n + silent)
        return [float(found.lower[0]), float(found.upper[0])]

    assert limits(unit) == pytest.approx([limit * unit for limit in limits(1.0)], rel=1e-9)


def test_from_ten_respondents_on_there_is_an_interval() -> None:
    ten = tallies_of(people("almelo", "official", "g1_1", *TWELVE[:10]), ONE, invited={("almelo", "official"): 20})
    nine = tallies_of(people("almelo", "official", "g1_1", *TWELVE[:9]), ONE, invited={("almelo", "official"): 20})
    assert row(intervals(ten), "mean", "almelo")["se"] > 0
    limits = row(intervals(nine), "mean", "almelo")
    assert limits[["se", "df", "lower", "upper"]].isna().all()
    assert limits["estimate"] == pytest.approx(np.mean(TWELVE[:9]))


def test_the_frame_gives_what_r_gives_for_the_same_answers() -> None:
    case = cases("mean")[0]
    study = tallies_of(
        people("almelo", "official", "g1_1", *case["y"]), ONE, invited={("almelo", "official"): case["N"]}
    )
    found = row(intervals(study), "mean", "almelo", "official")
    assert found[["estimate", "se", "lower", "upper"]].tolist() == pytest.approx(
        [case["mean"], case["se"], case["lower"], case["upper"]], rel=1e-9
    )


def test_limits_never_pass_what_the_silent_could_make_of_it() -> None:
    study = people("almelo", "official", "g1_1", *[1] * 6, *[5] * 6)
    found = row(intervals(tallies_of(study, ONE, invited={("almelo", "official"): 13})), "mean", "almelo")
    assert found["lower"] >= (36 + 1) / 13 - 1e-9
    assert found["upper"] <= (36 + 5) / 13 + 1e-9


@pytest.mark.parametrize(
    ("answers", "invited"),
    [([3] * 12, 20), (list(TWELVE), 12), (list(TWELVE), 11), (["dk"] * 12, 20), (["na"] * 12, 20)],
    ids=["all equal", "everybody in", "open link", "nobody knows", "nobody concerned"],
)
def test_where_no_interval_can_be_given_there_is_none(answers: list[str | int], invited: int) -> None:
    study = tallies_of(people("almelo", "official", "g1_1", *answers), ONE, invited={("almelo", "official"): invited})
    assert intervals(study)[["se", "df", "lower", "upper"]].isna().all(axis=None)


def test_the_balanced_row_is_over_the_roles_that_were_expected() -> None:
    study = [*people("almelo", "governor", "g1_1", 5, 4), *people("almelo", "official", "g1_1", *TWELVE)]
    invited = {("almelo", "governor"): 3, ("almelo", "official"): 20}
    found = row(intervals(tallies_of(study, ONE, invited=invited)), "balanced", "almelo")
    assert found["estimate"] == pytest.approx((4.5 + np.mean(TWELVE)) / 2)
    alone = {("almelo", "official"): 20}
    only = intervals(tallies_of(people("almelo", "official", "g1_1", *TWELVE), ONE, invited=alone))
    assert row(only, "balanced", "almelo")["se"] == pytest.approx(row(only, "mean", "almelo")["se"])


def test_without_answers_there_are_rows_and_no_numbers() -> None:
    found = intervals(tallies_of([], ONE, invited={("almelo", "official"): 5}))
    assert tuple(found.columns) == INTERVAL_COLUMNS
    assert found[["estimate", "se", "lower", "upper"]].isna().all(axis=None)
    assert (found["n"] == 0).all()


@tries(20)
@given(studies())
def test_every_estimate_is_within_its_limits(study: Study) -> None:
    found = counted(study).dropna(subset=["lower"])
    assert (found["n"] >= 10).all()
    assert ((found["lower"] <= found["estimate"] + 1e-9) & (found["estimate"] <= found["upper"] + 1e-9)).all()


@tries(10)
@given(studies(), st.randoms(use_true_random=False))
def test_the_order_of_people_does_not_matter(study: Study, random: Random) -> None:
    shuffled: list[Person] = list(study.people)
    random.shuffle(shuffled)
    again = Study(shuffled, study.questionnaire, study.invited, study.kinds)
    pd.testing.assert_frame_equal(counted(study), counted(again), rtol=1e-9)
