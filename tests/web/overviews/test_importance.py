"""Themes by their score and how important people find them, and the other questions outside the themes."""

import re

import pytest
from sqlalchemy.orm import Session

from tests import cast
from tests.web import staff
from tests.web.staff import ANSWERS, Stage, set_up


def _everything(session: Session, study: cast.Study) -> None:
    """Twelve officials of Almelo and five of Borne answer questions of every kind."""
    for number in range(12):
        study.respond(session, "official", member=0, **_answers(number))
    for number in range(5):
        study.respond(session, "official", member=1, **_answers(number))


def _answers(number: int) -> dict[str, str]:
    order = ("people>time", "time>money", "people>money")[number % 3]
    place = "local" if number % 4 else "regional"
    marks = {key: str(1 + (number + shift) % 5) for shift, key in enumerate(("t1_1", "t1_2", "t1_3", "t2_1"))}
    return {**marks, "t1_weight": str(3 + number % 3), "scale_of_it": place, "first_things": order}


@pytest.fixture
def every_kind(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Stage:
    monkeypatch.setattr(staff, "edition", cast.edition)
    monkeypatch.setitem(ANSWERS, "every kind", _everything)
    set_up(stage, answers="every kind", published=True)
    return stage


def test_importance_and_score_are_those_of_the_answers(every_kind: Stage) -> None:
    page = every_kind.page("anna", "/scores/importance?organisation=GM0141&language=en")
    row = re.search(r">t1</a></th>(.*?)</tr>|>Eerst</a></th>(.*?)</tr>", page, re.DOTALL)
    assert row is not None
    cells = re.findall(r'<td class="number">([^<]+)</td>', row[0])
    assert "4.00" in cells, "the mean of 3, 4 and 5, each four times"


def test_a_questionnaire_that_does_not_ask_for_importance_says_so(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = cast.edition()
    plain = asked.questionnaire.model_dump(mode="json")
    for section in plain["sections"]:
        section["questions"] = [one for one in section["questions"] if one.get("purpose") != "importance"]
    without = type(asked).model_validate({**asked.model_dump(mode="json"), "questionnaire": plain})
    monkeypatch.setattr(staff, "edition", lambda: without)
    monkeypatch.setitem(ANSWERS, "some", lambda session, study: study.respond(session, "official", t1_1="3"))
    set_up(stage, answers="some")
    page = stage.page("anna", "/scores/importance?language=en")
    assert "does not ask how important" in page


def test_the_other_questions_are_listed_with_how_many_answered(every_kind: Stage) -> None:
    page = every_kind.page("anna", "/scores/questions?language=en")
    found = dict(re.findall(r"questions/(\w+)\?[^>]*>[^<]+</a></th><td class=\"number\">(\d+)</td>", page))
    assert found == {"t1_weight": "17", "scale_of_it": "17", "first_things": "17"}


def test_a_choice_and_a_ranking_are_counted_as_they_were_answered(every_kind: Stage) -> None:
    choice = every_kind.page("anna", "/scores/questions/scale_of_it?organisation=GM0141&language=en")
    assert re.search(r'>local</th><td class="number">9</td>', choice)
    assert re.search(r'>regional</th><td class="number">3</td>', choice)
    ranking = every_kind.page("anna", "/scores/questions/first_things?organisation=GM0141&language=en")
    people = re.search(r'>people</th><td class="number">([^<]+)</td>', ranking)
    assert people is not None
    assert people[1] == "1.00"


def test_outside_the_team_the_answers_of_five_people_are_not_told(every_kind: Stage) -> None:
    page = every_kind.page("lead", "/publication/questions/scale_of_it?organisation=GM0147&language=en")
    assert "may not be shown here" in page
    assert "<figure" not in page
    own = every_kind.page("carla", "/publication/organisations/GM0147/questions/scale_of_it?organisation=GM0147")
    assert "<figure" not in own
