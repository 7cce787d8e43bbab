from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given

from surveyapp.analysis.respondents import Respondents
from surveyapp.analysis.scores import score
from tests.analysis.builders import answers_of, person, questionnaire_of, tallies_of
from tests.analysis.plain import Study
from tests.analysis.studies import studies
from tests.effort import tries

FOUR = questionnaire_of({"g1": ["a", "b", "c", "d"]}, only={"d": ["official"]}, reverse=["c"])


def test_marks_are_turned_and_what_is_no_mark_is_missing() -> None:
    study = [person("almelo", "official", a=4, b="dk", c=1, d=""), person("borne", "governor", a="na", b=2, d=5)]
    found = Respondents.of(answers_of(study), FOUR, "g1")
    assert found.who["organisation"].tolist() == ["almelo", "borne"]
    assert np.nan_to_num(found.marks).tolist() == [[4, 0, 5, 0], [0, 2, 0, 0]]
    assert found.put.tolist() == [[True] * 4, [True, True, True, False]]


def test_a_score_needs_half_of_what_was_put_to_the_role() -> None:
    study = [
        person("almelo", "official", a=4),
        person("almelo", "official", a=4, b=5),
        person("almelo", "governor", a=4),
        person("almelo", "governor", a=4, c=5),
    ]
    found = Respondents.of(answers_of(study), FOUR, "g1")
    assert found.scored.tolist() == [False, True, False, True]
    assert found.scores == pytest.approx([np.nan, 4.5, np.nan, 2.5], nan_ok=True)
    assert found.exact() == {"r1": Fraction(9, 2), "r3": Fraction(5, 2)}


def test_the_same_number_elsewhere_is_somebody_else() -> None:
    answers = answers_of([person("almelo", "official", a=4, b=4), person("borne", "official", a=2, b=2)])
    answers["respondent"] = "r1"
    assert Respondents.of(answers, FOUR, "g1").scores.tolist() == [4, 2]


def test_names_as_categories_are_the_same_people() -> None:
    answers = answers_of([person("borne", "official", a=4, b=4), person("almelo", "governor", a=2, c=2)])
    found = Respondents.of(answers.astype("category"), FOUR, "g1")
    assert found.who["organisation"].tolist() == ["borne", "almelo"]
    assert found.exact() == Respondents.of(answers, FOUR, "g1").exact() == {"r0": Fraction(4), "r1": Fraction(3)}


def test_nobody_is_nobody() -> None:
    found = Respondents.of(answers_of([]), FOUR, "g1")
    assert found.scores.size == 0
    assert found.exact() == {}


@tries(30)
@given(studies())
def test_scores_add_up_to_those_of_the_tallies(study: Study) -> None:
    scores = score(tallies_of(study.people, study.questionnaire, invited=study.invited, kinds=study.kinds))
    for theme in study.questionnaire.themes:
        found = Respondents.of(answers_of(study.people), study.questionnaire, theme)
        rows = scores[(scores["key"] == theme) & (scores["role"] == "all") & (scores["organisation"] != "all")]
        for organisation, n, mean in zip(rows["organisation"], rows["n"], rows["mean"], strict=True):
            here = found.scores[(found.who["organisation"] == organisation).to_numpy() & found.scored]
            assert len(here) == n
            assert (here.mean() if n else np.nan) == pytest.approx(mean, nan_ok=True)
