"""Cronbach's alpha against numpy's covariance matrix, and its interval against the F distribution."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from surveyapp.analysis.reliability import alpha, feldt, omega, omegas, reliability
from surveyapp.analysis.results import RELIABILITY_COLUMNS
from tests.analysis.builders import Person, answers_of, person, questionnaire_of
from tests.analysis.recorded import cases

THREE = questionnaire_of({"g1": ["a", "b", "c"]}, reverse=["c"])


def from_covariances(marks: np.ndarray) -> float:
    covariance = np.cov(marks, rowvar=False)
    items = len(covariance)
    return float(items / (items - 1) * (1 - np.trace(covariance) / covariance.sum()))


def study_of(number: int, seed: int = 1) -> list[Person]:
    """Respondents who each lean to one side on a, b and (the other way round) c."""
    random = np.random.default_rng(seed)
    leaning = random.integers(2, 5, number)
    noise = random.integers(-1, 2, (number, 3))
    return [
        person("almelo", "official", a=lean + x, b=lean + y, c=6 - (lean + z))
        for lean, (x, y, z) in zip(leaning.tolist(), noise.tolist(), strict=True)
    ]


def table(study: list[Person]) -> np.ndarray:
    return np.array([[int(one.answers["a"]), int(one.answers["b"]), 6 - int(one.answers["c"])] for one in study], float)


marks = st.lists(st.lists(st.integers(1, 5), min_size=4, max_size=4), min_size=3, max_size=20)


@given(marks)
def test_alpha_follows_from_the_covariances(rows: list[list[int]]) -> None:
    found = np.array(rows, float)
    if found.sum(axis=1).var() == 0:
        assert np.isnan(alpha(found))
    else:
        assert alpha(found) == pytest.approx(from_covariances(found), abs=1e-9)


def test_items_that_say_the_same_have_alpha_one() -> None:
    assert alpha(np.array([[1, 1, 1], [3, 3, 3], [5, 5, 5]], float)) == pytest.approx(1)


@pytest.mark.parametrize("shape", [(1, 3), (3, 1), (0, 3)])
def test_alpha_needs_two_respondents_and_two_items(shape: tuple[int, int]) -> None:
    assert np.isnan(alpha(np.ones(shape)))


def test_the_published_interval_of_ten_respondents_and_four_items() -> None:
    assert feldt(0.90510177, people=10, items=4) == pytest.approx((0.750, 0.974), abs=5e-4)


def test_alpha_and_its_interval_are_those_of_r() -> None:
    for case in cases("alpha"):
        table_of = np.array(case["table"], float)
        found = alpha(table_of)
        assert found == pytest.approx(case["alpha"], abs=1e-9)
        assert feldt(found, *table_of.shape) == pytest.approx((case["lower"], case["upper"]), abs=1e-7)


def test_omega_is_that_of_r() -> None:
    for case in cases("omega"):
        assert case["second"] < 1
        assert omega(np.array(case["table"], float)) == pytest.approx(case["omega"], abs=1e-5)


def test_omega_does_not_care_about_the_order_of_people_and_items() -> None:
    marks = np.array(cases("omega")[0]["table"], float)
    assert omega(marks[::-1, ::-1]) == pytest.approx(omega(marks), abs=1e-9)
    assert omega(3 * marks + 2) == pytest.approx(omega(marks), abs=1e-9)


def two_traits(people: int) -> np.ndarray:
    random = np.random.default_rng(4)
    first, second = random.normal(size=(2, people, 1))
    return np.hstack([first + random.normal(size=(people, 3)) / 3, second + random.normal(size=(people, 3)) / 3])


@pytest.mark.parametrize(
    "marks",
    [
        two_traits(200),
        np.ones((120, 4)),
        np.random.default_rng(1).integers(1, 6, (120, 2)).astype(float),
        np.ones((1, 4)),
    ],
    ids=["two traits", "all equal", "two items", "one respondent"],
)
def test_where_one_factor_does_not_fit_there_is_no_omega(marks: np.ndarray) -> None:
    assert np.isnan(omega(marks))


def test_omega_needs_a_hundred_complete_cases() -> None:
    few, many = (omegas(answers_of(study_of(number)), THREE, ["almelo"]) for number in (99, 140))
    assert few[["key", "n"]].values.tolist() == [["g1", 99]]
    assert few["omega"].isna().all()
    assert many["omega"].item() == pytest.approx(omega(table(study_of(140))), abs=1e-12)


@given(st.floats(-1, 0.99), st.integers(3, 400), st.integers(2, 12))
def test_the_limits_are_quantiles_of_f(value: float, people: int, items: int) -> None:
    law = stats.f(people - 1, (people - 1) * (items - 1))
    expected = 1 - (1 - value) * law.ppf(0.975), 1 - (1 - value) * law.ppf(0.025)
    assert feldt(value, people, items) == pytest.approx(expected, rel=1e-6, abs=1e-9)


def test_a_theme_uses_everybody_who_answered_all_its_statements() -> None:
    study = study_of(31)
    incomplete = [person("almelo", "governor", a=1, b=5), person("almelo", "official", a=1, b="dk", c="na")]
    found = reliability(answers_of([*study, *incomplete]), THREE)
    assert tuple(found.columns) == RELIABILITY_COLUMNS
    assert found[["key", "items", "n"]].values.tolist() == [["g1", 3, 31]]
    expected = from_covariances(table(study))
    assert found["alpha"].item() == pytest.approx(expected, abs=1e-12)
    assert (found["lower"].item(), found["upper"].item()) == pytest.approx(feldt(expected, 31, 3))


def test_below_thirty_respondents_there_is_no_alpha() -> None:
    found = reliability(answers_of(study_of(29)), THREE)
    assert found["n"].item() == 29
    assert found[["alpha", "lower", "upper"]].isna().all(axis=None)


def test_below_three_statements_there_is_no_alpha() -> None:
    two = questionnaire_of({"g1": ["a", "b"]})
    found = reliability(answers_of(study_of(40)), two)
    assert found["items"].item() == 2
    assert found[["alpha", "lower", "upper"]].isna().all(axis=None)


def test_organisations_outside_the_region_are_left_out() -> None:
    study = study_of(35)
    outside = [Person("ozjt", one.role, one.answers) for one in study_of(10, seed=2)]
    found = reliability(answers_of([*study, *outside]), THREE, organisations=["almelo"])
    pd.testing.assert_frame_equal(found, reliability(answers_of(study), THREE))


def test_the_order_of_the_rows_does_not_matter() -> None:
    answers = answers_of(study_of(33))
    pd.testing.assert_frame_equal(
        reliability(answers, THREE), reliability(answers.sample(frac=1, random_state=3), THREE), rtol=1e-12
    )


def test_without_answers_nobody_is_complete() -> None:
    found = reliability(answers_of([]), THREE)
    assert found["n"].item() == 0
    assert np.isnan(found["alpha"].item())
