"""A section as one role reads it."""

import pytest

from surveyapp.questionnaires import library
from surveyapp.questionnaires.path import Step
from surveyapp.questionnaires.questionnaire import Questionnaire
from surveyapp.web.respond.sheet import Sheet, sheet
from tests.questionnaires.sampled import names, sample
from tests.web.conftest import Study

QUESTIONNAIRE = library.load("seven-habits/1").questionnaire


def _first(questionnaire: Questionnaire, name: str, language: str, *, role: str = "governor") -> Sheet:
    section = questionnaire.sections[0]
    return sheet(f"{name} of this test", questionnaire, Step(section, section.questions_for(role)), language)


@pytest.fixture
def first(study: Study) -> Sheet:
    with study.app.test_request_context("/?language=en"):
        return _first(QUESTIONNAIRE, "seven habits", "en")


def test_statements_on_one_scale_share_a_matrix(first: Sheet) -> None:
    matrices = [group for group in first.groups if group.matrix]
    assert [len(group.items) for group in matrices] == [3, 1]
    assert all(item.choices == group.choices for group in matrices for item in group.items)


def test_what_is_no_step_of_the_scale_stands_apart(first: Sheet) -> None:
    apart = {choice.code: choice.apart for choice in first.groups[0].choices}
    assert apart == {"1": False, "2": False, "3": False, "4": False, "5": False, "dk": True, "na": True}


def test_every_group_of_radio_buttons_has_a_way_not_to_answer(study: Study) -> None:
    with study.app.test_request_context("/"):
        for name in names():
            for section in sample(name).questionnaire.sections:
                made = sheet(name, sample(name).questionnaire, Step(section, section.questions), "nl")
                groups = [item for item in made.items if item.kind in {"scale", "choice"}]
                assert all(item.choices[-1].apart for item in groups), name


def test_names_in_texts_are_slots_and_anything_else_is_made_safe(study: Study) -> None:
    with study.app.test_request_context("/"):
        made = _first(sample("piping").questionnaire, "piping", "nl")
    assert made.title == "Het bezoek aan \x00organisation\x00"
    assert made.introduction == "U antwoordt namens \x00organisation\x00, als \x00role\x00."
    assert made.items[0].help == "Antwoord vanuit uw rol: \x00role\x00."
    with study.app.test_request_context("/"):
        label = {"nl": "<b>{organisation}</b> {elsewhere}"}
        bold = sample("piping").questionnaire.sections[0].model_copy(update={"title": label})
        unsafe = sheet("unsafe", sample("piping").questionnaire, Step(bold, bold.questions), "nl")
    assert unsafe.title == "&lt;b&gt;\x00organisation\x00&lt;/b&gt; {elsewhere}"


@pytest.mark.parametrize(
    ("name", "language", "hint"),
    [
        ("text", "nl", "Hooguit"),
        ("choices", "nl", "Kies er"),
        ("mark", "nl", "1 is heel slecht, 10 is uitmuntend."),
        ("ranking", "nl", "het belangrijkste eerst"),
        ("points", "nl", "U hebt 100 punten te verdelen."),
        ("points", "en", "You have 100 points to divide."),
        ("ladder", "nl", "Vink elke trede aan"),
        ("date", "nl", "bijvoorbeeld 22 11 2026"),
    ],
)
def test_a_page_says_how_to_answer(study: Study, name: str, language: str, hint: str) -> None:
    questionnaire = sample(name).questionnaire
    with study.app.test_request_context(f"/?language={language}"):
        made = _first(questionnaire, name, language)
    kinds = [item for item in made.items if item.kind == name]
    assert any(hint in (item.hint or "") for item in kinds), [item.hint for item in kinds]
