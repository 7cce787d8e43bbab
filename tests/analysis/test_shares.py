import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.analysis.shares import SHARE_COLUMNS, middle_marks, shares
from tests.analysis.builders import people, questionnaire_of, tallies_of
from tests.analysis.plain import Study
from tests.analysis.studies import studies
from tests.effort import tries

ONE = questionnaire_of({"g1": ["g1_1"]})


def of(*answers: str | int, points: int = 5, reverse: bool = False) -> pd.Series:
    questionnaire = questionnaire_of({"g1": ["g1_1"]}, points=points, reverse=["g1_1"] if reverse else [])
    found = shares(tallies_of(people("almelo", "official", "g1_1", *answers), questionnaire))
    return found[(found["organisation"] == "almelo") & (found["role"] == "all")].iloc[0]


def test_four_and_five_are_favourable_one_and_two_are_not() -> None:
    found = of(1, 2, 3, 3, 4, 5, 5, 5)
    assert found[["n", "favourable", "unfavourable"]].tolist() == [8, 0.5, 0.25]


@pytest.mark.parametrize(
    ("points", "favourable", "unfavourable"),
    [(2, 1 / 2, 1 / 2), (4, 2 / 4, 2 / 4), (5, 2 / 5, 2 / 5), (7, 3 / 7, 3 / 7)],
)
def test_of_every_scale_the_marks_above_and_below_the_middle(
    points: int, favourable: float, unfavourable: float
) -> None:
    found = of(*range(1, points + 1), points=points)
    assert found[["favourable", "unfavourable"]].tolist() == pytest.approx([favourable, unfavourable])


def test_dont_know_is_a_share_of_who_could_judge() -> None:
    found = of(4, 2, 3, "dk", "na", "na", "")
    assert found["dont_know"] == 0.25
    assert found["favourable"] == pytest.approx(1 / 3)


def test_a_statement_the_other_way_round_is_turned() -> None:
    assert of(1, 1, 2, 5, reverse=True)["favourable"] == 0.75


def test_the_two_middle_marks_are_kept_apart() -> None:
    assert of(1, 2, 4, 5)[["lower_median", "upper_median"]].tolist() == [2, 4]
    assert of(1, 2, 5)[["lower_median", "upper_median"]].tolist() == [2, 2]


def test_nobody_has_no_shares_and_no_middle() -> None:
    found = shares(tallies_of([], ONE, invited={("almelo", "official"): 3}))
    assert tuple(found.columns) == SHARE_COLUMNS
    assert found[list(SHARE_COLUMNS[4:])].isna().all(axis=None)
    assert np.isnan(middle_marks(np.zeros((2, 5), int))).all()


@tries(50)
@given(st.lists(st.integers(1, 5), min_size=1, max_size=15))
def test_the_middle_marks_stand_in_the_middle(marks: list[int]) -> None:
    lower, upper = middle_marks(np.array([marks.count(point) for point in range(1, 6)]))
    ranked = sorted(marks)
    assert (float(lower), float(upper)) == (ranked[(len(marks) - 1) // 2], ranked[len(marks) // 2])


@tries(20)
@given(studies())
def test_shares_are_shares(study: Study) -> None:
    found = shares(tallies_of(study.people, study.questionnaire, invited=study.invited, kinds=study.kinds))
    answered = found[found["n"] > 0]
    assert (answered["favourable"] + answered["unfavourable"] <= 1 + 1e-9).all()
    assert answered[["favourable", "unfavourable", "dont_know"]].ge(0).all(axis=None)
    assert (answered["lower_median"] <= answered["upper_median"]).all()
