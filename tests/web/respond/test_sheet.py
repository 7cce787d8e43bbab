"""A section as one role reads it."""

import pytest

from surveyapp.questionnaires import library
from surveyapp.web.respond.sheet import Sheet, sheet
from tests.web.conftest import Study

QUESTIONNAIRE = library.load("seven-habits/1").questionnaire


@pytest.fixture
def first(study: Study) -> Sheet:
    with study.app.test_request_context("/?language=en"):
        return sheet("digest of this test", QUESTIONNAIRE, QUESTIONNAIRE.sections[0], "governor", "en")


def test_questions_are_numbered_over_the_page_as_the_role_sees_them(first: Sheet) -> None:
    assert [item.number for item in first.items] == list(range(1, len(first.items) + 1))
    assert [item.key for item in first.items][:2] == ["g1_1", "g1_4"]


def test_statements_on_one_scale_share_a_matrix(first: Sheet) -> None:
    matrices = [group for group in first.groups if group.matrix]
    assert [len(group.items) for group in matrices] == [3, 1]
    assert all(item.choices == group.choices for group in matrices for item in group.items)


def test_what_is_no_step_of_the_scale_stands_apart(first: Sheet) -> None:
    apart = {choice.code: choice.apart for choice in first.groups[0].choices}
    assert apart == {"1": False, "2": False, "3": False, "4": False, "5": False, "dk": True, "na": True}


def test_every_group_of_radio_buttons_has_a_way_not_to_answer(study: Study) -> None:
    with study.app.test_request_context("/"):
        for section in QUESTIONNAIRE.sections:
            for item in sheet("another digest", QUESTIONNAIRE, section, "project", "nl").items:
                if item.kind in {"scale", "choice"}:
                    assert item.choices[-1].apart


def test_answers_are_shown_in_words(study: Study) -> None:
    with study.app.test_request_context("/"):
        last = sheet("a third digest", QUESTIONNAIRE, QUESTIONNAIRE.sections[-1], "project", "nl")
    ranking = next(item for item in last.items if item.kind == "ranking")
    one, two = ranking.choices[:2]
    assert ranking.answer(f"{two.code}>{one.code}") == f"1. {two.label}\n2. {one.label}"
    assert ranking.answer("") == ""
    words = next(item for item in last.items if item.kind == "text")
    assert words.answer("a > b") == "a > b"
