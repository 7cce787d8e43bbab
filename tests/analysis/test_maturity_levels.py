"""Maturity of every theme in every organisation: gates by criteria, beside the band of the mean."""

from collections.abc import Mapping, Sequence

import pandas as pd
import pytest

from surveyapp.analysis.analyse import analyse
from surveyapp.analysis.disclosure import Policy, protect
from surveyapp.analysis.maturity_levels import MATURITY_COLUMNS, maturity
from surveyapp.analysis.results import Results
from surveyapp.questionnaires.questionnaire import Questionnaire
from tests.analysis.builders import Person, counts_of, questionnaire_of

ITEMS = ["plan", "team", "learn", "extra"]
LEVELS = {"plan": 1, "team": 2, "learn": 3}
HABIT = questionnaire_of({"g1": ITEMS}, roles=("official",), levels=LEVELS)
REGION = ("almelo", "borne")


def results(
    marks: Mapping[str, Sequence[str]], asked: Questionnaire = HABIT, invited: Mapping[str, int] | None = None
) -> Results:
    """Per organisation the answers of each respondent to the four statements, a character each; ``-`` for none."""
    study = [
        Person(code, "official", {key: mark for key, mark in zip(ITEMS, one, strict=True) if mark != "-"})
        for code, answers in marks.items()
        for one in answers
    ]
    asked_for = {(code, "official"): number for code, number in (invited or {}).items()} or None
    return analyse(counts_of(study, asked, invited=asked_for), asked, test=False)


def row(frame: pd.DataFrame, organisation: str = "almelo") -> "pd.Series":
    assert tuple(frame.columns) == MATURITY_COLUMNS
    return frame[frame["organisation"].eq(organisation)].iloc[0]


def found(marks: Mapping[str, Sequence[str]], organisation: str = "almelo") -> "pd.Series":
    return row(maturity(results(marks).scores, HABIT, REGION), organisation)


@pytest.mark.parametrize(
    ("answers", "level", "missing"),
    [
        (["4431", "4331"], 2, "learn"),
        (["4451", "4341"], 3, ""),
        (["2551", "2551"], 0, "plan"),
        (["4151", "4251"], 1, "team"),
        (["4-51", "4-51"], 1, "team"),
    ],
    ids=["the last gate is closed", "all open", "not the first", "a strong point makes up for nothing", "no answer"],
)
def test_a_gate_opens_when_everything_of_it_and_below_is_in_place(answers: list[str], level: int, missing: str) -> None:
    here = found({"almelo": answers})
    assert here[["reached", "highest", "missing"]].tolist() == [level, 3, missing]


def test_the_region_is_judged_by_the_mean_over_its_organisations() -> None:
    both = {"almelo": ["5551"] * 6, "borne": ["1111"]}
    assert found(both, "all")[["reached", "missing"]].tolist() == [0, "plan"]
    assert found(both)["reached"] == 3
    higher = {"almelo": ["5551"], "borne": ["2111"] * 6}
    assert found(higher, "all")[["reached", "missing"]].tolist() == [1, "team"]


def test_the_band_of_the_mean_stands_beside_the_level() -> None:
    here = found({"almelo": ["5552", "5552"]})
    assert here[["reached", "mean", "band", "on_the_edge"]].tolist() == [3, 4.25, "exemplary", False]
    assert found({"almelo": ["4444", "4444", "4443"]})[["band", "on_the_edge"]].tolist() == ["in-order", True]


def test_bounds_that_reach_past_a_cut_put_it_on_the_edge() -> None:
    silent = results({"almelo": ["4343"] * 4}, invited={"almelo": 8})
    here = row(maturity(silent.scores, HABIT, REGION))
    assert here[["mean", "lower", "upper"]].tolist() == [3.5, (4 * 3.5 + 4) / 8, (4 * 3.5 + 20) / 8]
    assert here["on_the_edge"]
    assert not found({"almelo": ["4343"] * 4})["on_the_edge"]


def test_a_theme_without_levels_has_a_band_only() -> None:
    plain = questionnaire_of({"g1": ITEMS}, roles=("official",))
    here = row(maturity(results({"almelo": ["4444"]}, plain).scores, plain, REGION))
    assert here[["reached", "highest"]].isna().all()
    assert here["missing"] == ""
    assert here["band"] == "exemplary"


def test_where_nobody_answered_there_is_neither() -> None:
    silent = results({"borne": ["4444"]}, invited={"almelo": 3, "borne": 1})
    here = row(maturity(silent.scores, HABIT, REGION))
    assert here[["reached", "mean", "lower", "upper"]].isna().all()
    assert here[["missing", "band", "on_the_edge"]].tolist() == ["", "", False]


def test_another_scale_is_stretched_to_five_points() -> None:
    asked = questionnaire_of({"g1": ITEMS}, roles=("official",), levels=LEVELS, points=3)
    here = row(maturity(results({"almelo": ["3321", "2321"] * 2}, asked).scores, asked, REGION))
    assert here[["reached", "missing"]].tolist() == [2, "learn"]
    assert here["mean"] == pytest.approx(1 + 4 * (2.125 - 1) / 2)


def test_readers_of_a_publication_are_told_what_its_printed_means_decide() -> None:
    both = results({"almelo": ["4433", "3333", "4333", "4342", "3333"] * 3, "borne": ["5443"] * 5 + ["3333"] * 5})
    published = protect(both, Policy.of("lead"))
    for organisation in REGION:
        ours, theirs = (
            row(maturity(scores, HABIT, REGION), organisation) for scores in (both.scores, published.scores)
        )
        assert theirs[["reached", "missing", "band"]].tolist() == ours[["reached", "missing", "band"]].tolist()


@pytest.mark.parametrize(
    ("hidden", "level", "missing"),
    [("plan", None, ""), ("team", None, ""), ("learn", 1, "team"), ("extra", 1, "team")],
)
def test_a_hidden_mean_leaves_the_level_open_only_where_it_decides(
    hidden: str, level: int | None, missing: str
) -> None:
    """Of this organisation the second gate is closed, and the third would be open."""
    results_of_both = results({"almelo": ["4343", "3252", "4353", "4342", "4242"] * 3})
    scores = protect(results_of_both, Policy.of("lead")).scores
    gone = scores["key"].eq(hidden)
    scores.loc[gone, "suppressed"] = "linked"
    scores.loc[gone, ["mean", "equal", "n", "invited"]] = float("nan")
    here = row(maturity(scores, HABIT, ("almelo",)))
    assert [None if pd.isna(value) else value for value in here[["reached", "missing"]]] == [level, missing]
