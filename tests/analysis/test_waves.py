"""Two waves against R's Welch test, the published example, and what the silent could have said."""

from itertools import product
from random import Random
from statistics import fmean

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.analysis.tallies import Tallies
from surveyapp.analysis.waves import CHANGE_COLUMNS, Side, changes, difference, squared_error
from surveyapp.questionnaires.questionnaire import Questionnaire
from tests.analysis.builders import Person, people, person, questionnaire_of, tallies_of
from tests.analysis.plain import Study
from tests.analysis.recorded import cases
from tests.analysis.studies import studies
from tests.effort import tries

ONE = questionnaire_of({"g1": ["g1_1"]})
PLACE = ("almelo", "official")


def of(*answers: str | int, invited: int | None = None) -> tuple[Tallies, Questionnaire]:
    study = people(*PLACE, "g1_1", *answers)
    return tallies_of(study, ONE, invited={PLACE: len(answers) if invited is None else invited}), ONE


def wave(study: list[Person], questionnaire: Questionnaire = ONE, **invited: int) -> tuple[Tallies, Questionnaire]:
    asked = {(code, "official"): number for code, number in invited.items()} or None
    return tallies_of(study, questionnaire, invited=asked), questionnaire


def row(frame: pd.DataFrame, organisation: str = "almelo", key: str = "g1", role: str = "all") -> pd.Series:
    return frame[(frame["organisation"] == organisation) & (frame["key"] == key) & (frame["role"] == role)].iloc[0]


def side(mean: float, square: float, n: int, invited: int) -> Side:
    lower, upper = ((n * mean + (invited - n) * end) / invited for end in (1, 5))
    of_n, *others = np.array([n]), *(np.array([part]) for part in (mean, square, n - 1.0, lower, upper))
    return Side(of_n, *others)


def test_the_published_change_of_seven_and_eight_people() -> None:
    """7 of 9 with mean 20/7, 8 of 10 with mean 26.75/8; together an error of .107 at 10.8 degrees of freedom."""
    share = 0.6865  # of the squared error that comes from the first wave, for these degrees of freedom
    first, second = side(20 / 7, share * 0.107**2, 7, 9), side(26.75 / 8, (1 - share) * 0.107**2, 8, 10)
    change, least, most = difference(first, second)
    assert change.estimate[0] == pytest.approx(0.487, abs=5e-4)
    assert change.df[0] == pytest.approx(10.8, abs=5e-2)
    assert (change.lower[0], change.upper[0]) == pytest.approx((0.251, 0.722), abs=1e-3)
    assert (least[0], most[0]) == pytest.approx((-0.458, 1.231), abs=5e-4)


def test_two_drawn_groups_are_compared_as_r_does() -> None:
    for case in cases("welch"):
        y = [np.array(case[name], float) for name in ("first", "second")]
        endless = [squared_error(one.var(ddof=1)[None], np.array([len(one)]), np.array([0])) for one in y]
        first, second = (
            side(float(one.mean()), float(square[0]), len(one), len(one))
            for one, square in zip(y, endless, strict=True)
        )
        change, _, _ = difference(first, second)
        assert change.estimate[0] == pytest.approx(case["change"], rel=1e-9)
        assert (change.se[0], change.df[0]) == pytest.approx((case["se"], case["df"]), rel=1e-9)
        assert (change.lower[0], change.upper[0]) == pytest.approx((case["lower"], case["upper"]), rel=1e-9)


def test_the_frame_compares_answers_as_r_does() -> None:
    """With an open link nobody knows how many were asked, so that the error is that of an endless group."""
    case = cases("welch")[1]
    found = row(changes(of(*case["first"], invited=0), of(*case["second"], invited=0)))
    assert found[["change", "se", "df", "lower", "upper"]].tolist() == pytest.approx(
        [case["change"], case["se"], case["df"], case["lower"], case["upper"]], rel=1e-9
    )
    assert found[["least", "most"]].isna().all()


def test_the_share_that_answered_narrows_the_error() -> None:
    variance, n = np.array([0.8]), np.array([6])
    assert squared_error(variance, n, np.array([9])) == pytest.approx((1 - 6 / 9) * 0.8 / 6)
    assert squared_error(variance, n, np.array([6])) == pytest.approx(0)
    assert np.isnan(squared_error(np.array([np.nan]), np.array([1]), np.array([4]))).all()


@tries(30)
@given(
    st.lists(st.integers(1, 5), min_size=1, max_size=4),
    st.integers(0, 2),
    st.lists(st.integers(1, 5), min_size=1, max_size=4),
    st.integers(0, 2),
)
def test_the_bounds_hold_whatever_the_silent_would_have_said(
    first: list[int], silent: int, second: list[int], quiet: int
) -> None:
    found = row(changes(of(*first, invited=len(first) + silent), of(*second, invited=len(second) + quiet)))
    before = [fmean([*first, *rest]) for rest in product(range(1, 6), repeat=silent)]
    after = [fmean([*second, *rest]) for rest in product(range(1, 6), repeat=quiet)]
    assert found["least"] == pytest.approx(min(after) - max(before))
    assert found["most"] == pytest.approx(max(after) - min(before))


@pytest.mark.parametrize(
    ("first", "second", "invited", "changed"),
    [
        ([3] * 4, [3, 3, 4, 4], 6, True),
        ([3] * 4, [3, 3, 3, 4], 6, False),
        ([3] * 4, [3, 3, 3, 4], 4, True),
        ([3] * 4, [3, 3, 3, 2], 4, True),
    ],
    ids=["half a point", "less, with silence", "less, with everybody in", "down, with everybody in"],
)
def test_changed_is_half_a_point_or_beyond_what_silence_can_explain(
    first: list[int], second: list[int], invited: int, changed: bool
) -> None:
    assert bool(row(changes(of(*first, invited=invited), of(*second, invited=invited)))["changed"]) is changed


def test_nothing_changed_when_everybody_says_the_same_again() -> None:
    found = row(changes(of(3, 4, 5), of(3, 4, 5)))
    assert found[["change", "least", "most"]].tolist() == [0, 0, 0]
    assert not found["changed"]


def test_below_ten_in_either_wave_there_is_no_interval() -> None:
    few, many = of(*[2, 3, 4] * 3, invited=20), of(*[2, 3, 4, 5] * 3, invited=20)
    for pair in ((few, many), (many, few)):
        assert row(changes(*pair))[["se", "df", "lower", "upper"]].isna().all()
    assert row(changes(many, many))["se"] > 0


def test_without_answers_in_one_wave_there_is_no_change_to_judge() -> None:
    found = row(changes(of(invited=5), of(3, 4)))
    assert np.isnan(found["change"])
    assert pd.isna(found["changed"])
    assert found["organisations"] == 0


def test_the_region_compares_the_organisations_that_answered_twice_each_once() -> None:
    first = wave(
        [*people("almelo", "official", "g1_1", 2, 2, 2), *people("borne", "official", "g1_1", 4)],
        almelo=3,
        borne=1,
        dinkelland=2,
    )
    second = wave(
        [
            *people("almelo", "official", "g1_1", 3, 3),
            *people("borne", "official", "g1_1", 4, 5),
            *people("dinkelland", "official", "g1_1", 1, 1),
        ],
        almelo=3,
        borne=2,
        dinkelland=2,
    )
    found = row(changes(first, second), "all")
    assert found[["organisations", "n_first", "n_second"]].tolist() == [2, 4, 4]
    assert found[["first", "second", "change"]].tolist() == pytest.approx([3, 3.75, 0.75])
    assert (found["least"], found["most"]) == pytest.approx(((7 / 3 + 4.5) / 2 - 3, (11 / 3 + 4.5) / 2 - 3))


def test_another_scale_is_compared_from_0_to_100_and_says_so() -> None:
    longer = questionnaire_of({"g1": ["g1_1"]}, points=7)
    second = tallies_of([person(*PLACE, g1_1=7), person(*PLACE, g1_1=4)], longer, invited={PLACE: 4})
    found = row(changes(of(1, 5, invited=2), (second, longer)))
    assert found["continuity"] == "rescaled"
    assert found[["first", "second", "change"]].tolist() == [50, 75, 25]
    assert (found["least"], found["most"]) == pytest.approx((-12.5, 37.5))
    assert found["changed"]


def test_errors_of_another_scale_are_put_on_0_to_100_too() -> None:
    longer = questionnaire_of({"g1": ["g1_1"]}, points=7)
    stretched = [person(*PLACE, g1_1=mark) for mark in (1, 4, 7) * 4]
    same = tallies_of(stretched, longer, invited={PLACE: 20})
    on_five = of(*[1, 3, 5] * 4, invited=20)
    found, usual = row(changes(on_five, (same, longer))), row(changes(on_five, on_five))
    assert found[["se", "df"]].tolist() == pytest.approx([25 * usual["se"], usual["df"]])
    assert found["change"] == pytest.approx(0)


def test_the_error_of_the_region_is_that_of_its_organisations_with_one_spread() -> None:
    marks = {"almelo": [2, 3, 4, 3, 5, 1], "borne": [4, 4, 2, 3, 5, 5, 3, 2]}
    study = [one for code, given in marks.items() for one in people(code, "official", "g1_1", *given)]
    outside = people("ozjt", "official", "g1_1", 1, 1, 1, 1, 1)
    invited = {("almelo", "official"): 9, ("borne", "official"): 16, ("ozjt", "official"): 5}
    counted = tallies_of([*study, *outside], ONE, invited=invited, kinds={"ozjt": "regional-body"})
    found = row(changes((counted, ONE), (counted, ONE)), "all")
    squares = sum(float(np.var(given) * len(given)) for given in marks.values()) / (5 + 7)
    one_wave = squares * ((1 - 6 / 9) / 6 + (1 - 8 / 16) / 8) / 4
    assert found["organisations"] == 2
    assert found["first"] == pytest.approx((3 + 3.5) / 2)
    assert found["se"] == pytest.approx((2 * one_wave) ** 0.5)
    assert found["df"] == pytest.approx(24)


def test_only_what_both_waves_asked_is_compared() -> None:
    wider = questionnaire_of({"g1": ["g1_1"], "g2": ["g2_1"]})
    found = changes(of(3), (tallies_of([person(*PLACE, g1_1=3, g2_1=4)], wider), wider))
    assert tuple(found.columns) == CHANGE_COLUMNS
    assert set(found["key"]) == {"g1", "g1_1"}


@tries(15)
@given(studies(), st.randoms(use_true_random=False))
def test_the_order_of_people_does_not_matter_and_time_can_be_turned_round(study: Study, random: Random) -> None:
    shuffled = random.sample(list(study.people), len(study.people))
    fewer = shuffled[: len(shuffled) // 2]
    whole = tallies_of(study.people, study.questionnaire, invited=study.invited, kinds=study.kinds)
    again = tallies_of(shuffled, study.questionnaire, invited=study.invited, kinds=study.kinds)
    part = tallies_of(fewer, study.questionnaire, invited=study.invited, kinds=study.kinds)
    asked = study.questionnaire
    there = changes((part, asked), (whole, asked))
    pd.testing.assert_frame_equal(there, changes((part, asked), (again, asked)), rtol=1e-9)
    back = changes((whole, asked), (part, asked)).set_index(["key", "organisation", "role"])
    there = there.set_index(["key", "organisation", "role"])
    assert np.allclose(there["change"], -back["change"].reindex(there.index), equal_nan=True)
    assert np.allclose(there["least"], -back["most"].reindex(there.index), equal_nan=True)
    assert np.allclose(there["df"], back["df"].reindex(there.index), equal_nan=True)
