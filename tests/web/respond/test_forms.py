"""What is posted becomes answers as they are stored, and a page posts back what it shows."""

from decimal import Decimal

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from surveyapp.questionnaires.kinds import KINDS
from surveyapp.questionnaires.path import Step
from surveyapp.questionnaires.questionnaire import Question, Questionnaire
from surveyapp.web.respond.forms import SectionForm, fields, read, typed
from surveyapp.web.respond.kinds import PIECES
from tests.effort import tries
from tests.questionnaires.answering import answers_to
from tests.questionnaires.sampled import names, sample

LABEL = {"nl": "Iets"}
OPTIONS = [{"key": key, "label": LABEL} for key in ("data", "errors", "validate")]
OTHER = [*OPTIONS, {"key": "otherwise", "label": LABEL, "other": True}]
NONE = {"key": "none_at_all", "label": LABEL, "exclusive": True}
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
                    {"key": "data", "text": LABEL, "kind": "scale", "scale": "agree", "comment": LABEL},
                    {"key": "pick", "text": LABEL, "kind": "choice", "options": OTHER},
                    {"key": "some", "text": LABEL, "kind": "choices", "options": [*OPTIONS, NONE], "most": 2},
                    {"key": "top", "text": LABEL, "kind": "ranking", "options": OPTIONS, "top": 2},
                    {"key": "validate", "text": LABEL, "kind": "text", "limit": 10},
                    {"key": "line", "text": LABEL, "kind": "text", "short": True},
                    {"key": "hours", "text": LABEL, "kind": "number", "decimals": 1, "most": 40},
                    {"key": "day", "text": LABEL, "kind": "date", "earliest": "2020-01-01"},
                    {"key": "split", "text": LABEL, "kind": "points", "options": OPTIONS},
                    {"key": "climb", "text": LABEL, "kind": "ladder", "rungs": OPTIONS},
                    {"key": "agree", "text": LABEL, "kind": "consent"},
                ],
            }
        ],
    }
)
STEP = Step(QUESTIONNAIRE.sections[0], QUESTIONNAIRE.sections[0].questions)


def _posted(*posted: tuple[str, str], language: str = "nl") -> SectionForm:
    return read(MultiDict(posted), STEP, QUESTIONNAIRE, language)


def test_every_kind_has_its_piece() -> None:
    assert list(PIECES) == list(KINDS)


def test_what_was_not_posted_was_not_given() -> None:
    assert _posted().given == {}
    assert _posted(("data", "3")).given == {"data": "3"}


def test_unknown_fields_are_left_alone() -> None:
    assert _posted(("csrf_token", "x"), ("nothing", "1"), ("data.other", "2"), ("pick.comment", "3")).given == {}


def test_a_question_may_be_called_like_something_of_a_form() -> None:
    assert _posted(("data", "5"), ("validate", "kort")).given == {"data": "5", "validate": "kort"}


def test_a_ranking_is_written_in_order_and_open_places_close_up() -> None:
    assert _posted(("top-1", "errors"), ("top-2", "data")).given == {"top": "errors>data"}
    assert _posted(("top-1", ""), ("top-2", "data")).given == {"top": "data"}
    assert _posted(("top-1", ""), ("top-2", "")).given == {"top": ""}


def test_places_beyond_the_ones_asked_for_are_not_read() -> None:
    assert _posted(("top-1", "data"), ("top-2", "errors"), ("top-3", "validate")).given == {"top": "data>errors"}


def test_boxes_are_stored_in_the_order_of_the_options_and_none_of_them_takes_the_answer_back() -> None:
    assert _posted(("some", ""), ("some", "errors"), ("some", "data")).given == {"some": "data;errors"}
    assert _posted(("some", "")).given == {"some": ""}
    assert _posted(("climb", ""), ("climb", "none")).given == {"climb": "none"}


def test_points_that_are_left_open_are_left_out_and_no_points_are_kept() -> None:
    posted = (("split-data", " 40 "), ("split-errors", ""), ("split-validate", "0"))
    assert _posted(*posted).given == {"split": "data=40;validate=0"}


@pytest.mark.parametrize(
    ("day", "month", "year", "stored"),
    [("2", "3", "2026", "2026-03-02"), (" 02", "03 ", "2026", "2026-03-02"), ("", "", "", "")],
)
def test_a_day_is_written_with_zeros(day: str, month: str, year: str, stored: str) -> None:
    assert _posted(("day-day", day), ("day-month", month), ("day-year", year)).given == {"day": stored}


@pytest.mark.parametrize(
    ("posted", "problems"),
    [
        ([("data", "dk")], {"data": "not-an-option"}),
        ([("pick", "nothing"), ("data", "9")], {"data": "not-an-option", "pick": "not-an-option"}),
        ([("top-1", "data"), ("top-2", "data")], {"top": "ranked-twice"}),
        ([("validate", "elf letters")], {"validate": "too-long"}),
        ([("validate", "nul\x00")], {"validate": "not-text"}),
        ([("some", "data"), ("some", "none_at_all")], {"some": "not-together"}),
        ([("some", "data"), ("some", "errors"), ("some", "validate")], {"some": "too-many"}),
        ([("some", "rubbish")], {"some": "not-an-option"}),
        ([("climb", "none"), ("climb", "data")], {"climb": "not-together"}),
        ([("hours", "twelve")], {"hours": "not-a-number"}),
        ([("hours", "1.5")], {"hours": "not-a-number"}),
        ([("hours", "1,25")], {"hours": "too-precise"}),
        ([("hours", "41")], {"hours": "too-high"}),
        ([("day-day", "31"), ("day-month", "2"), ("day-year", "2026")], {"day": "not-a-date"}),
        ([("day-day", "1"), ("day-month", "2"), ("day-year", "26")], {"day": "not-a-date"}),
        ([("day-day", "1"), ("day-month", ""), ("day-year", "2026")], {"day": "not-a-date"}),
        ([("day-day", "31"), ("day-month", "12"), ("day-year", "2019")], {"day": "too-early"}),
        ([("split-data", "60"), ("split-errors", "41")], {"split": "overspent"}),
        ([("split-data", "-1")], {"split": "not-a-number"}),
        ([("split-data", "half")], {"split": "not-a-number"}),
        ([("agree", "no")], {"agree": "not-an-option"}),
        (
            [("data.comment", "a" * 1001), ("pick.other", "b" * 201)],
            {"data.comment": "too-long", "pick.other": "too-long"},
        ),
        ([("data", ""), ("pick", ""), ("validate", "")], {}),
    ],
)
def test_every_problem_is_found_at_once(posted: list[tuple[str, str]], problems: dict[str, str]) -> None:
    assert _posted(*posted).problems == problems


def test_a_line_end_counts_as_one_character() -> None:
    form = _posted(("validate", "vier\r\nvijf\n"))
    assert form.given == {"validate": "vier\nvijf\n"}
    assert form.problems == {}


def test_a_line_holds_no_line_ends() -> None:
    assert _posted(("line", "een\r\ntwee")).given == {"line": "een twee"}


def test_what_cannot_be_stored_comes_back_as_it_was_typed() -> None:
    form = _posted(("validate", "elf letters"), ("top-1", "data"), ("top-2", "data"), ("hours", " 1,2,3"))
    assert form.given == {"top": "data>data", "validate": "elf letters", "hours": " 1,2,3"}
    posted = MultiDict([("day-day", "3x"), ("day-year", ""), ("day.comment", "no"), ("days", "no")])
    assert list(typed(posted, "day")) == [("day-day", "3x"), ("day-year", "")]


def test_what_no_page_can_hold_is_made_visible() -> None:
    assert list(typed(MultiDict([("line", "a\x00b\x1bc\x85\nd")]), "line")) == [("line", "a\ufffdb\ufffdc\ufffd\nd")]


@given(st.sampled_from(names()), st.sampled_from(("nl", "en")), st.data())
@tries(60)
def test_every_stored_answer_that_a_page_shows_posts_back_the_same(
    name: str, language: str, data: st.DataObject
) -> None:
    questionnaire = sample(name).questionnaire
    stored = {key: data.draw(answers_to(questionnaire, key), label=key) for key in questionnaire.stored}
    for section in questionnaire.sections:
        step = Step(section, section.questions)
        with Flask("surveyapp").app_context():
            posted = read(MultiDict(fields(step, stored, language)), step, questionnaire, language)
            again = read(MultiDict(fields(step, posted.given, language)), step, questionnaire, language)
        assert posted.problems == {}
        assert again == posted
        asked = [question for question in section.questions if stored.get(question.key)]
        assert {question.key for question in asked} >= {key for key in posted.given if "." not in key}
        for question in asked:
            assert _meant(question, posted.given.get(question.key, "")) == _meant(question, stored[question.key])


def _meant(question: Question, value: str) -> object:
    """What an answer says, whatever order or zeros it was written with."""
    match question.kind:
        case "number":
            return Decimal(value)
        case "choices" | "ladder" | "points":
            return sorted(value.split(";"))
        case "text":
            words = " ".join(value.split("\n")) if question.short else value
            return words if words.strip() else ""
        case _:
            return value
