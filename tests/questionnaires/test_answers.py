"""Which answers a question allows."""

from pathlib import Path

import pytest

from surveyapp.questionnaires.answers import problem_with
from surveyapp.questionnaires.parsing import parse
from surveyapp.questionnaires.questionnaire import Questionnaire
from surveyapp.questionnaires.shaping import shape

SAMPLES = Path(__file__).parent / "samples"


def sample(name: str) -> Questionnaire:
    document, problems = parse(SAMPLES / f"{name}.yaml")
    assert document is not None, problems
    questionnaire, problems = shape(document, Questionnaire)
    assert questionnaire is not None, problems
    return questionnaire


@pytest.mark.parametrize(
    ("name", "question", "value", "problem"),
    [
        ("scale", "welcome_1", "1", None),
        ("scale", "welcome_1", "5", None),
        ("scale", "welcome_1", "dk", None),
        ("scale", "welcome_1", "na", None),
        ("scale", "welcome_1", "", None),
        ("scale", "welcome_1", "0", "not-an-option"),
        ("scale", "welcome_1", "6", "not-an-option"),
        ("scale", "welcome_1", "04", "not-an-option"),
        ("scale", "welcome_1", "4.0", "not-an-option"),
        ("scale", "welcome_1", " 4", "not-an-option"),
        ("scale", "welcome_1", "４", "not-an-option"),
        ("choice", "again", "no", None),
        ("choice", "again", "", None),
        ("choice", "again", "maybe", "not-an-option"),
        ("choice", "again", "yes;no", "not-an-option"),
        ("choice", "again", "dk", "not-an-option"),
        ("ranking", "order", "coffee>guide", None),
        ("ranking", "order", "coffee", None),
        ("ranking", "order", "", None),
        ("ranking", "order", "coffee>tea", "not-an-option"),
        ("ranking", "order", "coffee>", "not-an-option"),
        ("ranking", "order", "coffee>coffee", "ranked-twice"),
        ("ranking", "order", "coffee>guide>house", "too-many"),
        ("text", "remark", "Alles ging goed.", None),
        ("text", "remark", "x" * 40, None),
        ("text", "remark", "x" * 41, "too-long"),
        ("text", "remark", "één\r\nregel\tmet é en 🙂", None),
        ("text", "remark", "\r\n" * 40, None),
        ("text", "remark", "a\x00b", "not-text"),
        ("text", "remark", "a\ud800b", "not-text"),
    ],
)
def test_an_answer_is_judged(name: str, question: str, value: str, problem: str | None) -> None:
    questionnaire = sample(name)
    assert problem_with(questionnaire.questions[question], value, questionnaire) == problem


def test_a_scale_without_dont_know_does_not_allow_it() -> None:
    questionnaire = sample("scale")
    bare = questionnaire.scales[0].model_copy(update={"dont_know": None, "not_applicable": None})
    without = questionnaire.model_copy(update={"scales": (bare,)})
    question = without.questions["welcome_1"]
    assert problem_with(question, "dk", without) == "not-an-option"
    assert problem_with(question, "na", without) == "not-an-option"
    assert problem_with(question, "3", without) is None


def test_a_question_for_officials_is_not_asked_of_governors() -> None:
    questionnaire = sample("roles")
    (section,) = questionnaire.sections
    assert [question.key for question in section.questions_for("governor")] == ["welcome_1"]
    assert [question.key for question in section.questions_for("official")] == ["welcome_1", "welcome_2"]


def test_a_reversed_statement_says_so() -> None:
    (item,) = sample("reverse").scored_items("welcome")
    assert item.reverse
