"""The first page, and beginning: what is promised, and that it is kept word for word."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from surveyapp import clock
from surveyapp.actions import waves
from surveyapp.errors import WrongState
from surveyapp.models import PromiseText, Response, Wave
from tests.web.conftest import Study
from tests.web.respond.form import Page, begin


def promised(study: Study) -> list[PromiseText]:
    with study.database.session(readonly=True) as session:
        return list(session.scalars(select(PromiseText)))


def field(html: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', html)
    assert found is not None
    return found[1]


def test_the_promise_is_kept_as_it_was_read_and_the_response_names_it(study: Study) -> None:
    link, client = study.invite(), study.client()
    page = client.get(link).text
    client.post(link, data={"promise": field(page, "promise"), "language": "nl"})
    (kept,) = promised(study)
    assert kept.language == "nl"
    for line in kept.text.splitlines():
        for part in line.split(": ", 1):
            assert part.replace("'", "&#39;") in page
    assert "minstens 5" in kept.text
    with study.database.session(readonly=True) as session:
        assert session.scalars(select(Response.promise)).all() == [kept.digest]


def test_who_reads_english_gets_the_promise_in_english_and_that_text_is_kept(study: Study) -> None:
    link, client = study.invite(), study.client()
    page = client.get(f"{link}?language=en").text
    client.post(link, data={"promise": field(page, "promise"), "language": "en"})
    (kept,) = promised(study)
    assert kept.language == "en"
    assert "Your answers are confidential" in kept.text


def test_everybody_else_is_named_among_who_sees_results_only_where_they_may_be_made_public(study: Study) -> None:
    link, client = study.invite(), study.client()
    sentence = "Only results of at least 10 people together"
    assert sentence not in client.get(f"{link}?language=en").text
    with study.database.session() as session:
        waves.set_for_public(session, wave=session.scalars(select(Wave)).one(), for_public=True, by=None)
        session.commit()
    page = client.get(f"{link}?language=en").text
    assert sentence in page
    client.post(link, data={"promise": field(page, "promise"), "language": "en"})
    (kept,) = promised(study)
    assert sentence in kept.text
    with study.database.session() as session, pytest.raises(WrongState, match="regime-promised"):
        waves.set_for_public(session, wave=session.scalars(select(Wave)).one(), for_public=False, by=None)


def test_looking_keeps_no_promise(study: Study) -> None:
    study.client().get(study.invite())
    assert promised(study) == []


def test_who_read_another_promise_than_there_is_now_is_shown_it_again_before_starting(study: Study) -> None:
    link, client = study.invite(), study.client()
    page = client.get(link).text
    with study.database.session() as session:
        session.scalars(select(Wave)).one().regime = "attributable"
        session.commit()
    again = client.post(link, data={"promise": field(page, "promise"), "language": "nl"})
    assert again.status_code == 409
    assert "zojuist veranderd" in again.text
    assert "U antwoordt namens uw organisatie" in again.text
    assert study.rows()["response"] == 0
    assert promised(study) == []
    assert client.post(link, data={"promise": field(again.text, "promise")}).status_code == 303


def test_starting_twice_begins_one_response(study: Study) -> None:
    link, client = study.invite(), study.client()
    for _ in range(2):
        assert client.post(link).status_code == 303
    assert study.rows()["response"] == 1
    assert study.rows()["promise_text"] == 1


def test_the_first_page_tells_what_one_can_do(study: Study) -> None:
    page = study.client().get(study.invite()).text
    for expected in ("ander apparaat", "collega", "intrekken", "kopie van uw eigen antwoorden"):
        assert expected in page


def test_who_has_begun_can_go_on_or_withdraw_from_the_first_page(study: Study) -> None:
    link, client = study.invite(), study.client()
    assert f"{link}/withdraw-answers" not in Page(client.get(link).text).links
    begin(client, link)
    page = client.get(link).text
    assert "Ga verder" in page
    assert f"{link}/withdraw-answers" in Page(page).links


def test_answers_to_a_page_that_was_never_begun_are_refused_with_the_way_back(study: Study) -> None:
    link, client = study.invite(), study.client()
    refused = client.post(f"{link}/g1", data={"g1_1": "4"})
    assert refused.status_code == 409
    assert link in Page(refused.text).links
    assert study.rows()["response"] == 0


def test_starting_after_the_closing_is_refused(study: Study) -> None:
    link = study.invite()
    study.move(closes_at=clock.now() - timedelta(minutes=1))
    assert study.client().post(link).status_code == 410
    assert study.rows()["response"] == 0


class TestAnAnonymousWave:
    @pytest.fixture
    def regime(self) -> str:
        return "anonymous"

    def test_promises_that_nobody_can_find_out_and_in_which_group_the_answers_are_kept(self, study: Study) -> None:
        links = [study.invite("official", name=f"Nummer {number}") for number in range(6)]
        page = study.client().get(links[0]).text
        for expected in ("anoniem", "zelfs het onderzoeksteam niet", "Almelo", "6 mensen", "geen tijd"):
            assert expected in page
        for not_offered in ("collega", "intrekken tot", "kopie van uw eigen antwoorden"):
            assert not_offered not in page

    def test_with_too_few_invited_nobody_can_start_and_the_page_says_why(self, study: Study) -> None:
        link = study.invite()
        for answer in (study.client().get(link), study.client().post(link)):
            assert answer.status_code == 403
            assert "te weinig mensen" in answer.text
            assert "anna@meerwaarde.example" in answer.text
        assert study.rows()["response"] == 0


@pytest.mark.parametrize(("sender", "said"), [("Bureau Anders", True), ("", False)])
def test_who_asks_for_themselves_is_named_once(study: Study, sender: str, said: bool) -> None:
    link, client = study.invite(), study.client()
    with study.database.session() as session:
        wave = session.scalars(select(Wave)).one()
        wave.sender = sender or wave.evaluation.client
        session.commit()
    assert (", in opdracht van " in client.get(link).text) is said
