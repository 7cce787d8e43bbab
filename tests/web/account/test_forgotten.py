"""A forgotten password: the same answer for everybody, and not often."""

import pytest
from sqlalchemy import select

from surveyapp.actions import users
from surveyapp.models import Mail
from surveyapp.queries import users as queries
from surveyapp.web.account import forgotten
from tests.web.account.people import ANNA, with_password
from tests.web.posting import post
from tests.web.staff import Stage

HERE = "/sign-in/forgotten"


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forgotten, "TAKES", 0.0)


def mails(stage: Stage) -> list[str]:
    with stage.database.session(readonly=True) as session:
        found = session.scalars(select(Mail).where(Mail.purpose == "account"))
        return [mail.user.email for mail in found if mail.user is not None]


def test_without_mail_it_says_whom_to_ask(stage: Stage) -> None:
    client = with_password(stage)
    assert "Deze installatie verstuurt geen mail" in client.get(HERE).text
    assert client.get("/sign-in").text.count(HERE) == 1


def test_known_and_unknown_addresses_get_the_same_answer_and_only_the_known_a_mail(stage: Stage) -> None:
    client = with_password(stage)
    stage.app.config["SENDS_MAIL"] = True
    answers = [post(client, HERE, email=email) for email in (f" {ANNA.upper()} ", "nobody@elders.example")]
    assert {(answer.status_code, answer.location) for answer in answers} == {(303, f"{HERE}?sent=yes")}
    assert mails(stage) == [ANNA]
    assert "Als er een account met dit adres is" in client.get(f"{HERE}?sent=yes").text


@pytest.mark.usefixtures("no_time_passes")
def test_nobody_fills_the_letter_box_of_another(stage: Stage) -> None:
    client = with_password(stage)
    stage.app.config["SENDS_MAIL"] = True
    for email in (ANNA, "nobody@elders.example"):
        assert [post(client, HERE, email=email).status_code for _ in range(4)] == [303, 303, 303, 429]
    assert len(mails(stage)) == 3


def test_who_was_shut_out_gets_none(stage: Stage) -> None:
    client = with_password(stage)
    stage.app.config["SENDS_MAIL"] = True
    with stage.database.session() as session:
        anna = queries.by_email(session, ANNA)
        assert anna is not None
        users.disable(session, user=anna, by=None)
        session.commit()
    assert post(client, HERE, email=ANNA).status_code == 303
    assert mails(stage) == []


@pytest.mark.parametrize("email", ["", "anna", "a@b@c", "x" * 300 + "@bureau.example", "a\x00@bureau.example"])
def test_what_is_no_address_is_told(stage: Stage, email: str) -> None:
    client = with_password(stage)
    stage.app.config["SENDS_MAIL"] = True
    answer = post(client, HERE, email=email)
    assert answer.status_code == 422
    assert 'href="#email"' in answer.text


def test_the_answer_takes_as_long_for_everybody(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    client = with_password(stage)
    stage.app.config["SENDS_MAIL"] = True
    slept: list[float] = []
    monkeypatch.setattr(forgotten, "TAKES", 30.0)
    monkeypatch.setattr("surveyapp.web.account.forgotten.time.sleep", slept.append)
    for email in (ANNA, "nobody@elders.example"):
        post(client, HERE, email=email)
    assert len(slept) == 2
    assert all(25 < seconds <= 30 for seconds in slept)
