"""The permutation test against complete enumeration in fractions, written independently."""

from collections import Counter
from collections.abc import Sequence
from itertools import combinations
from math import comb, sqrt
from random import Random
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.analysis.agreement import Integers
from surveyapp.analysis.permutation import DRAWS, EXACT, MONTE_CARLO, VALUES, stratified
from tests.analysis.recorded import cases
from tests.effort import tries

WHOLE = 2520
"""Every number of people up to ten divides it."""

Study = Sequence[tuple[Sequence[int], Sequence[int]]]
"""Per organisation the values of role a and of role b."""

marks = st.integers(1, 5)
organisations = st.tuples(st.lists(marks, min_size=1, max_size=3), st.lists(marks, min_size=1, max_size=4))
studies = st.lists(organisations, min_size=1, max_size=9)


def tabulated(study: Study) -> tuple[Integers, Integers, Integers]:
    values = sorted({value for a, b in study for value in (*a, *b)})
    a, b = ([[list(group).count(value) for value in values] for group in groups] for groups in zip(*study, strict=True))
    return np.array(values), np.array(a), np.array(b)


def p_of(study: Study, limit: int = VALUES) -> tuple[float, str]:
    return stratified(*tabulated(study), limit=limit)


def differences(a: Sequence[int], b: Sequence[int]) -> Counter[int]:
    """How often every difference of means, times ``WHOLE``, occurs when the labels are dealt in all ways."""
    people = [*a, *b]
    dealt = (sum(people[place] for place in taken) for taken in combinations(range(len(people)), len(a)))
    return Counter(WHOLE // len(a) * mine - WHOLE // len(b) * (sum(people) - mine) for mine in dealt)


def enumerated(study: Study) -> float:
    totals: Counter[int] = Counter({0: 1})
    for a, b in study:
        longer: Counter[int] = Counter()
        for difference, more in differences(a, b).items():
            for total, ways in totals.items():
                longer[total + difference] += ways * more
        totals = longer
    seen = abs(sum(WHOLE // len(a) * sum(a) - WHOLE // len(b) * sum(b) for a, b in study))
    hits = sum(ways for total, ways in totals.items() if abs(total) >= seen)
    return hits / sum(totals.values())


def test_the_published_example_counts_ties() -> None:
    p, method = p_of([([4, 4, 5], [2, 3, 3, 4, 2, 3])])
    assert p == pytest.approx(6 / 84, abs=1e-12)
    assert method == EXACT


def test_one_organisation_is_tested_as_r_does() -> None:
    for case in cases("permutation"):
        p, method = p_of([(case["a"], case["b"])])
        assert p == pytest.approx(case["p_coin"], abs=1e-9)
        assert p == pytest.approx(case["p_exact_rank_tests"], abs=1e-9)
        assert method == EXACT


def test_organisations_together_lie_within_what_a_million_deals_in_r_allow() -> None:
    for case in cases("stratified"):
        p, method = p_of([(one["a"], one["b"]) for one in case["strata"]])
        assert case["least"] <= p <= case["most"]
        assert method == EXACT


@pytest.mark.parametrize(
    ("one", "other", "smallest"),
    [(2, 6, 0.071), (2, 7, 0.056), (2, 8, 0.044), (3, 4, 0.057), (3, 5, 0.036), (1, 10, 0.18)],
)
def test_few_people_in_one_organisation_cannot_be_conclusive(one: int, other: int, smallest: float) -> None:
    """Two deals of all are as far apart as can be, when the groups differ as much the other way round."""
    assert 2 / comb(one + other, one) == pytest.approx(smallest, abs=2e-3)
    p, _ = p_of([([5] * one, [1] * other)])
    assert p <= 2 / comb(one + other, one)


@pytest.mark.parametrize(("governors", "officials"), [(1, 4), (2, 6), (3, 5), (1, 10)])
def test_a_complete_divide_is_one_deal_of_all(governors: int, officials: int) -> None:
    p, _ = p_of([([5] * governors, [1] * officials)])
    assert p == pytest.approx(1 / comb(governors + officials, governors), rel=1e-12)


@tries(60)
@given(studies)
def test_it_equals_complete_enumeration(study: Study) -> None:
    p, method = p_of(study)
    assert method == EXACT
    assert p == pytest.approx(enumerated(study), rel=1e-9)


@tries(60)
@given(studies)
def test_naming_the_roles_the_other_way_round_changes_nothing(study: Study) -> None:
    swapped = [(b, a) for a, b in study]
    assert p_of(swapped)[0] == pytest.approx(p_of(study)[0], rel=1e-9)


@tries(60)
@given(studies, st.randoms(use_true_random=False))
def test_the_order_of_the_organisations_does_not_matter(study: Study, random: Random) -> None:
    shuffled = list(study)
    random.shuffle(shuffled)
    assert p_of(shuffled)[0] == pytest.approx(p_of(study)[0], rel=1e-9)


@tries(60)
@given(studies, st.integers(2, 60), st.integers(0, 1000))
def test_the_unit_of_the_values_does_not_matter(study: Study, unit: int, shift: int) -> None:
    values, a, b = tabulated(study)
    assert stratified(values * unit + shift, a, b)[0] == pytest.approx(stratified(values, a, b)[0], rel=1e-9)


def test_organisations_without_one_of_the_roles_do_not_take_part() -> None:
    study = [([4, 5], [2, 3, 3]), ([5], [1, 2])]
    assert p_of([*study, ([], [1, 1, 5]), ([2], [])]) == p_of(study)


def test_without_any_organisation_with_both_roles_there_is_no_p_value() -> None:
    assert np.isnan(p_of([([4], []), ([], [3])])[0])


def test_equal_answers_give_a_p_value_of_one() -> None:
    assert p_of([([3, 3], [3, 3, 3]), ([4], [4])]) == (1.0, EXACT)


def random_study(seed: int, organisations: int, a: int, b: int, units: Sequence[int]) -> Study:
    random = np.random.default_rng(seed)
    return [
        (random.choice(units, random.integers(1, a + 1)).tolist(), random.choice(units, b).tolist())
        for _ in range(organisations)
    ]


def test_fourteen_organisations_with_theme_scores_are_exact() -> None:
    study = random_study(1, 14, 3, 7, range(60, 301, 10))
    p, method = p_of(study)
    assert method == EXACT
    assert p == pytest.approx(enumerated(study), abs=1e-9)


def test_too_many_values_are_estimated_with_the_same_seed_every_time() -> None:
    study = random_study(2, 6, 2, 4, range(1, 6))
    exact, (estimate, method) = p_of(study)[0], p_of(study, limit=0)
    assert method == MONTE_CARLO
    assert estimate == p_of(study, limit=0)[0]
    assert estimate == pytest.approx(exact, abs=4 * sqrt(exact * (1 - exact) / DRAWS) + 2 / DRAWS)


def test_an_estimate_is_never_zero() -> None:
    p, _ = p_of([([5, 5, 5], [1] * 9)] * 12, limit=0)
    assert p == 1 / (DRAWS + 1)


def test_more_than_a_thousand_respondents_are_dealt() -> None:
    p, method = p_of([([1] * 530 + [2] * 70, [1] * 555 + [2] * 45)])
    deals = {taken: comb(115, taken) * comb(1085, 600 - taken) for taken in range(116)}
    hits = sum(ways for taken, ways in deals.items() if abs(2 * taken - 115) >= 70 - 45)
    assert method == MONTE_CARLO
    assert p == pytest.approx(hits / comb(1200, 600), abs=0.005)


def test_group_sizes_without_a_common_measure_are_compared_in_floats() -> None:
    primes = [11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61]
    study = random_study(3, len(primes), 1, 5, range(1, 6))
    uneven = [([*a] * prime, [*b] * (prime + 2)) for (a, b), prime in zip(study, primes, strict=True)]
    p, method = p_of(uneven)
    assert method == MONTE_CARLO
    assert p == pytest.approx(normal_approximation(uneven), abs=0.02)
    assert p_of([([3] * len(a), [3] * len(b)) for a, b in uneven])[0] == 1.0


@pytest.mark.parametrize("units", [range(1, 6), range(60, 301, 5)], ids=["items", "themes"])
def test_large_organisations_are_estimated_as_if_dealt_person_by_person(units: range) -> None:
    study = [([*a] * 15, [*b] * 15) for a, b in random_study(4, 10, 4, 12, units)]
    p, method = p_of(study, limit=0)
    assert method == MONTE_CARLO
    assert p == pytest.approx(dealt_person_by_person(study, 4_000), abs=0.035)


def test_one_respondent_who_differs_among_thousands_follows_no_normal_law() -> None:
    p, method = p_of([([1] * 999 + [5], [1] * 3000)])
    assert method == MONTE_CARLO
    assert p == pytest.approx(1 / 4, abs=0.015)


def dealt_person_by_person(study: Study, deals: int) -> float:
    random = np.random.default_rng(6)
    seen = sum(float(np.mean(a) - np.mean(b)) for a, b in study)
    total = np.zeros(deals)
    for a, b in study:
        people = random.permuted(np.tile(np.array([*a, *b]), (deals, 1)), axis=1)
        total += people[:, : len(a)].mean(axis=1) - people[:, len(a) :].mean(axis=1)
    return float(np.mean(abs(total) >= abs(seen) - 1e-9))


def normal_approximation(study: Study) -> float:
    seen, variance = 0.0, 0.0
    for a, b in study:
        people = np.array([*a, *b], dtype=float)
        seen += float(np.mean(a) - np.mean(b))
        variance += float(people.var(ddof=1)) * len(people) / (len(a) * len(b))
    return 2 * NormalDist().cdf(-abs(seen) / sqrt(variance))
