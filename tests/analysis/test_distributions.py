import pandas as pd
import pytest

from surveyapp.analysis.distributions import distribution
from tests.analysis.builders import counts_of, people, person, questionnaire_of

QUESTIONNAIRE = questionnaire_of(
    {"g1": ["g1_1", "g1_2"]}, only={"g1_2": ["official"]}, reverse=["g1_1"], importance=True
)


def numbers(frame: pd.DataFrame, organisation: str, role: str) -> dict[str, int]:
    rows = frame[(frame["organisation"] == organisation) & (frame["role"] == role)]
    return dict(zip(rows["answer"], rows["count"], strict=True))


def test_answers_are_counted_as_they_were_given() -> None:
    answers = [
        *people("GM0141", "governor", "g1_1", 5),
        *people("GM0141", "official", "g1_1", 2, 2, "dk"),
        *people("GM0147", "official", "g1_1", "na"),
        *people("OZJT", "official", "g1_1", 1),
    ]
    spread = distribution(counts_of(answers, QUESTIONNAIRE, kinds={"OZJT": "region_body"}), QUESTIONNAIRE, "g1_1")
    assert numbers(spread, "GM0141", "all") == {"1": 0, "2": 2, "3": 0, "4": 0, "5": 1, "dk": 1, "na": 0, "": 0}
    assert numbers(spread, "all", "official") == {"1": 0, "2": 2, "3": 0, "4": 0, "5": 0, "dk": 1, "na": 1, "": 0}
    assert numbers(spread, "OZJT", "official")["1"] == 1


def test_only_roles_that_get_the_question_are_there() -> None:
    answers = [person("GM0141", "governor", g1_1=3), person("GM0141", "official", g1_2=3)]
    spread = distribution(counts_of(answers, QUESTIONNAIRE), QUESTIONNAIRE, "g1_2")
    assert list(dict.fromkeys(spread["role"])) == ["official", "all"]
    assert spread["count"].sum() == 4


def test_a_choice_is_counted_by_option() -> None:
    answers = [person("GM0141", "official", g1_choice="money"), person("GM0141", "official", g1_1=1)]
    spread = distribution(counts_of(answers, QUESTIONNAIRE), QUESTIONNAIRE, "g1_choice")
    assert numbers(spread, "all", "all") == {"time": 0, "money": 1, "": 1}


def test_an_open_question_has_no_codes_to_count() -> None:
    with pytest.raises(ValueError, match="g1_good has no codes to count"):
        distribution(counts_of([], QUESTIONNAIRE), QUESTIONNAIRE, "g1_good")
