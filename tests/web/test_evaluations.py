"""The list of studies, the overview of one, closing and publishing."""

import re
from datetime import timedelta

import pytest

from surveyapp import clock
from tests.web.set_up.researching import Desk
from tests.web.staff import Stage, set_up, shift


def form_token(page: str) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def send(stage: Stage, who: str, verb: str) -> int:
    client = stage.client(who)
    token = form_token(client.get("/evaluations/samen").get_data(as_text=True))
    data = {"csrf_token": token, f"{verb}-reason": "Genoeg antwoorden"}
    return client.post(f"/evaluations/samen/{verb}", data=data).status_code


def publish(stage: Stage, who: str) -> int:
    client = stage.client(who)
    token = form_token(client.get("/evaluations/samen").get_data(as_text=True))
    data = {"csrf_token": token, "reason": "Het is zover"}
    return client.post("/evaluations/samen/approvals/publish", data=data).status_code


def test_who_sees_one_study_is_brought_to_it_and_who_sees_more_chooses(published: Stage) -> None:
    assert published.client("anna").get("/evaluations").location == "/evaluations/samen"
    listed = published.client("owner").get("/evaluations").get_data(as_text=True)
    assert 'href="/evaluations/samen"' in listed
    assert 'href="/evaluations/elders"' in listed
    assert published.client().get("/evaluations").location == "/sign-in"


def test_the_team_reads_how_many_answered_and_finds_the_way_to_the_monitor(stage: Stage) -> None:
    set_up(stage)
    page = stage.page("anna", "?language=en")
    assert re.search(r"\d+ of the \d+ people invited have sent in their answers: \d+%\.", page)
    assert re.search(r"\d+ (person has|people have) started and not sent in\.", page)
    assert 'href="/evaluations/samen/monitor' in page.partition('id="response"')[2]
    assert "<table" not in page


def test_who_is_not_of_the_team_reads_no_numbers(published: Stage) -> None:
    for who in ("lead", "bram"):
        assert 'id="response"' not in published.page(who, "")


def test_a_reader_finds_the_way_to_its_own_results(published: Stage) -> None:
    page = published.page("bram", "?language=en")
    assert 'href="/evaluations/samen/publication/organisations/GM0141' in page
    assert "GM0147" not in page


def test_closing_ends_the_asking_and_publishing_is_done_once_by_a_worker(stage: Stage) -> None:
    set_up(stage)
    assert send(stage, "anna", "close") == 303
    assert [publish(stage, "anna") for _ in range(2)] == [303, 409]
    assert "is being made" in stage.page("anna", "?language=en")
    stage.work()
    assert "published on" in stage.page("anna", "?language=en")
    assert "Published results" in stage.page("lead", "/publication?language=en")
    assert stage.verbs().count("wave.publish") == 1


@pytest.mark.parametrize(("who", "status"), [("lead", 403), ("bram", 403)])
def test_who_may_not_close_or_publish_is_refused(stage: Stage, who: str, status: int) -> None:
    set_up(stage)
    before = stage.verbs()
    assert (send(stage, who, "close"), publish(stage, who)) == (status, status)
    assert stage.verbs() == before


def test_a_form_of_another_site_is_refused(stage: Stage) -> None:
    set_up(stage)
    assert stage.client("anna").post("/evaluations/samen/close").status_code == 400


def test_the_overview_says_when_the_wave_opens_and_closes(stage: Stage) -> None:
    set_up(stage)
    assert "open until" in stage.page("anna", "?language=en")
    shift(stage, opens_at=3, closes_at=9)
    assert "opens on" in stage.page("anna", "?language=en")
    shift(stage, opens_at=-9, closes_at=-3)
    assert "closed on" in stage.page("anna", "?language=en")


@pytest.mark.parametrize(
    ("regime", "words"),
    [
        ("confidential", "Cijfers over te kleine groepen blijven verborgen"),
        ("attributable", "er wordt niets verborgen, hoe weinig mensen ook antwoord gaven"),
    ],
)
def test_what_publishing_hides_is_said_as_the_regime_has_it(stage: Stage, regime: str, words: str) -> None:
    set_up(stage, regime=regime)
    assert send(stage, "anna", "close") == 303
    promises = ("Cijfers over te kleine groepen blijven verborgen", "er wordt niets verborgen")
    page = stage.page("anna", "/approvals/publish")
    assert words in page
    assert sum(promise in page for promise in promises) == 1


def test_extending_closing_and_reopening_ask_for_a_reason(stage: Stage) -> None:
    set_up(stage)
    desk, at = Desk.of(stage, "anna", "/evaluations/samen"), "/evaluations/samen"
    later = (clock.now() + timedelta(days=40)).date().isoformat()
    assert {field for field, _words in desk.refused(f"{at}/extend")} == {"extend-reason", "extend-closes_on"}
    early = {"extend-closes_on": "2020-01-01", "extend-reason": "Zo"}
    assert [field for field, _words in desk.refused(f"{at}/extend", **early)] == ["extend-closes_on"]
    desk.sent(f"{at}/extend", **{"extend-closes_on": later, "extend-reason": "Vakantie"})
    assert "People can answer up to and including" in desk.read(at)
    assert [field for field, _words in desk.refused(f"{at}/close", **{"close-reason": "  "})] == ["close-reason"]
    desk.sent(f"{at}/close", **{"close-reason": "Genoeg"})
    assert desk.send(f"{at}/close", **{"close-reason": "Genoeg"}).status_code == 409
    desk.sent(f"{at}/reopen", **{"reopen-closes_on": later, "reopen-reason": "Toch niet"})
    assert stage.verbs()[-3:] == ["wave.extend", "wave.close", "wave.reopen"]
    assert {desk.send(f"{at}/{verb}").status_code for verb in ("close", "extend")} == {422}
    for who, status in (("lead", 403), ("bram", 403)):
        other = Desk.of(stage, who, at)
        assert {other.send(f"{at}/{verb}").status_code for verb in ("close", "extend", "reopen")} == {status}
