"""One's own copy: behind a signed address that ends."""

from datetime import timedelta

import pytest

from surveyapp import clock
from tests import working
from tests.web.conftest import Study
from tests.web.respond.form import Page, begin
from tests.web.respond.test_sending import sent


def copied(study: Study, link: str) -> str:
    """The address of a copy."""
    made = study.client().post(f"{link}/own-copy")
    assert made.status_code == 303
    return made.headers["Location"]


def test_the_copy_shows_what_was_answered_and_until_when_it_works(study: Study) -> None:
    link, client = study.invite(), study.client()
    begin(client, link)
    client.post(f"{link}/g1", data={"g1_1": "4", "g1_good": "Samen <b>aan</b> tafel"})
    client.post(f"{link}/check-answers")
    page = client.get(copied(study, link))
    assert page.status_code == 200
    assert "Samen &lt;b&gt;aan&lt;/b&gt; tafel" in page.text
    assert "Almelo" in page.text
    assert "werkt tot en met" in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["X-Robots-Tag"] == "noindex"
    assert "Set-Cookie" not in page.headers


def test_the_address_of_the_copy_is_not_that_of_the_invitation(study: Study) -> None:
    link = sent(study)
    assert link.removeprefix("/r/") not in study.client().get(copied(study, link)).text


def test_the_copy_can_be_had_as_a_pdf(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    link, client = sent(study), study.client()
    address = copied(study, link)
    monkeypatch.setattr("surveyapp.web.renderings.PATIENCE", 0.0)
    waiting = client.post(f"{address}/pdf")
    assert waiting.status_code == 503
    assert "wordt gemaakt" in waiting.text
    working.work(study.database)
    made = client.post(f"{address}/pdf")
    assert made.status_code == 200
    assert made.mimetype == "application/pdf"
    assert made.data.startswith(b"%PDF-")
    assert made.headers["Cache-Control"] == "no-store"
    assert study.rows()["rendering"] == 1


def test_nobody_has_a_copy_before_sending(study: Study) -> None:
    link, client = study.invite(), study.client()
    begin(client, link)
    assert client.get(f"{link}/own-copy").headers["Location"] == link
    assert client.post(f"{link}/own-copy").headers["Location"] == link


def test_a_copy_ends_after_a_day(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    address = copied(study, sent(study))
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(hours=23, minutes=59))
    assert study.client().get(address).status_code == 200
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(hours=24, minutes=1))
    for answer in (study.client().get(address), study.client().post(f"{address}/pdf")):
        assert answer.status_code == 410
        assert "werkte 24 uur" in answer.text


def test_a_copy_ends_when_the_answers_are_reopened_also_when_they_are_sent_again(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    link, client = sent(study), study.client()
    address = copied(study, link)
    client.post(f"{link}/change-answers")
    assert client.get(address).status_code == 410
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(minutes=1))
    client.post(f"{link}/check-answers")
    ended = client.get(address)
    assert ended.status_code == 410
    assert "heropend" in ended.text
    assert client.get(copied(study, link)).status_code == 200


def test_a_copy_ends_when_the_answers_are_withdrawn(study: Study) -> None:
    link, client = sent(study), study.client()
    address = copied(study, link)
    client.post(f"{link}/withdraw-answers")
    ended = client.get(address)
    assert ended.status_code == 410
    assert "ingetrokken" in ended.text


def test_a_tampered_address_leads_nowhere(study: Study) -> None:
    address = copied(study, sent(study))
    number, moment, signature = address.removeprefix("/copy/").split(".")
    turned = ("A" if signature[0] != "A" else "B") + signature[1:]
    forgeries = (f"{number}.{moment}.{turned}", f"MTIz.{moment}.{signature}", f"{number}.{moment}", "x", "a.b.c", "ë..")
    for forged in forgeries:
        answer = study.client().get(f"/copy/{forged}")
        assert answer.status_code == 404, forged
        assert "Deze link werkt niet" in answer.text
        assert "Almelo" not in answer.text


def test_looking_at_a_copy_changes_nothing(study: Study) -> None:
    address = copied(study, sent(study))
    before = study.rows()
    study.client().get(address)
    assert study.rows() == before


def test_a_copy_speaks_the_other_language_too(study: Study) -> None:
    address = copied(study, sent(study))
    page = study.client().get(f"{address}?language=en")
    assert '<html lang="en">' in page.text
    assert "Download as PDF" in page.text
    assert "?language=nl" in Page(page.text).links
