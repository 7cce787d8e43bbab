"""Keeping answers while they are given: what the script of the pages gets to read."""

from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from surveyapp import clock
from surveyapp.questionnaires import library
from surveyapp.web.skeleton import LARGEST_FORM
from tests.web.conftest import Study
from tests.web.respond.form import begin

ASKED = library.load("seven-habits/1").questionnaire.sections_for("governor")
G1 = [question.key for question in ASKED[0].questions_for("governor")]
SECTIONS = len(ASKED)


@pytest.fixture
def client(study: Study) -> FlaskClient:
    return study.client()


@pytest.fixture
def link(study: Study, client: FlaskClient) -> str:
    """Of somebody who has begun."""
    address = study.invite()
    begin(client, address)
    return address


def keep(client: FlaskClient, link: str, status: int = 200, /, **fields: str) -> dict[str, Any]:
    """What the script sends, and what it gets to read."""
    answer = client.post(f"{link}/g1/keep-answers", data=fields)
    assert answer.status_code == status
    assert answer.mimetype == "application/json"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in answer.headers
    told: dict[str, Any] = answer.get_json()
    return told


def test_a_changed_answer_is_kept_and_the_page_learns_when_and_what_it_shows(
    study: Study, client: FlaskClient, link: str
) -> None:
    told = keep(client, link, was="", g1_1="4")
    assert study.stored()["g1_1"] == "4"
    assert told["saved"] in {f"{clock.local(clock.now() - timedelta(minutes=ago)):%H:%M}" for ago in (0, 1)}
    assert told["shown"] == G1
    assert told["was"].startswith("g1_1:")
    assert (told["problems"], told["refused"], told["notices"], told["elsewhere"]) == ({}, [], [], [])
    assert told["step"] == {"sentence": f"Stap 1 van {told['step']['most']}", "number": 1, "most": SECTIONS + 1}
    assert told["go"] is None


def test_asking_with_nothing_changed_keeps_nothing_and_is_fine(study: Study, client: FlaskClient, link: str) -> None:
    assert keep(client, link, was="")["saved"] is not None
    assert study.stored() == {}


def test_what_cannot_be_kept_is_refused_in_words_and_the_rest_is_kept(
    study: Study, client: FlaskClient, link: str
) -> None:
    told = keep(client, link, was="", g1_1="4", g1_good="a" * 100_000)
    assert study.stored() == {"g1_1": "4"}
    assert told["refused"] == ["g1_good"]
    assert "100.000" in told["problems"]["g1_good"]
    assert told["saved"] is not None
    assert keep(client, link, was=told["was"], g1_good="a" * 100_000)["saved"] is None


def test_sentences_are_in_the_language_of_the_page(client: FlaskClient, link: str) -> None:
    told = keep(client, link, was="", language="en", g1_good="a" * 100_000)
    assert "100,000" in told["problems"]["g1_good"]


def test_a_page_learns_what_other_windows_changed(study: Study, client: FlaskClient, link: str) -> None:
    first, second = G1[:2]
    keep(client, link, was="", **{first: "4", second: "2"})
    told = keep(client, link, was="", **{second: "5"})
    assert study.stored() == {first: "4", second: "5"}
    assert told["elsewhere"] == [first]
    assert told["notices"] == [
        "Vraag 2 is ook in een ander venster veranderd. Wat u hier invulde, blijft staan.",
        "Vraag 1 is in een ander venster veranderd. U ziet nu dat antwoord.",
    ]
    assert keep(client, link, was=told["was"])["notices"] == []


def test_after_closing_a_page_is_told_so_and_where_to_go(study: Study, client: FlaskClient, link: str) -> None:
    study.move(closes_at=clock.now() - timedelta(minutes=1))
    told = keep(client, link, 409, was="", g1_1="4")
    assert told["notices"] == ["Invullen kan niet meer: de vragenlijst is gesloten."]
    assert told["go"] == f"{link}/g1"
    assert study.stored() == {}


def test_after_sending_in_another_window_a_page_is_told_so(study: Study, client: FlaskClient, link: str) -> None:
    told = keep(client, link, was="", g1_1="4")
    client.post(f"{link}/check-answers")
    late = keep(client, link, 409, was=told["was"], g1_1="1")
    assert late["notices"] == [
        "Deze antwoorden zijn in een ander venster verstuurd. U kunt ze hier niet meer veranderen."
    ]
    assert late["saved"] is None
    assert study.stored()["g1_1"] == "4"


def test_nothing_is_begun_by_a_page_that_outlived_its_answers(study: Study, client: FlaskClient) -> None:
    link = study.invite()
    before = study.rows()
    told = keep(client, link, 409, was="", g1_1="4")
    assert told["notices"] == ["Deze antwoorden zijn in een ander venster ingetrokken."]
    assert client.get(told["go"]).headers["Location"] == link
    assert study.rows() == before


def test_a_link_that_is_not_known_any_more_is_refused_in_words(client: FlaskClient, study: Study) -> None:
    before = study.rows()
    told = keep(client, "/r/unknown", 404, was="", g1_1="4")
    assert told["notices"] == ["Deze link werkt niet meer. Vraag om een nieuwe link."]
    assert study.rows() == before


def test_a_section_that_is_not_there_is_refused_in_json_too(client: FlaskClient, link: str) -> None:
    answer = client.post(f"{link}/nowhere/keep-answers", data={"was": ""})
    assert (answer.status_code, answer.mimetype) == (404, "application/json")


def test_too_much_at_once_is_refused_in_words(study: Study, client: FlaskClient, link: str) -> None:
    told = keep(client, link, 413, was="", g1_good="a" * (LARGEST_FORM + 1))
    assert told["notices"] == ["Dit is te veel tekst om in één keer op te slaan. Maak uw antwoord korter."]
    assert told["go"] is None
    assert study.stored() == {}


def test_a_failure_is_told_without_a_word_of_the_inside(
    study: Study, client: FlaskClient, link: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("surveyapp.actions.responses.upsert.replace", fail)
    told = keep(client, link, 500, was="", g1_good="Heel persoonlijk")
    assert "disk" not in str(told)
    assert told["saved"] is None
    assert "the disk is full" in caplog.text
    assert "Heel persoonlijk" not in caplog.text
    assert link.removeprefix("/r/") not in caplog.text
    assert study.stored() == {}
