"""The tallies as arrays: every count at its place."""

import numpy as np
import pandas as pd
import pytest

from surveyapp.analysis.tallies import Tallies
from tests.analysis.builders import counts_of, people, person, questionnaire_of, tallies_of

QUESTIONNAIRE = questionnaire_of(
    {"g1": ["g1_1", "g1_2"], "g2": ["g2_1"]},
    only={"g1_2": ["official"], "g2_1": ["official"]},
    reverse=["g1_2"],
    points_of={"g2": 7},
)


def test_answers_are_counted_as_analysed_and_only_where_they_were_asked() -> None:
    counts = counts_of([person("GM0141", "official", g1_1=1, g1_2=2, g2_1="dk")], QUESTIONNAIRE)
    stray = pd.DataFrame([("g1_2", "GM0141", "governor", "5", 9)], columns=list(counts.items.columns))
    counts.items.loc[len(counts.items)] = stray.iloc[0]
    found = Tallies.of(counts, QUESTIONNAIRE).answers
    assert np.argwhere(found).tolist() == [[0, 0, 1, 0], [1, 0, 1, 3], [2, 0, 1, 7]]
    assert found.sum() == 3


def test_an_organisation_that_nobody_knows_is_a_mistake_of_the_caller() -> None:
    counts = counts_of(people("GM0141", "official", "g1_1", 3), QUESTIONNAIRE, invited={("GM0147", "official"): 1})
    with pytest.raises(ValueError, match="organisation 'GM0141' is not one of GM0147"):
        Tallies.of(counts, QUESTIONNAIRE)


def test_whoever_answered_anything_responded_to_the_themes_that_they_were_asked_about() -> None:
    study = [person("GM0141", "governor", g1_1="dk"), person("GM0141", "official", g2_1=4)]
    assert tallies_of(study, QUESTIONNAIRE).responded.tolist() == [[[1, 1]], [[0, 1]]]


def test_themes_come_before_items_and_the_region_can_be_had_alone() -> None:
    study = [person("ozjt", "official", g1_1=1), person("borne", "official", g1_1=5)]
    tallies = tallies_of(study, QUESTIONNAIRE, kinds={"ozjt": "regional-body"})
    assert [one.key for one in tallies.marks] == ["g1", "g2", "g1_1", "g1_2", "g2_1"]
    assert tallies.marks[2].counts[:, 1].tolist() == [[1, 0, 0, 0, 0], [0, 0, 0, 0, 1]]
    assert tallies.region_marks[2].counts[:, 1].tolist() == [[0, 0, 0, 0, 1]]
