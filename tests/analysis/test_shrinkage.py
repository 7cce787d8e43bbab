"""Shrinkage against the numbers that R's metafor gives, and from people's answers."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.analysis.results import SHRINKAGE_COLUMNS
from surveyapp.analysis.shrinkage import shrink, shrinkage, shrunken_themes
from tests.analysis.builders import Person, people, person, questionnaire_of, tallies_of
from tests.analysis.recorded import cases

ONE = questionnaire_of({"g1": ["g1_1"]})
SIZES = np.array([5, 3, 6, 2, 4, 2])
MEANS = np.array([2.850, 3.750, 3.125, 4.125, 3.125, 2.125])
WITHIN = 0.08086


def test_the_six_organisations_are_those_of_metafor() -> None:
    found = shrink(SIZES, MEANS, WITHIN)
    assert found.tau2 == pytest.approx(0.2896294, abs=1e-6)
    assert found.mu == pytest.approx(3.1815, abs=5e-5)
    assert found.means == pytest.approx([2.8675, 3.7016, 3.1275, 4.0094, 3.1287, 2.2544], abs=6e-5)


def test_every_region_is_shrunken_as_metafor_does() -> None:
    for case in cases("shrinkage"):
        found = shrink(np.array(case["n"]), np.array(case["means"]), case["variance"])
        assert found.tau2 == pytest.approx(case["tau2"], abs=1e-9)
        assert found.mu == pytest.approx(case["mu"], abs=1e-9)
        assert found.means == pytest.approx(case["shrunken"], abs=1e-9)


def test_the_themes_are_those_of_the_frame() -> None:
    study = [*people("almelo", "official", "g1_1", 4, 5), *people("borne", "official", "g1_1", 1, 2)]
    places, found = shrunken_themes(tallies_of(study, ONE))["g1"]
    frame = shrinkage(tallies_of(study, ONE))
    assert places.tolist() == [0, 1]
    assert found.means.tolist() == frame["shrunken"].tolist()
    assert found.variances == pytest.approx(0.5 / 2 * found.tau2 / (found.tau2 + 0.5 / 2))


def test_middling_organisations_cannot_be_told_from_the_region() -> None:
    below = shrink(SIZES, MEANS, WITHIN).p_below
    assert below[[2, 4]] == pytest.approx([0.68, 0.65], abs=0.005)
    assert below[0] > 0.99
    assert below[3] < 0.001


def test_drawing_from_the_posterior_gives_the_same_probabilities() -> None:
    found = shrink(SIZES, MEANS, WITHIN)
    variance = 1 / (1 / found.tau2 + SIZES / WITHIN)
    draws = np.random.default_rng(7).normal(found.means, np.sqrt(variance), (200_000, 6))
    assert (draws < found.mu).mean(axis=0) == pytest.approx(found.p_below, abs=0.005)


def test_differences_that_cannot_be_shown_leave_one_mean_and_no_order() -> None:
    found = shrink(np.array([4, 4, 4]), np.array([3.0, 3.1, 2.9]), variance=1.0)
    assert found.tau2 == 0
    assert found.means == pytest.approx([3.0, 3.0, 3.0])
    assert np.isnan(found.p_below).all()


def test_when_everybody_agrees_rounding_is_not_a_difference() -> None:
    found = shrink(np.array([3, 7, 6]), np.array([3.1, 3.1, 3.1]), variance=0.0)
    assert found.tau2 == 0
    assert found.means == pytest.approx([3.1, 3.1, 3.1])
    assert np.isnan(found.p_below).all()


def test_without_spread_inside_organisations_nothing_is_pulled() -> None:
    found = shrink(np.array([2, 3, 2]), np.array([2.0, 3.0, 4.0]), variance=0.0)
    assert found.means == pytest.approx([2, 3, 4])
    assert found.p_below == pytest.approx([1, 0.5, 0])


@given(
    st.lists(st.tuples(st.integers(1, 30), st.floats(1, 5)), min_size=2, max_size=14),
    st.floats(0.01, 2, exclude_min=True),
)
def test_every_mean_moves_towards_the_region_and_never_past_it(
    groups: list[tuple[int, float]], variance: float
) -> None:
    sizes, means = np.array([n for n, _ in groups]), np.array([mean for _, mean in groups])
    found = shrink(sizes, means, variance)
    low, high = np.minimum(means, found.mu) - 1e-9, np.maximum(means, found.mu) + 1e-9
    assert ((low <= found.means) & (found.means <= high)).all()
    assert means.min() - 1e-9 <= found.mu <= means.max() + 1e-9


def test_more_respondents_are_pulled_less() -> None:
    found = shrink(np.array([2, 20, 5, 5]), np.array([4.0, 4.0, 2.0, 3.0]), variance=0.5)
    assert found.means[0] < found.means[1]


def test_a_theme_rests_on_the_pooled_scores_of_the_region() -> None:
    study = [
        *people("almelo", "governor", "g1_1", 4),
        *people("almelo", "official", "g1_1", 5, 3),
        *people("borne", "official", "g1_1", 1, 2),
        *people("ozjt", "official", "g1_1", 5, 5),
    ]
    invited = {(one.organisation, one.role): 3 for one in study} | {("dinkelland", "official"): 4}
    found = shrinkage(tallies_of(study, ONE, invited=invited, kinds={"ozjt": "regional-body"}))
    assert tuple(found.columns) == SHRINKAGE_COLUMNS
    assert found[["key", "organisation", "n"]].values.tolist() == [["g1", "almelo", 3], ["g1", "borne", 2]]
    assert found["raw"].tolist() == [4.0, 1.5]
    expected = shrink(np.array([3, 2]), np.array([4.0, 1.5]), (2 + 0.5) / 3)
    assert found["shrunken"].to_numpy() == pytest.approx(expected.means)
    assert found["p_below_region"].to_numpy() == pytest.approx(expected.p_below)


def test_theme_scores_are_fractions_by_the_half_rule() -> None:
    four = questionnaire_of({"g1": ["a", "b", "c", "d"]})
    study = [
        person("almelo", "official", a=4, b=5, c=4),
        person("almelo", "official", a=2, b=3, c="dk", d="na"),
        person("almelo", "official", a=1),
        person("borne", "official", a=3, b=3, c=3, d=4),
    ]
    found = shrinkage(tallies_of(study, four))
    assert found["n"].tolist() == [2, 1]
    assert found["raw"].to_numpy() == pytest.approx([(13 / 3 + 5 / 2) / 2, 13 / 4])


@pytest.mark.parametrize(
    "study",
    [
        people("almelo", "official", "g1_1", 3, 4, 5),
        [*people("almelo", "official", "g1_1", 3), *people("borne", "official", "g1_1", 4)],
    ],
    ids=["one organisation", "one respondent in each"],
)
def test_without_spread_to_judge_by_only_the_raw_mean_is_known(study: list[Person]) -> None:
    found = shrinkage(tallies_of(study, ONE))
    assert found["raw"].notna().all()
    assert found[["shrunken", "p_below_region"]].isna().all(axis=None)


def test_a_study_without_answers_has_no_rows() -> None:
    found = shrinkage(tallies_of([], ONE, invited={("almelo", "official"): 5}))
    pd.testing.assert_index_equal(found.columns, pd.Index(SHRINKAGE_COLUMNS))
    assert found.empty
