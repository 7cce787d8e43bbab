"""The columns of a file of data."""

import pytest

from surveyapp.questionnaires.codebook import name_of, variables
from tests.questionnaires.sampled import names, questionnaire


@pytest.mark.parametrize("name", names())
def test_every_column_has_a_name_of_its_own(name: str) -> None:
    keys = [variable.key for _, variable in variables(questionnaire(name))]
    assert len(keys) == len(set(keys))
    assert {key for key in keys if key in questionnaire(name).stored} >= {
        key for key, (_, part) in questionnaire(name).stored.items() if part
    }


def test_what_is_said_beside_an_answer_has_a_column() -> None:
    columns = [(variable.key, variable.measure) for _, variable in variables(questionnaire("choices"))]
    assert ("seen.more", "nominal") in columns
    assert ("seen.other", "text") in columns
    assert [variable.key for _, variable in variables(questionnaire("comment"))] == [
        "welcome_1", "welcome_1.comment", "again", "again.comment",
    ]  # fmt: skip


def test_a_column_is_named_after_its_question_and_option() -> None:
    named = {one.key: name_of(question, one, "en") for question, one in variables(questionnaire("choices"))}
    assert named["seen.house"] == "What did you see? – The house"
    assert named["seen.other"] == "What did you see? – Something else, namely:"
    scale = {one.key: name_of(question, one, "nl") for question, one in variables(questionnaire("scale"))}
    assert scale["welcome_1"] == "Ik voelde me welkom."
