"""The way through a questionnaire: what is shown, what counts, and what is not finished."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.questionnaires.condition import Standing
from surveyapp.questionnaires.path import path, possible
from surveyapp.questionnaires.questionnaire import Questionnaire
from tests.effort import tries
from tests.questionnaires.sampled import questionnaire
from tests.questionnaires.wanting import ANSWERS, KINDS, ORGANISATIONS, ROLES, questionnaires

GOVERNOR = Standing("governor", "GM0153", "municipality")
OFFICIAL = Standing("official", "GM0141", "region_body")


def shown(name: str, standing: Standing = GOVERNOR, **answers: str) -> list[str]:
    return list(path(questionnaire(name), standing, answers).questions)


def test_role_organisation_and_kind_decide_what_somebody_is_shown() -> None:
    assert shown("standing") == ["always", "chair", "council"]
    assert shown("standing", OFFICIAL) == ["always", "tower", "papers"]


def test_an_answer_on_the_same_page_shows_what_follows_from_it() -> None:
    assert shown("follow_up") == ["came", "tell"]
    assert shown("follow_up", came="yes") == ["came", "tour", "tell"]
    assert shown("follow_up", came="yes", tour="5") == ["came", "tour", "better", "tell"]
    assert shown("follow_up", came="yes", tour="6") == ["came", "tour", "tell"]


def test_an_answer_on_an_earlier_page_shows_what_follows_from_it() -> None:
    assert shown("follow_up", came="no") == ["came", "why_not", "tell"]


def test_a_section_that_is_not_shown_is_no_step() -> None:
    sections = [step.section.key for step in path(questionnaire("skipped_section"), GOVERNOR, {}).steps]
    assert sections == ["visit", "end"]
    sections = [step.section.key for step in path(questionnaire("skipped_section"), OFFICIAL, {"guided": "yes"}).steps]
    assert sections == ["visit", "guide", "desk", "end"]


def test_a_section_of_which_no_question_is_shown_is_no_step() -> None:
    asked = questionnaire("follow_up")
    alone = asked.sections[1].model_copy(update={"questions": asked.sections[1].questions[:1]})
    fewer = Questionnaire.model_validate({**asked.model_dump(by_alias=True), "sections": (asked.sections[0], alone)})
    assert [step.section.key for step in path(fewer, GOVERNOR, {"came": "yes"}).steps] == ["visit"]
    assert [step.section.key for step in path(fewer, GOVERNOR, {"came": "no"}).steps] == ["visit", "after"]


def test_joined_conditions_are_judged_together() -> None:
    assert shown("joined") == ["seen", "rain", "missed"]
    assert shown("joined", seen="garden", rain="yes") == ["seen", "rain", "wet", "walk"]
    assert shown("joined", OFFICIAL, seen="nothing", walk="7") == ["seen", "rain", "walk", "missed", "thanks"]


def test_hiding_one_question_of_a_chain_hides_what_follows_from_it() -> None:
    answers = {"ate": "yes", "dish": "soup", "soup": "4", "salt": "yes"}
    assert shown("chain", GOVERNOR, **answers) == ["ate", "dish", "soup", "salt"]
    assert shown("chain", GOVERNOR, **{**answers, "ate": "no"}) == ["ate"]


def test_a_hidden_answer_does_not_count_and_comes_back_when_its_question_is_shown_again() -> None:
    asked = questionnaire("chain")
    answers = {"ate": "no", "dish": "soup", "soup": "4", "salt": "yes"}
    assert path(asked, GOVERNOR, answers).counted(answers) == {"ate": "no"}
    answers["ate"] = "yes"
    assert path(asked, GOVERNOR, answers).counted(answers) == answers


def test_what_something_else_is_counts_only_where_it_is_chosen() -> None:
    asked = questionnaire("choice_other")
    answers = {"travel": "other", "travel.other": "Te voet"}
    assert path(asked, GOVERNOR, answers).counted(answers) == answers
    answers["travel"] = "bike"
    assert path(asked, GOVERNOR, answers).counted(answers) == {"travel": "bike"}


def test_a_comment_counts_where_its_question_is_shown() -> None:
    answers = {"welcome_1": "", "welcome_1.comment": "Koffie stond klaar."}
    assert path(questionnaire("comment"), GOVERNOR, answers).counted(answers) == answers


def test_an_answer_to_a_question_that_is_not_there_does_not_count() -> None:
    answers = {"gone": "1", "gone.comment": "x"}
    assert path(questionnaire("choice"), GOVERNOR, answers).counted(answers) == {}


def test_only_what_is_shown_must_be_finished() -> None:
    asked = questionnaire("chain")
    for answers, unfinished in (
        ({"ate": "no"}, {}),
        ({"ate": "yes", "dish": "soup"}, {"soup": "missing"}),
        ({"ate": "yes", "dish": "other"}, {"dish": "not-said-what"}),
        ({"ate": "yes", "dish": "other", "dish.other": "Brood"}, {}),
        ({"ate": "no", "dish": "other"}, {}),
    ):
        assert path(asked, GOVERNOR, answers).unfinished(answers) == unfinished


@pytest.mark.parametrize("standing", [GOVERNOR, OFFICIAL])
def test_everything_that_may_be_shown_is_known_before_the_first_answer(standing: Standing) -> None:
    everything = list(possible(questionnaire("follow_up"), standing).questions)
    assert everything == ["came", "tour", "better", "why_not", "tell"]
    assert "chair" not in possible(questionnaire("standing"), OFFICIAL).questions


@given(questionnaires(), st.data())
@tries(40)
def test_what_is_shown_was_possible_and_hidden_answers_change_nothing(
    asked: Questionnaire, data: st.DataObject
) -> None:
    standing = Standing(
        data.draw(st.sampled_from(ROLES)), data.draw(st.sampled_from(ORGANISATIONS)), data.draw(st.sampled_from(KINDS))
    )
    answers = {
        key: data.draw(st.sampled_from(("", *ANSWERS[question.kind]))) for key, question in asked.questions.items()
    }
    way = path(asked, standing, answers)
    assert set(way.questions) <= set(possible(asked, standing).questions)
    counted = way.counted(answers)
    assert counted.keys() == way.questions.keys() & answers.keys()
    assert path(asked, standing, counted) == way
    assert all(step.questions for step in way.steps)
