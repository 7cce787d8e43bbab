"""What keeps a stored answer from being sent, and what the answers are called in a file of data, for every kind."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.questionnaires.kinds import KINDS
from surveyapp.questionnaires.kinds.number import significant
from surveyapp.questionnaires.questionnaire import Question
from tests.effort import tries
from tests.questionnaires.answering import answers_to
from tests.questionnaires.sampled import names, questionnaire


def asked(name: str, key: str) -> Question:
    return questionnaire(name).questions[key]


@pytest.mark.parametrize("key", sorted(questionnaire("required").questions))
def test_a_required_question_of_every_kind_must_be_answered(key: str) -> None:
    question = asked("required", key)
    assert question.unfinished("", {}) == "missing"
    assert question.model_copy(update={"required": False}).unfinished("", {}) is None


def test_the_sample_of_required_questions_holds_every_kind_that_can_be_answered() -> None:
    kinds = {question.kind for question in questionnaire("required").questions.values()}
    assert kinds == set(KINDS) - {"information", "consent"}


@pytest.mark.parametrize(
    ("name", "key", "value", "parts", "code"),
    [
        ("required", "remark", " \n", {}, "missing"),
        ("required", "remark", "goed", {}, None),
        ("required", "access", "none", {}, None),
        ("required", "again", "no", {}, None),
        ("consent", "terms", "", {}, "not-agreed"),
        ("consent", "terms", "yes", {}, None),
        ("consent", "quote", "", {}, None),
        ("choice_other", "travel", "other", {"other": ""}, "not-said-what"),
        ("choice_other", "travel", "other", {"other": " "}, "not-said-what"),
        ("choice_other", "travel", "other", {}, "not-said-what"),
        ("choice_other", "travel", "other", {"other": "te voet"}, None),
        ("choice_other", "travel", "bike", {"other": ""}, None),
        ("choice_other", "travel", "", {"other": "te voet"}, None),
        ("choices", "seen", "house", {}, "too-few"),
        ("choices", "seen", "nothing", {}, None),
        ("choices", "seen", "", {}, None),
        ("choices", "seen", "house;more", {"other": ""}, "not-said-what"),
        ("choices", "seen", "house;more", {"other": "de stal"}, None),
        ("choices", "day", "friday", {}, None),
        ("points", "effort", "house=40;garden=59", {}, "undivided"),
        ("points", "effort", "house=0", {}, "undivided"),
        ("points", "effort", "house=40;garden=60", {}, None),
        ("points", "effort", "", {}, None),
        ("ranking", "order", "coffee", {}, None),
        ("information", "reading", "", {}, None),
    ],
)
def test_what_is_stored_can_be_sent_or_not(
    name: str, key: str, value: str, parts: dict[str, str], code: str | None
) -> None:
    assert asked(name, key).unfinished(value, parts) == code


@pytest.mark.parametrize(
    ("name", "key", "columns"),
    [
        ("scale", "welcome_1", [("welcome_1", "ordinal", "12345", ["dk", "na"])]),
        ("choice", "again", [("again", "nominal", ["yes", "no"], [])]),
        (
            "choices",
            "day",
            [(f"day.{day}", "nominal", "01", []) for day in ("monday", "tuesday", "friday")],
        ),
        ("mark", "tour", [("tour", "interval", [], [])]),
        ("mark", "guide", [("guide", "interval", [], ["dk"])]),
        ("number", "price", [("price", "interval", [], [])]),
        ("date", "next", [("next", "date", [], [])]),
        ("text", "story", [("story", "text", [], [])]),
        ("ranking", "order", [(f"order.{one}", "ordinal", [], []) for one in ("guide", "house", "garden", "coffee")]),
        ("points", "coins", [(f"coins.{one}", "interval", [], []) for one in ("old", "new")]),
        ("information", "reading", []),
        ("consent", "terms", [("terms", "nominal", ["yes"], [])]),
    ],
)
def test_the_data_of_a_question_are_described(
    name: str, key: str, columns: list[tuple[str, str, list[str] | str, list[str]]]
) -> None:
    found = asked(name, key).variables(questionnaire(name).scales_by_key)
    assert [(one.key, one.measure, list(one.values), list(one.missing)) for one in found] == [
        (name, measure, list(values), missing) for name, measure, values, missing in columns
    ]


@given(st.sampled_from(names()), st.data())
@tries(200)
def test_an_answer_that_is_stored_and_not_finished_says_why(name: str, data: st.DataObject) -> None:
    questions = questionnaire(name)
    key = data.draw(st.sampled_from([one.key for one in questions.questions.values() if one.answerable]))
    question = questions.questions[key]
    code = question.unfinished(data.draw(answers_to(questions, key)), {"other": "iets"})
    assert code in {None, "missing", "not-agreed", "too-few", "undivided"}
    if not question.required and question.kind not in {"choices", "points"}:
        assert code is None


@tries(100)
@given(data=st.data(), name=st.sampled_from(names()))
def test_every_answer_is_counted_by_the_same_variables_in_codes_that_fit(data: st.DataObject, name: str) -> None:
    asked_for = questionnaire(name)
    for question in asked_for.counted:
        answer = data.draw(answers_to(asked_for, question.key))
        counted = question.tallied(answer)
        assert set(counted) == {key for key, (one, _) in asked_for.variables.items() if one.key == question.key}
        assert all(len(code) <= 40 and len(key) <= 81 for key, code in counted.items())
        assert all((code == "") == (answer == "") for code in counted.values())


@pytest.mark.parametrize(
    ("number", "counted"),
    [
        ("9999", "9999"),
        ("12345", "12340"),
        ("12355", "12360"),
        ("-0.0", "0"),
        ("12.50", "12.5"),
        ("0.00012345", "0.0001234"),
    ],
)
def test_a_number_is_counted_with_four_significant_digits(number: str, counted: str) -> None:
    assert significant(Decimal(number)) == counted


@pytest.mark.parametrize(("points", "counted"), [(0, "0"), (9_999, "9999"), (99_999, "100000")])
def test_points_are_counted_as_numbers_are(points: int, counted: str) -> None:
    assert significant(points) == counted
