"""Sending once, whatever is pressed, and what the thanks offer."""

from datetime import timedelta

import pytest

from surveyapp import clock
from tests.web.conftest import Study
from tests.web.respond.form import Page, begin, follow


def sent(study: Study) -> str:
    """The link of somebody who has sent one answer."""
    link, client = study.invite(), study.client()
    begin(client, link)
    client.post(f"{link}/g1", data={"g1_1": "4"})
    assert client.post(f"{link}/check-answers").status_code == 303
    return link


def test_the_thanks_hold_no_form_and_say_what_can_still_be_done(study: Study) -> None:
    link = sent(study)
    page = Page(study.client().get(f"{link}/thank-you").text)
    assert "Bedankt" in page.html
    assert page.forms == 0
    for name in ("change-answers", "withdraw-answers", "own-copy"):
        assert f"{link}/{name}" in page.links


def test_after_the_closing_only_the_copy_remains(study: Study) -> None:
    link = sent(study)
    study.move(closes_at=clock.now() - timedelta(minutes=1))
    links = Page(study.client().get(f"{link}/thank-you").text).links
    assert f"{link}/own-copy" in links
    assert f"{link}/change-answers" not in links
    assert f"{link}/withdraw-answers" not in links


def test_back_after_sending_shows_what_is_the_case_and_adds_nothing(study: Study) -> None:
    link, client = sent(study), study.client()
    assert client.get(f"{link}/g1").status_code == 200
    late = client.post(f"{link}/g1", data={"g1_1": "1"})
    assert late.status_code == 409
    assert "niet toegevoegd" in late.text
    assert f"{link}/thank-you" in Page(late.text).links
    assert study.stored() == {"g1_1": "4"}


def test_a_second_window_that_sends_too_is_thanked_and_counted_once(study: Study) -> None:
    link = sent(study)
    thanks = follow(study.client(), study.client().post(f"{link}/check-answers"))
    assert "Bedankt" in thanks.text
    assert study.rows()["receipt"] == 1
    assert study.rows()["response"] == 1


def test_sending_what_was_never_begun_says_that_there_is_nothing(study: Study) -> None:
    link = study.invite()
    refused = study.client().post(f"{link}/check-answers")
    assert refused.status_code == 409
    assert link in Page(refused.text).links


class TestAnAnonymousWave:
    @pytest.fixture
    def regime(self) -> str:
        return "anonymous"

    def test_says_that_the_answers_cannot_be_found_any_more_and_offers_nothing(self, study: Study) -> None:
        links = [study.invite("official", name=f"Nummer {number}") for number in range(6)]
        client = study.client()
        begin(client, links[0])
        client.post(f"{links[0]}/g1", data={"g1_1": "4"})
        thanks = follow(client, client.post(f"{links[0]}/check-answers"))
        assert "niemand welke van u zijn" in thanks.text
        assert not {f"{links[0]}/{name}" for name in ("change-answers", "own-copy")} & set(Page(thanks.text).links)
        for name in ("change-answers", "withdraw-answers", "own-copy"):
            for answer in (client.get(f"{links[0]}/{name}"), client.post(f"{links[0]}/{name}")):
                assert answer.status_code == 409
                assert "anonieme antwoorden" in answer.text
        assert study.rows()["receipt"] == 1
