"""The columns of scores that tell how answers are spread: shares with their limits, intervals, consensus."""

import numpy as np
import pandas as pd
import pytest

from surveyapp.analysis.analyse import analyse
from surveyapp.analysis.disclosure import Policy, protect
from surveyapp.analysis.intervals import intervals
from surveyapp.analysis.scores import score
from surveyapp.analysis.tallies import Tallies
from tests.analysis.builders import Person, counts_of, people, questionnaire_of, tallies_of

ONE_ITEM = questionnaire_of({"g1": ["g1_1"]})
OFFICIALS, GOVERNORS = ("GM0141", "official"), ("GM0141", "governor")
TWELVE = [2, 3, 3, 4, 4, 4, 4, 5, 5, 3, 2, 4]


def row(tallies: Tallies, key: str = "g1_1", organisation: str = "GM0141", role: str = "all") -> "pd.Series[float]":
    scores = score(tallies)
    here = scores["key"].eq(key) & scores["organisation"].eq(organisation) & scores["role"].eq(role)
    return scores[here].iloc[0]


def officials(*marks: int | str, invited: int) -> Tallies:
    return tallies_of(people(*OFFICIALS, "g1_1", *marks), ONE_ITEM, invited={OFFICIALS: invited})


def test_the_shares_of_an_item_have_the_exact_limits_of_everybody_who_could_have_said_so() -> None:
    found = row(officials(4, 5, 4, 4, 5, 4, 2, invited=10))
    assert found[["top", "bottom"]].tolist() == pytest.approx([6 / 7, 1 / 7])
    assert found[["top_lower", "top_upper"]].tolist() == pytest.approx([0.6, 0.9])


def test_somebody_to_whom_a_statement_does_not_apply_could_not_have_said_so() -> None:
    found = row(officials(4, 5, 4, 4, 5, 4, 2, "na", "na", invited=12))
    assert found[["top_lower", "top_upper"]].tolist() == pytest.approx([0.6, 0.9])


def test_a_theme_has_no_shares_because_its_scores_are_averages() -> None:
    found = row(officials(*TWELVE, invited=20), "g1")
    assert found[["top", "bottom", "top_lower", "top_upper"]].isna().all()
    assert found[["interval_lower", "interval_upper", "consensus"]].notna().all()


def test_the_interval_is_that_of_cochran() -> None:
    found = row(officials(*TWELVE, invited=20))
    error = np.sqrt((1 - 12 / 20) * np.var(TWELVE, ddof=1) / 12)
    expected = np.mean(TWELVE) + np.array([-1, 1]) * 2.200985 * error
    assert found[["interval_lower", "interval_upper"]].tolist() == pytest.approx(expected.tolist(), abs=1e-6)


def test_it_is_the_one_that_the_table_of_intervals_has() -> None:
    tallies = officials(*TWELVE, invited=20)
    table = intervals(tallies)
    table = table[table["statistic"] == "mean"].set_index(["key", "organisation", "role"])
    scores = score(tallies).set_index(["key", "organisation", "role"])
    for ours, theirs in (("interval_lower", "lower"), ("interval_upper", "upper")):
        pd.testing.assert_series_equal(scores[ours].reindex(table.index), table[theirs], check_names=False)


@pytest.mark.parametrize(
    ("marks", "invited"),
    [(TWELVE[:9], 20), (TWELVE, 12), ([4] * 12, 20), (TWELVE, 11)],
    ids=["nine answers", "everybody answered", "everybody agrees", "more than were invited"],
)
def test_there_is_no_interval_where_it_would_say_too_much_or_nothing(marks: list[int], invited: int) -> None:
    assert row(officials(*marks, invited=invited))[["interval_lower", "interval_upper"]].isna().all()


def test_ten_answers_have_an_interval() -> None:
    assert row(officials(*TWELVE[:10], invited=11))[["interval_lower", "interval_upper"]].notna().all()


def test_an_interval_never_passes_what_is_certain() -> None:
    found = row(officials(*[1] * 11, 5, invited=13))
    assert found["interval_lower"] == pytest.approx((11 + 5 + 1) / 13)


def test_with_an_open_role_nobody_knows_of_how_many_the_answers_of_all_roles_are() -> None:
    answers = [*people(*OFFICIALS, "g1_1", *TWELVE), *people(*GOVERNORS, "g1_1", 3, 4)]
    tallies = tallies_of(answers, ONE_ITEM, invited={OFFICIALS: 30, GOVERNORS: 0})
    limits = ["interval_lower", "interval_upper", "top_lower", "top_upper"]
    assert row(tallies, role="official")[limits].notna().all()
    assert row(tallies)[limits].isna().all()
    assert row(tallies, organisation="all")[limits].isna().all()


def test_consensus_is_one_where_everybody_agrees_and_almost_none_between_two_camps() -> None:
    assert row(officials(3, 3, 3, 3, invited=4))["consensus"] == 1
    assert row(officials(1, 1, 1, 5, 5, 5, 5, invited=7))["consensus"] == pytest.approx(0.0148, abs=5e-5)
    assert np.isnan(row(officials(3, 3, 3, invited=4))["consensus"])


def test_the_consensus_on_a_theme_is_the_mean_of_its_statements() -> None:
    two = questionnaire_of({"g1": ["g1_1", "g1_2"]})
    answers = [Person("GM0141", "official", {"g1_1": "3", "g1_2": mark}) for mark in ("1", "1", "5", "5")]
    assert row(tallies_of(answers, two), "g1")["consensus"] == pytest.approx(0.5)


def test_readers_of_a_publication_see_them_from_ten_answers_on() -> None:
    """The interval of nine, and of what nine are left of, stays inside."""
    columns = ["top", "bottom", "top_lower", "top_upper", "interval_lower", "interval_upper", "consensus"]
    shown = {}
    for size in (9, 12):
        study = [one for code in ("GM0141", "GM0147") for one in people(code, "official", "g1_1", *TWELVE[:size])]
        invited = {(code, "official"): 20 for code in ("GM0141", "GM0147")}
        results = analyse(counts_of(study, ONE_ITEM, invited=invited), ONE_ITEM, test=False)
        scores = protect(results, Policy.of("lead")).scores
        here = scores["key"].eq("g1_1") & scores["role"].eq("all") & scores["organisation"].eq("GM0147")
        shown[size] = scores[here].iloc[0]
    assert shown[9]["mean"] == pytest.approx(np.mean(TWELVE[:9]), abs=0.005)
    assert shown[9][columns].isna().all()
    assert shown[12][columns].notna().all()
    expected = score(officials(*TWELVE, invited=20)).query("key == 'g1_1' and role == 'all'").iloc[0]
    assert shown[12][columns].tolist() == pytest.approx(expected[columns].tolist(), abs=0.005)
