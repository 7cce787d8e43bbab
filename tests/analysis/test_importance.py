from random import Random
from statistics import fmean

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.analysis.importance import IMPORTANCE_COLUMNS, importance
from tests.analysis.builders import Person, counts_of, people, person, questionnaire_of
from tests.analysis.plain import Study
from tests.analysis.studies import studies
from tests.effort import tries

HABIT = questionnaire_of({"g1": ["g1_1"]}, importance=True)


def counted(study: Study) -> pd.DataFrame:
    return importance(
        counts_of(study.people, study.questionnaire, invited=study.invited, kinds=study.kinds), study.questionnaire
    )


def row(frame: pd.DataFrame, organisation: str, role: str = "all") -> pd.Series:
    return frame[(frame["organisation"] == organisation) & (frame["role"] == role)].iloc[0]


def test_a_theme_has_the_importance_that_its_section_asked() -> None:
    study = [
        *people("almelo", "governor", "g1_importance", 5, 3),
        *people("almelo", "official", "g1_importance", 4, "dk", "na"),
        *people("borne", "official", "g1_importance", 1),
    ]
    found = importance(counts_of(study, HABIT), HABIT)
    assert tuple(found.columns) == IMPORTANCE_COLUMNS
    assert found[["key", "question", "points"]].drop_duplicates().values.tolist() == [["g1", "g1_importance", 5]]
    assert row(found, "almelo")[["n", "mean", "dont_know"]].tolist() == [3, 4, 0.25]
    assert row(found, "almelo", "governor")["mean"] == 4
    assert row(found, "all")["mean"] == pytest.approx(13 / 4)


def test_a_score_is_not_an_importance() -> None:
    found = importance(counts_of([person("almelo", "official", g1_1=5)], HABIT), HABIT)
    assert (found["n"] == 0).all()
    assert found[["mean", "dont_know"]].isna().all(axis=None)


def test_without_such_a_question_there_are_no_rows() -> None:
    plain = questionnaire_of({"g1": ["g1_1"]})
    found = importance(counts_of(people("almelo", "official", "g1_1", 3), plain), plain)
    assert tuple(found.columns) == IMPORTANCE_COLUMNS
    assert found.empty


@tries(20)
@given(studies(), st.randoms(use_true_random=False))
def test_it_is_what_people_answered_in_any_order(study: Study, random: Random) -> None:
    found = counted(study)
    shuffled: list[Person] = random.sample(list(study.people), len(study.people))
    again = Study(shuffled, study.questionnaire, study.invited, study.kinds)
    pd.testing.assert_frame_equal(found, counted(again))
    for _, cell in found[(found["role"] == "all") & (found["organisation"] == "all")].iterrows():
        region = [one for one in study.people if one.organisation in study.region]
        marks = [int(mark) for one in region if (mark := one.answers.get(cell["question"], "")).isdigit()]
        assert cell["n"] == len(marks)
        assert cell["mean"] == pytest.approx(fmean(marks) if marks else float("nan"), nan_ok=True)
