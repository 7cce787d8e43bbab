"""Gaps between roles, from people and their answers."""

from collections.abc import Sequence
from fractions import Fraction
from statistics import fmean

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.analysis.gaps import cliffs_delta, gaps, size_of
from surveyapp.analysis.results import GAP_COLUMNS
from tests.analysis.builders import Person, mark_of, people, person, questionnaire_of, tallies_of
from tests.analysis.recorded import cases
from tests.effort import tries

ONE = questionnaire_of({"g1": ["g1_1"]})
HABIT = questionnaire_of(
    {"g1": ["g1_1", "g1_2", "g1_3"], "g2": ["g2_1", "g2_2"]}, only={"g1_2": ["official"]}, reverse=["g1_3"]
)


def row(frame: pd.DataFrame, key: str, a: str = "governor", b: str = "official") -> pd.Series:
    found = frame[(frame["key"] == key) & (frame["role_a"] == a) & (frame["role_b"] == b)]
    assert len(found) == 1
    return found.iloc[0]


def test_cliffs_delta_is_that_of_r() -> None:
    for case in cases("permutation"):
        a, b = (np.array([case[name].count(point) for point in range(1, 6)]) for name in ("a", "b"))
        assert cliffs_delta(a, b) == pytest.approx(case["delta"], abs=1e-12)


@pytest.mark.parametrize(
    ("delta", "word"),
    [(0.146, "negligible"), (0.147, "small"), (-0.33, "medium"), (0.474, "large"), (-1.0, "large"), (0, "negligible")],
)
def test_the_size_of_a_gap_has_a_word(delta: float, word: str) -> None:
    assert size_of(delta) == word


def test_an_unknown_gap_has_no_word() -> None:
    assert size_of(float("nan")) is None


def test_every_theme_and_item_has_a_row_per_pair_of_roles_in_their_order() -> None:
    three = questionnaire_of({"g1": ["g1_1"], "g2": ["g2_1"]}, roles=("governor", "official", "project"))
    found = gaps(tallies_of([person("almelo", "governor", g1_1=4)], three))
    assert tuple(found.columns) == GAP_COLUMNS
    assert list(dict.fromkeys(found["key"])) == ["g1", "g2", "g1_1", "g2_1"]
    pairs = [("governor", "official"), ("governor", "project"), ("official", "project")]
    assert list(zip(found["role_a"], found["role_b"], strict=True)) == pairs * 4


def test_each_organisation_counts_once_however_many_answer() -> None:
    study = [
        *people("almelo", "governor", "g1_1", 5),
        *people("almelo", "official", "g1_1", 3, 3, 3, 3, 3, 3),
        *people("borne", "governor", "g1_1", 2),
        *people("borne", "official", "g1_1", 3),
        *people("dinkelland", "governor", "g1_1", 4),
    ]
    found = row(gaps(tallies_of(study, ONE)), "g1_1")
    assert found["gap"] == pytest.approx((2 - 1) / 2)
    assert (found["organisations"], found["same_direction"]) == (2, 1)
    assert found["p_method"] == "exact"


def test_an_organisation_without_a_difference_counts_for_neither_side() -> None:
    study = [
        *people("almelo", "governor", "g1_1", 2),
        *people("almelo", "official", "g1_1", 4, 4),
        *people("borne", "governor", "g1_1", 3),
        *people("borne", "official", "g1_1", 2, 4),
    ]
    found = row(gaps(tallies_of(study, ONE)), "g1_1")
    assert (found["gap"], found["organisations"], found["same_direction"]) == (-1.0, 2, 1)


def test_where_the_organisations_cancel_out_nobody_has_the_direction() -> None:
    study = [
        *people("almelo", "governor", "g1_1", 2, 2, 3),
        *people("almelo", "official", "g1_1", 2),
        *people("borne", "governor", "g1_1", 2),
        *people("borne", "official", "g1_1", 2, 2, 3),
    ]
    found = row(gaps(tallies_of(study, ONE)), "g1_1")
    assert found["gap"] == pytest.approx(0, abs=1e-15)
    assert (found["same_direction"], found["p_exact"]) == (0, 1.0)


def test_the_region_leaves_out_the_body_that_bought_for_it() -> None:
    study = [
        *people("almelo", "governor", "g1_1", 4),
        *people("almelo", "official", "g1_1", 2, 3),
    ]
    regional = [*people("ozjt", "governor", "g1_1", 1), *people("ozjt", "official", "g1_1", 5)]
    alone = gaps(tallies_of(study, ONE))
    together = gaps(tallies_of([*study, *regional], ONE, kinds={"ozjt": "regional-body"}))
    pd.testing.assert_frame_equal(alone, together)


def test_an_item_that_one_role_does_not_get_has_no_gap() -> None:
    study = [person("almelo", "governor", g1_1=4, g1_3=2), person("almelo", "official", g1_1=4, g1_2=1, g1_3=2)]
    found = row(gaps(tallies_of(study, HABIT)), "g1_2")
    assert found[["gap", "cliffs_delta", "p_exact"]].isna().all()
    assert (found["organisations"], found["same_direction"]) == (0, 0)
    assert found["p_method"] is None or pd.isna(found["p_method"])


def test_a_study_without_answers_has_rows_without_numbers() -> None:
    found = gaps(tallies_of([], ONE, invited={("almelo", "governor"): 2}))
    assert found["gap"].isna().all()
    assert (found["organisations"] == 0).all()


def test_without_the_test_only_the_p_values_are_missing() -> None:
    study = [*people("almelo", "governor", "g1_1", 4, 5), *people("almelo", "official", "g1_1", 2, 3)]
    with_test, without = (gaps(tallies_of(study, ONE), test=wanted) for wanted in (True, False))
    told = list(GAP_COLUMNS[:-2])
    pd.testing.assert_frame_equal(with_test[told], without[told])
    assert with_test["p_exact"].notna().all()
    assert without[["p_exact", "p_method"]].isna().all(axis=None)


def test_cliffs_delta_gives_the_published_example() -> None:
    governors, officials = np.array([0, 0, 0, 2, 1]), np.array([0, 2, 3, 1, 0])
    assert cliffs_delta(governors, officials) == pytest.approx(8 / 9)


@given(st.lists(st.integers(1, 5), min_size=1), st.lists(st.integers(1, 5), min_size=1))
def test_cliffs_delta_compares_everybody_with_everybody(a: list[int], b: list[int]) -> None:
    expected = fmean([np.sign(x - y) for x in a for y in b])
    counted = [np.array([group.count(value) for value in range(1, 6)]) for group in (a, b)]
    assert cliffs_delta(*counted) == pytest.approx(expected, abs=1e-12)


answers = st.sampled_from(["1", "2", "3", "4", "5", "dk", "na", ""])
persons = st.builds(
    Person,
    st.sampled_from(["almelo", "borne", "dinkelland"]),
    st.sampled_from(["governor", "official"]),
    st.fixed_dictionaries(dict.fromkeys(HABIT.theme_of, answers)),
)


def theme_score(one: Person, theme: str) -> Fraction | None:
    """The half rule, once more."""
    put = HABIT.scored_items(theme, one.role)
    marks = [mark for item in put if (mark := mark_of(one, item, HABIT)) is not None]
    return Fraction(sum(marks), len(marks)) if marks and 2 * len(marks) >= len(put) else None


def mean_gap(study: Sequence[Person], theme: str) -> float | None:
    found = []
    for organisation in {one.organisation for one in study}:
        means = []
        for role in ("governor", "official"):
            scores = [
                score
                for one in study
                if (one.organisation, one.role) == (organisation, role)
                and (score := theme_score(one, theme)) is not None
            ]
            means.append(sum(scores, Fraction()) / len(scores) if scores else None)
        if means[0] is not None and means[1] is not None:
            found.append(means[0] - means[1])
    return float(sum(found, Fraction()) / len(found)) if found else None


@tries(60)
@given(st.lists(persons, max_size=14))
def test_a_theme_compares_theme_scores_by_the_half_rule(study: list[Person]) -> None:
    found = gaps(tallies_of(study, HABIT), test=False)
    for theme in HABIT.themes:
        expected = mean_gap(study, theme)
        gap = row(found, theme)["gap"]
        assert (pd.isna(gap) and expected is None) or gap == pytest.approx(expected, abs=1e-12)
