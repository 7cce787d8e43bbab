"""What is posted becomes answers as they are stored."""

import pytest
from werkzeug.datastructures import MultiDict

from surveyapp.questionnaires.questionnaire import Questionnaire
from surveyapp.web.respond.forms import READERS, SectionForm, read

LABEL = {"nl": "Iets"}
OPTIONS = [{"key": key, "label": LABEL} for key in ("data", "errors", "validate")]
QUESTIONNAIRE = Questionnaire.model_validate(
    {
        "key": "small",
        "version": "1",
        "title": LABEL,
        "purpose": LABEL,
        "minutes": 5,
        "roles": [{"key": "governor", "title": LABEL, "plural": LABEL, "description": LABEL}],
        "scales": [{"key": "agree", "points": [{"code": code, "label": LABEL} for code in range(1, 6)]}],
        "sections": [
            {
                "key": "first",
                "title": LABEL,
                "questions": [
                    {"key": "data", "text": LABEL, "kind": "scale", "scale": "agree"},
                    {"key": "pick", "text": LABEL, "kind": "choice", "options": OPTIONS},
                    {"key": "top", "text": LABEL, "kind": "ranking", "options": OPTIONS, "top": 2},
                    {"key": "validate", "text": LABEL, "kind": "text", "limit": 10},
                ],
            }
        ],
    }
)


def _posted(*fields: tuple[str, str]) -> SectionForm:
    return read(MultiDict(fields), QUESTIONNAIRE.sections[0], "governor", QUESTIONNAIRE)


def test_every_kind_of_question_can_be_read() -> None:
    assert set(READERS) == {question.kind for question in QUESTIONNAIRE.questions.values()}


def test_what_was_not_posted_was_not_given() -> None:
    assert _posted().given == {}
    assert _posted(("data", "3")).given == {"data": "3"}


def test_a_question_may_be_called_like_something_of_a_form() -> None:
    assert _posted(("data", "5"), ("validate", "kort")).given == {"data": "5", "validate": "kort"}


def test_a_ranking_is_written_in_order_and_open_places_close_up() -> None:
    assert _posted(("top-1", "errors"), ("top-2", "data")).given == {"top": "errors>data"}
    assert _posted(("top-1", ""), ("top-2", "data")).given == {"top": "data"}
    assert _posted(("top-1", ""), ("top-2", "")).given == {"top": ""}


def test_places_beyond_the_ones_asked_for_are_not_read() -> None:
    assert _posted(("top-1", "data"), ("top-2", "errors"), ("top-3", "validate")).given == {"top": "data>errors"}


@pytest.mark.parametrize(
    ("fields", "problems"),
    [
        ([("data", "dk")], {"data": "not-an-option"}),
        ([("pick", "nothing"), ("data", "9")], {"data": "not-an-option", "pick": "not-an-option"}),
        ([("top-1", "data"), ("top-2", "data")], {"top": "ranked-twice"}),
        ([("validate", "elf letters")], {"validate": "too-long"}),
        ([("validate", "nul\x00")], {"validate": "not-text"}),
        ([("data", ""), ("pick", ""), ("validate", "")], {}),
    ],
)
def test_every_problem_is_found_at_once(fields: list[tuple[str, str]], problems: dict[str, str]) -> None:
    assert _posted(*fields).problems == problems


def test_a_line_end_counts_as_one_character() -> None:
    form = _posted(("validate", "vier\r\nvijf\n"))
    assert form.given == {"validate": "vier\nvijf\n"}
    assert form.problems == {}


def test_after_a_mistake_everything_typed_comes_back() -> None:
    form = _posted(("validate", "elf letters"), ("top-1", "data"), ("top-2", "data"))
    assert form.given == {"top": "data>data", "validate": "elf letters"}
