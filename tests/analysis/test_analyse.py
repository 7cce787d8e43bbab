import pandas as pd
import pytest

from surveyapp.analysis.analyse import analyse
from surveyapp.analysis.results import GAP_COLUMNS, RELIABILITY_COLUMNS, SCORE_COLUMNS, SHRINKAGE_COLUMNS, Results
from surveyapp.analysis.scores import score
from surveyapp.analysis.tallies import Tallies
from tests.analysis.builders import Person, answers_of, counts_of, questionnaire_of

ITEMS = ["g1_1", "g1_2", "g1_3"]
QUESTIONNAIRE = questionnaire_of({"g1": ITEMS})
RESPONDENTS = [
    Person(code, role, {item: str(1 + (place * 7 + number * 3) % 5) for number, item in enumerate(ITEMS)})
    for place, (code, role) in enumerate(
        [(code, role) for code in ("GM0141", "GM0147", "GM0153") for role in ("governor", *["official"] * 10)]
    )
]


@pytest.fixture(scope="module")
def results() -> Results:
    return analyse(counts_of(RESPONDENTS, QUESTIONNAIRE), QUESTIONNAIRE, answers_of(RESPONDENTS))


def test_everything_that_can_be_said_is_in_the_results(results: Results) -> None:
    assert tuple(results.scores.columns) == SCORE_COLUMNS
    assert tuple(results.gaps.columns) == GAP_COLUMNS
    assert tuple(results.shrinkage.columns) == SHRINKAGE_COLUMNS
    assert tuple(results.reliability.columns) == RELIABILITY_COLUMNS
    assert set(results.gaps["key"]) == {"g1", *ITEMS}
    assert results.shrinkage["organisation"].tolist() == ["GM0141", "GM0147", "GM0153"]
    assert results.reliability[["key", "items", "n"]].values.tolist() == [["g1", 3, 33]]


def test_the_parts_speak_of_the_same_scores(results: Results) -> None:
    totals = results.scores[(results.scores["key"] == "g1") & (results.scores["role"] == "all")].set_index(
        "organisation"
    )
    raw = results.shrinkage.set_index("organisation")["raw"]
    assert raw.to_dict() == pytest.approx(totals["mean"].drop("all").to_dict(), abs=1e-9)
    region = results.scores[(results.scores["key"] == "g1") & (results.scores["organisation"] == "all")]
    equal = dict(zip(region["role"], region["equal"], strict=True))
    gap = results.gaps["gap"][results.gaps["key"] == "g1"].tolist()
    assert gap == pytest.approx([equal["governor"] - equal["official"]], abs=1e-9)


def test_without_respondents_rows_there_is_no_reliability() -> None:
    counts = counts_of(RESPONDENTS, QUESTIONNAIRE)
    found = analyse(counts, QUESTIONNAIRE, test=False)
    assert tuple(found.reliability.columns) == RELIABILITY_COLUMNS
    assert found.reliability.empty
    pd.testing.assert_frame_equal(found.scores, score(Tallies.of(counts, QUESTIONNAIRE)))


def test_reliability_is_of_the_region_alone() -> None:
    kinds = {"GM0153": "region_body"}
    found = analyse(
        counts_of(RESPONDENTS, QUESTIONNAIRE, kinds=kinds), QUESTIONNAIRE, answers_of(RESPONDENTS), test=False
    )
    assert found.reliability["n"].tolist() == [22]


def test_a_look_at_this_moment_has_gaps_without_p_values() -> None:
    found = analyse(counts_of(RESPONDENTS, QUESTIONNAIRE), QUESTIONNAIRE, test=False)
    assert found.gaps["gap"].notna().all()
    assert found.gaps["p_exact"].isna().all()


def test_an_empty_study_is_analysed_without_an_exception_and_without_a_number() -> None:
    found = analyse(counts_of([], QUESTIONNAIRE), QUESTIONNAIRE, answers_of([]))
    assert found.scores["mean"].isna().all()
    assert found.gaps["gap"].isna().all()
    assert found.shrinkage.empty
    assert found.reliability["alpha"].isna().all()
