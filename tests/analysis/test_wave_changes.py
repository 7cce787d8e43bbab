"""Two waves in one frame: the team's, and what readers of two publications could work out themselves."""

import json
from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.analysis.analyse import analyse
from surveyapp.analysis.counts import Counts
from surveyapp.analysis.disclosure import Policy, SafeResults, protect
from surveyapp.analysis.wave_changes import WAVE_CHANGE_COLUMNS, combined, for_team, in_print
from surveyapp.questionnaires.open_roles import marked
from surveyapp.questionnaires.questionnaire import Questionnaire
from tests.analysis.builders import Person, counts_of, people, questionnaire_of
from tests.effort import tries

ONE = questionnaire_of({"g1": ["g1_1"]}, roles=("official",))
TWO = questionnaire_of({"g1": ["g1_1"]})
REGION = ("almelo", "borne")
FIRST = [2, 3, 3, 2, 4, 3, 2, 3, 3, 4, 2, 3]
LATER = [4, 3, 4, 4, 5, 4, 3, 4, 4, 5, 3, 4]
NUMBERS = ["before", "after", "change", "lower", "upper", "interval_lower", "interval_upper"]
Wave = tuple[Counts, Questionnaire]


def wave(answers: dict[str, Sequence[int]], silent: int = 2, asked: Questionnaire = ONE) -> Wave:
    study = [one for code, marks in answers.items() for one in people(code, "official", "g1_1", *marks)]
    invited = {(code, "official"): len(marks) + silent for code, marks in answers.items()}
    return counts_of(study, asked, invited=invited), asked


def printed(found: Wave, audience: str = "lead") -> tuple[SafeResults, Questionnaire]:
    counts, asked = found
    return protect(analyse(counts, asked, test=False), Policy.of(audience)), asked


def row(frame: pd.DataFrame, organisation: str = "almelo", key: str = "g1", role: str = "all") -> pd.Series:
    return frame[frame["organisation"].eq(organisation) & frame["key"].eq(key) & frame["role"].eq(role)].iloc[0]


def in_public(before: Wave, after: Wave, bridges: tuple[str, ...] = ()) -> pd.DataFrame:
    """What readers of both publications see."""
    return in_print(printed(before), printed(after), REGION, bridges)


BEFORE = wave({"almelo": FIRST, "borne": LATER})
AFTER = wave({"almelo": LATER, "borne": LATER})


def test_the_team_sees_the_change_its_bounds_its_interval_and_a_verdict() -> None:
    found = for_team(BEFORE, AFTER)
    assert tuple(found.columns) == WAVE_CHANGE_COLUMNS
    almelo, borne = row(found), row(found, "borne")
    assert almelo[["before", "after", "change"]].tolist() == pytest.approx([34 / 12, 47 / 12, 13 / 12])
    assert almelo[["n_before", "n_after", "verdict", "broken"]].tolist() == [12, 12, "changed", False]
    assert borne[["change", "verdict"]].tolist() == [0, "unchanged"]
    bounds = ((47 + 2) / 14 - (34 + 10) / 14, (47 + 10) / 14 - (34 + 2) / 14)
    assert almelo[["lower", "upper"]].tolist() == pytest.approx(bounds)
    assert almelo["interval_lower"] < 13 / 12 < almelo["interval_upper"]


def test_readers_of_two_publications_see_the_same_as_the_team_but_for_rounding() -> None:
    team, outside = for_team(BEFORE, AFTER), in_public(BEFORE, AFTER)
    assert tuple(outside.columns) == WAVE_CHANGE_COLUMNS
    for organisation in REGION:
        ours, theirs = row(team, organisation), row(outside, organisation)
        assert theirs[NUMBERS].tolist() == pytest.approx(ours[NUMBERS].tolist(), abs=0.03)
        assert theirs["verdict"] == ours["verdict"]
        assert theirs["lower"] <= ours["lower"] <= ours["upper"] <= theirs["upper"]
    region = row(outside, "all")
    assert region[NUMBERS[:5]].tolist() == pytest.approx(row(team, "all")[NUMBERS[:5]].tolist(), abs=0.03)
    assert region[["interval_lower", "interval_upper"]].isna().all()


def test_the_comparison_is_a_function_of_what_was_printed() -> None:
    def read_back(found: Wave) -> tuple[SafeResults, Questionnaire]:
        safe, asked = printed(found)
        return SafeResults.from_document(json.loads(json.dumps(safe.to_document()))), asked

    again = in_print(read_back(BEFORE), read_back(AFTER), REGION)
    pd.testing.assert_frame_equal(in_public(BEFORE, AFTER), again)


def test_what_is_hidden_in_either_publication_has_no_change() -> None:
    few = wave({"almelo": FIRST[:4], "borne": LATER})
    for before, after in ((few, AFTER), (AFTER, few)):
        found = row(in_public(before, after))
        assert found[["change", "lower", "upper", "interval_lower", "interval_upper"]].isna().all()
        assert found["verdict"] == ""


def test_a_change_of_less_than_half_a_point_is_one_if_silence_cannot_explain_it() -> None:
    first, second = [3] * 11 + [2], [3] * 8 + [4] * 4
    for silent, verdict in ((0, "changed"), (2, "unchanged")):
        before, after = (wave({"almelo": marks, "borne": LATER}, silent) for marks in (first, second))
        assert row(in_public(before, after))["verdict"] == verdict
        assert row(for_team(before, after))["verdict"] == verdict


@pytest.mark.parametrize(("higher", "verdict"), [(6, "changed"), (5, "unchanged")])
def test_half_a_point_is_a_change_whatever_the_silent_think(higher: int, verdict: str) -> None:
    first = [2] * 6 + [3] * 6
    second = [2] * 6 + [4] * higher + [3] * (6 - higher)
    before, after = (wave({"almelo": marks, "borne": LATER}, 12) for marks in (first, second))
    for found in (row(for_team(before, after)), row(in_public(before, after))):
        assert found["lower"] < 0 < found["upper"]
        assert found["change"] == pytest.approx(higher / 12, abs=0.011)
        assert found["verdict"] == verdict


def test_rounding_alone_is_no_change() -> None:
    """2.995 would be printed as 3.00 (or 2.99), and everybody answered: the bounds are no wider than the rounding."""
    first, second = [3] * 200, [3] * 199 + [2]
    before, after = (wave({"almelo": marks, "borne": LATER}, 0) for marks in (first, second))
    found = row(in_public(before, after))
    assert (found["lower"] <= 0 <= found["upper"], found["verdict"]) == (True, "unchanged")


def test_a_trend_that_is_broken_has_two_numbers_and_no_change() -> None:
    asked = ONE.model_dump()
    asked["sections"][0]["questions"][0]["text"] = {"nl": "iets heel anders"}
    other = Questionnaire.model_validate(asked)
    second = counts_of([one for code in REGION for one in people(code, "official", "g1_1", *LATER)], other)
    for found in (
        for_team(BEFORE, (second, other)),
        in_public(BEFORE, (second, other)),
    ):
        almelo = row(found)
        assert almelo[["continuity", "broken", "verdict"]].tolist() == ["reworded", True, ""]
        assert almelo[["before", "after"]].notna().all()
        assert almelo[["change", "lower", "upper", "interval_lower", "interval_upper"]].isna().all()
    bridged = in_public(BEFORE, (second, other), bridges=("g1_1",))
    assert row(bridged)[["continuity", "broken"]].tolist() == ["same", False]


def test_another_scale_runs_from_0_to_100_behind_a_mark() -> None:
    longer = questionnaire_of({"g1": ["g1_1"]}, roles=("official",), points=7)
    second = wave({code: [1, 3, 5, 5, 6, 5, 3, 5, 6, 5, 4, 5] for code in REGION}, asked=longer)
    team, outside = for_team(BEFORE, second), in_public(BEFORE, second)
    ours, theirs = row(team), row(outside)
    assert theirs[["continuity", "broken"]].tolist() == ["rescaled", True]
    assert theirs["before"] == pytest.approx((34 / 12 - 1) * 25, abs=0.2)
    assert theirs["after"] == pytest.approx((53 / 12 - 1) * 100 / 6, abs=0.2)
    assert theirs[NUMBERS].tolist() == pytest.approx(ours[NUMBERS].tolist(), abs=0.6)
    assert theirs["verdict"] == ours["verdict"] == "unchanged"


def test_a_region_of_other_organisations_is_not_compared_in_print() -> None:
    alone = wave({"almelo": LATER})
    found = in_public(BEFORE, alone)
    assert row(found, "all")[["continuity", "verdict"]].tolist() == ["other-organisations", ""]
    assert np.isnan(row(found, "all")["change"])
    assert row(found)["continuity"] == "same"
    assert row(for_team(BEFORE, alone), "all")["change"] == pytest.approx(13 / 12)


def test_an_organisation_outside_the_region_does_not_break_it() -> None:
    with_body = wave({"almelo": FIRST, "borne": LATER, "ozjt": LATER})
    found = in_public(with_body, AFTER)
    assert row(found, "all")["continuity"] == "same"


def test_with_an_open_role_nobody_knows_how_many_are_silent() -> None:
    def answered(marks: list[int], asked: Questionnaire) -> Wave:
        study = [
            one for code in REGION for role in ("governor", "official") for one in people(code, role, "g1_1", *marks)
        ]
        invited = {(code, role): 14 for code in REGION for role in ("governor", "official")}
        return counts_of(study, asked, invited=invited), asked

    opened = marked(TWO, ["governor"])
    closed = row(in_public(answered(FIRST, TWO), answered(LATER, TWO)))
    unknown = row(in_public(answered(FIRST, opened), answered(LATER, opened)))
    assert closed[["lower", "upper"]].notna().all()
    assert unknown[["lower", "upper"]].isna().all()
    assert unknown["change"] == pytest.approx(13 / 12, abs=0.011)


def test_bounds_of_an_item_leave_out_to_whom_it_does_not_apply() -> None:
    def with_exempt(marks: list[int]) -> Wave:
        study = [Person(code, "official", {"g1_1": str(answer)}) for code in REGION for answer in (*marks, "na")]
        return counts_of(study, ONE, invited={(code, "official"): 15 for code in REGION}), ONE

    pair = with_exempt(FIRST), with_exempt(LATER)
    ours, theirs = (row(compared(*pair), key="g1_1") for compared in (for_team, in_public))
    assert theirs[["lower", "upper"]].tolist() == pytest.approx(ours[["lower", "upper"]].tolist(), abs=0.03)


Span = tuple[float, float, float]
spans = st.tuples(st.floats(1, 5), st.floats(0, 1), st.floats(0, 1))


@tries(50)
@given(spans, spans)
def test_intervals_are_combined_as_errors_are(first: Span, second: Span) -> None:
    (before, less, more), (after, down, up) = first, second
    limits = (before, before - less, before + more, after, after - down, after + up)
    b, lower_b, upper_b, a, lower_a, upper_a = (np.array([number]) for number in limits)
    lower, upper = combined(b, lower_b, upper_b, a, lower_a, upper_a)
    assert after - before - lower[0] == pytest.approx(np.hypot(down, more))
    assert upper[0] - (after - before) == pytest.approx(np.hypot(up, less))
