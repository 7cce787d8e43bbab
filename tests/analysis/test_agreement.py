from collections.abc import Callable
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from surveyapp.analysis import agreement as indices
from surveyapp.analysis.agreement import Numbers
from tests.analysis import plain
from tests.analysis.recorded import cases

COUNTS = np.array(
    [[0, 2, 3, 2, 0], [3, 0, 0, 0, 4], [0, 0, 7, 0, 0], [0, 1, 0, 6, 0], [1, 1, 1, 1, 1], [2, 2, 0, 2, 1]]
)
REFERENCE = {
    indices.agreement: [0.5714, -0.7143, 1, 0.7619, 0, -0.0317],
    indices.consensus: [0.7628, 0.0148, 1, 0.7930, 0.4340, 0.3538],
    indices.ordinal_consensus: [0.7143, 0.1429, 1, 0.8571, 0.4000, 0.3571],
    indices.ordinal_variation: [0.4167, 1, 0, 0.2500, 0.8333, 0.8333],
    indices.within_group: [0.6667, -1.2857, 1, 0.7143, -0.25, -0.2857],
    indices.deviation_from_mean: [0.5714, 1.9592, 0, 0.4898, 1.2, 1.3878],
    indices.deviation_from_median: [0.5714, 1.7143, 0, 0.2857, 1.2, 1.2857],
}
"""As computed by the R packages agrmt (A, consensuses, variation) and multilevel (the others), to four decimals."""
many_counts = st.lists(st.integers(0, 30), min_size=2, max_size=8).filter(any).map(np.array)


@pytest.mark.parametrize(("index", "expected"), REFERENCE.items())
def test_indices_agree_with_the_reference_table(index: Callable[..., Numbers], expected: list[float]) -> None:
    assert index(COUNTS) == pytest.approx(np.array(expected), abs=5e-5)


def test_deviations_and_rwg_are_those_of_r() -> None:
    """multilevel::rwg turns what is negative to 0; the formula is kept here, as worked out in R from the variance."""
    for case in cases("agreement"):
        counts = np.array(case["counts"])
        assert indices.deviation_from_mean(counts) == pytest.approx(case["ad_mean"], abs=1e-9)
        assert indices.deviation_from_median(counts) == pytest.approx(case["ad_median"], abs=1e-9)
        assert indices.within_group(counts) == pytest.approx(case["rwg_uniform"], abs=1e-9)
        assert max(0, float(indices.within_group(counts))) == pytest.approx(case["rwg_multilevel"], abs=1e-9)


@pytest.mark.parametrize(
    ("people", "from_mean", "from_median"),
    [(2, 0.52, 0.52), (3, 0.38, 0.52), (4, 0.31, 0.41), (5, 0.26, 0.41), (6, 0.155, 0.17)],
)
def test_random_answers_of_few_people_often_look_agreed(people: int, from_mean: float, from_median: float) -> None:
    """Every way in which so many can answer on five points: the share that deviates by 0.8 at most."""
    answers = np.array(list(product(range(5), repeat=people)))
    counts = (answers[:, :, None] == np.arange(5)).sum(axis=1)
    for index, share in ((indices.deviation_from_mean, from_mean), (indices.deviation_from_median, from_median)):
        assert (index(counts) <= 0.8 + 1e-9).mean() == pytest.approx(share, abs=0.005)


def test_agreement_gives_the_published_value_on_seven_points() -> None:
    assert indices.agreement(np.array([30, 40, 210, 130, 530, 50, 10])) == pytest.approx(0.6113333, abs=5e-8)


def test_five_items_that_agree_three_quarters_agree_nearly_fully_together() -> None:
    assert indices.within_group_theme(np.full(5, 0.75)) == pytest.approx(0.9375, abs=1e-12)


@pytest.mark.parametrize("index", [*REFERENCE, indices.mean, indices.median])
def test_nobody_gives_no_number(index: Callable[..., Numbers]) -> None:
    assert np.isnan(index(np.zeros((2, 5), int))).all()


def test_one_respondent_agrees_but_has_no_variance() -> None:
    alone = np.array([0, 0, 0, 1, 0])
    assert np.isnan(indices.variance(alone))
    assert np.isnan(indices.within_group(alone))
    assert indices.agreement(alone) == 1
    assert indices.consensus(alone) == 1
    assert indices.deviation_from_median(alone) == 0


def test_two_camps_at_the_ends_are_as_far_apart_as_can_be() -> None:
    camps = np.array([6, 0, 0, 0, 6])
    assert indices.agreement(camps) == pytest.approx(-1)
    assert indices.consensus(camps) == pytest.approx(0)
    assert indices.deviation_from_median(camps) == 2


def test_a_theme_with_one_known_item_is_as_agreed_as_that_item() -> None:
    assert indices.within_group_theme(np.array([np.nan, 0.6, np.nan])) == pytest.approx(0.6)


@pytest.mark.parametrize("items", [[np.nan, np.nan], [-1.0] * 6, [-0.2] * 6])
def test_a_theme_is_silent_where_the_formula_would_turn_disagreement_into_praise(items: list[float]) -> None:
    assert np.isnan(indices.within_group_theme(np.array(items)))


@pytest.mark.parametrize(
    ("counts", "middle"), [([1, 0, 0, 0, 1], 3), ([1, 1, 0, 0, 0], 1.5), ([0, 2, 1, 0, 0], 2), ([0, 0, 0, 0, 3], 5)]
)
def test_the_median_is_the_middle_or_the_mean_of_the_two_middle_answers(counts: list[int], middle: float) -> None:
    assert indices.median(np.array(counts)) == middle


@given(many_counts)
def test_agreement_is_what_peeling_one_respondent_at_a_time_gives(counts: np.ndarray) -> None:
    marks = [point + 1 for point, count in enumerate(counts) for _ in range(count)]
    assert indices.agreement(counts) == pytest.approx(float(plain.eijk(marks, len(counts))), abs=1e-9)


@given(many_counts)
def test_indices_do_not_care_which_end_is_favourable(counts: np.ndarray) -> None:
    for index in REFERENCE:
        assert index(counts[::-1]) == pytest.approx(index(counts), abs=1e-9, nan_ok=True)


@given(many_counts, st.integers(2, 1000))
def test_indices_of_shares_do_not_depend_on_the_number_of_respondents(counts: np.ndarray, times: int) -> None:
    for index in (
        indices.agreement,
        indices.consensus,
        indices.deviation_from_mean,
        indices.deviation_from_median,
    ):
        assert index(counts * times) == pytest.approx(index(counts), abs=1e-9)


@given(many_counts)
def test_indices_stay_within_their_range(counts: np.ndarray) -> None:
    assert -1 - 1e-9 <= indices.agreement(counts) <= 1 + 1e-9
    assert -1e-9 <= indices.consensus(counts) <= 1 + 1e-9
    assert -1e-9 <= indices.deviation_from_median(counts) <= indices.deviation_from_mean(counts) + 1e-9
    assert indices.deviation_from_median(counts) <= (len(counts) - 1) / 2 + 1e-9


@given(many_counts)
def test_variation_is_the_distance_between_all_pairs(counts: np.ndarray) -> None:
    marks = [point for point, count in enumerate(counts) for _ in range(count)]
    apart = sum(abs(a - b) for a, b in combinations(marks, 2))
    most = (len(marks) // 2) * ((len(marks) + 1) // 2) * (len(counts) - 1)
    expected = apart / most if most else np.nan
    assert indices.ordinal_variation(counts) == pytest.approx(expected, abs=1e-9, nan_ok=True)


@given(many_counts)
def test_leik_s_consensus_is_how_far_the_running_share_stays_from_a_half(counts: np.ndarray) -> None:
    running = np.cumsum(counts) / counts.sum()
    away = sum(2 * min(share, 1 - share) for share in running) / (len(counts) - 1)
    assert indices.ordinal_consensus(counts) == pytest.approx(1 - away, abs=1e-9)


@given(many_counts)
def test_only_the_same_answer_from_everybody_is_full_agreement(counts: np.ndarray) -> None:
    assume((counts > 0).sum() > 1)
    assert indices.agreement(counts) < 1
    assert indices.consensus(counts) < 1
    assert indices.within_group(counts) < 1


def test_a_million_identical_answers_have_no_variance_at_all() -> None:
    assert indices.variance(np.array([0, 0, 0, 1_000_000, 0])) == 0
