"""Themes by how much they matter and how well they go."""

import pandas as pd
import pytest

from surveyapp.analysis.analyse import analyse
from surveyapp.analysis.importance import importance
from surveyapp.analysis.priorities import PRIORITY_COLUMNS, asked_importance, priorities
from surveyapp.analysis.results import Results
from surveyapp.questionnaires.questionnaire import Questionnaire
from tests.analysis.builders import Person, counts_of, questionnaire_of

THEMES = {f"g{number}": [f"g{number}_1"] for number in range(1, 5)}
ASKED = questionnaire_of(THEMES, roles=("official",), importance=True)
GOES, MATTERS = {"g1": 2, "g2": 5, "g3": 2, "g4": 4}, {"g1": 5, "g2": 5, "g3": 2, "g4": 1}


def answers(organisation: str = "almelo", **other: str) -> Person:
    given = {f"{theme}_1": str(mark) for theme, mark in GOES.items()}
    given |= {f"{theme}_importance": str(mark) for theme, mark in MATTERS.items()}
    return Person(organisation, "official", given | other)


def results(*people: Person, asked: Questionnaire = ASKED) -> Results:
    return analyse(counts_of(people, asked), asked, test=False)


def found(*people: Person) -> pd.DataFrame:
    study = results(*people)
    return priorities(study.scores, study.measures, ASKED)


def here(frame: pd.DataFrame, organisation: str = "almelo") -> pd.DataFrame:
    return frame[frame["organisation"].eq(organisation) & frame["role"].eq("all")].set_index("key")


def test_what_matters_and_goes_less_well_comes_first() -> None:
    frame = found(answers())
    assert tuple(frame.columns) == PRIORITY_COLUMNS
    assert here(frame).loc[list(THEMES), "quadrant"].tolist() == ["first", "keep", "later", "ease"]
    assert here(frame).loc["g1", ["importance", "score"]].to_dict() == {"importance": 5, "score": 2}


def test_a_theme_on_the_line_counts_as_the_better_one() -> None:
    same = {f"g{number}_{what}": "3" for number in range(1, 5) for what in ("1", "importance")}
    assert set(here(found(answers(**same)))["quadrant"]) == {"keep"}


def test_the_importance_is_that_of_the_tallies_and_the_region_its_headline() -> None:
    people = [answers(), answers("borne", g1_1="4", g1_importance="dk"), answers("borne", g1_1="4")]
    frame, counted = found(*people), importance(counts_of(people, ASKED), ASKED)
    counted = counted[counted["role"].eq("all") & counted["organisation"].eq("all")].set_index("key")
    region = here(frame, "all")
    assert region["importance"].tolist() == pytest.approx(counted["mean"].reindex(region.index).tolist())
    assert region.loc["g1", ["n", "score"]].to_dict() == {"n": 2, "score": (2 + 4) / 2}


def test_without_one_of_the_two_there_is_no_quarter_and_the_others_are_judged_without_it() -> None:
    frame = here(found(answers(g1_importance="dk")))
    assert frame.loc["g1", "quadrant"] == ""
    assert frame.loc[["g2", "g3", "g4"], "quadrant"].tolist() == ["keep", "later", "ease"]


def test_a_theme_of_which_the_importance_was_not_asked_has_no_row() -> None:
    plain = questionnaire_of(THEMES, roles=("official",))
    assert asked_importance(plain) == {}
    study = results(answers(), asked=plain)
    assert priorities(study.scores, study.measures, plain).empty


def test_hidden_numbers_have_no_quarter() -> None:
    study = results(answers())
    hidden = study.scores.copy()
    hidden.loc[hidden["key"].eq("g2"), ["mean", "equal"]] = float("nan")
    frame = here(priorities(hidden, study.measures.assign(suppressed=""), ASKED))
    assert frame.loc["g2", "quadrant"] == ""
    assert frame.loc["g1", "quadrant"] == "first"
