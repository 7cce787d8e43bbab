"""Second thoughts until the closing: changing what was sent, and withdrawing."""

from datetime import timedelta

from surveyapp import clock
from tests.web.conftest import Study
from tests.web.respond.form import Page, begin, follow
from tests.web.respond.test_sending import sent


def test_asking_changes_nothing(study: Study) -> None:
    link, client = sent(study), study.client()
    before = study.rows()
    for name in ("change-answers", "withdraw-answers", "withdrawn-answers", "own-copy"):
        client.get(f"{link}/{name}")
        client.head(f"{link}/{name}")
    assert study.rows() == before
    assert study.stored() == {"g1_1": "4"}


def test_reopening_says_that_the_answers_do_not_count_until_they_are_sent_again(study: Study) -> None:
    asked = study.client().get(f"{sent(study)}/change-answers")
    assert "tellen ze niet mee" in asked.text
    assert Page(asked.text).buttons == ["yes"]


def test_reopened_answers_can_be_changed_and_sent_again(study: Study) -> None:
    link, client = sent(study), study.client()
    look = follow(client, client.post(f"{link}/change-answers"))
    assert "Versturen" in look.text
    assert study.rows()["receipt"] == 0
    assert study.rows()["item_tally"] == 0
    client.post(f"{link}/g1", data={"g1_1": "2"})
    assert "Bedankt" in follow(client, client.post(f"{link}/check-answers")).text
    assert study.stored() == {"g1_1": "2"}
    assert study.rows()["receipt"] == 1


def test_reopening_twice_is_the_same_as_once(study: Study) -> None:
    link, client = sent(study), study.client()
    for _ in range(2):
        assert client.post(f"{link}/change-answers").headers["Location"] == f"{link}/check-answers"
    assert study.stored() == {"g1_1": "4"}


def test_who_has_sent_nothing_has_nothing_to_reopen(study: Study) -> None:
    link = study.invite()
    assert study.client().get(f"{link}/change-answers").headers["Location"] == link
    assert study.client().post(f"{link}/change-answers").headers["Location"] == link


def test_withdrawing_says_what_is_deleted_and_deletes_it(study: Study) -> None:
    link, client = sent(study), study.client()
    asked = client.get(f"{link}/withdraw-answers")
    assert "niet terug te draaien" in asked.text
    assert "uit de resultaten gehaald" in asked.text
    gone = follow(client, client.post(f"{link}/withdraw-answers"))
    assert "is verwijderd" in gone.text
    counted = study.rows()
    assert [counted[table] for table in ("response", "answer", "receipt", "item_tally", "theme_tally")] == [0] * 5


def test_a_draft_can_be_withdrawn_too(study: Study) -> None:
    link, client = study.invite(), study.client()
    begin(client, link)
    client.post(f"{link}/g1", data={"g1_1": "4"})
    assert "uit de resultaten gehaald" not in client.get(f"{link}/withdraw-answers").text
    client.post(f"{link}/withdraw-answers")
    assert study.rows()["answer"] == 0


def test_withdrawing_twice_is_the_same_as_once_and_one_can_begin_again(study: Study) -> None:
    link, client = sent(study), study.client()
    for _ in range(2):
        assert client.post(f"{link}/withdraw-answers").headers["Location"] == f"{link}/withdrawn-answers"
    begin(client, link)
    client.post(f"{link}/g1", data={"g1_1": "5"})
    assert study.stored() == {"g1_1": "5"}
    assert client.get(f"{link}/withdrawn-answers").headers["Location"] == link


def test_a_second_window_cannot_bring_withdrawn_answers_back(study: Study) -> None:
    link, client = study.invite(), study.client()
    begin(client, link)
    client.post(f"{link}/withdraw-answers")
    for page in ("g1", "check-answers"):
        refused = client.post(f"{link}/{page}", data={"g1_1": "4"})
        assert refused.status_code == 409
        assert "ingetrokken" in refused.text
        assert link in Page(refused.text).links
    assert study.rows()["response"] == 0


def test_after_the_closing_nothing_can_be_reopened_or_withdrawn(study: Study) -> None:
    link, client = sent(study), study.client()
    study.move(closes_at=clock.now() - timedelta(minutes=1))
    for name in ("change-answers", "withdraw-answers"):
        for answer in (client.get(f"{link}/{name}"), client.post(f"{link}/{name}")):
            assert answer.status_code == 410
            assert "gesloten" in answer.text
    assert study.rows()["receipt"] == 1
