"""One's own account: password, name, and where one is signed in."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from surveyapp import clock
from surveyapp.models import SignIn
from surveyapp.queries.tokens import token_hash
from tests.web.account.people import ANNA, OTHER, PASSWORD, anna_of, shift_sign_ins, sign_in, with_password
from tests.web.posting import post
from tests.web.staff import Stage

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def change(stage: Stage, current: str = PASSWORD, password: str = OTHER, again: str | None = None) -> tuple[int, str]:
    answer = post(
        stage.client("anna"), "/account/password", current=current, password=password, again=again or password
    )
    return answer.status_code, answer.text


def test_who_is_not_signed_in_has_no_account_to_see(stage: Stage) -> None:
    with_password(stage)
    for address in ("/account", "/account/password", "/account/two-steps", "/account/recovery-codes"):
        assert stage.client().get(address).location == f"/sign-in?next={address}"


def test_a_new_password_takes_the_one_that_there_is(stage: Stage) -> None:
    with_password(stage)
    status, page = change(stage, current="niet dit wachtwoord")
    assert status == 422
    assert "Dit is niet uw huidige wachtwoord" in page
    assert change(stage)[0] == 303
    assert sign_in(stage.client()) is None
    assert sign_in(stage.client(), OTHER) == "/evaluations"


@pytest.mark.usefixtures("no_time_passes")
def test_whoever_guesses_the_password_in_an_open_session_has_to_wait(stage: Stage) -> None:
    with_password(stage)
    answers = [change(stage, current="niet dit wachtwoord")[0] for _ in range(6)]
    assert answers == [422] * 5 + [429]


def test_a_password_that_is_easy_to_guess_is_refused_with_what_makes_it_easy(stage: Stage) -> None:
    with_password(stage)
    for easy, why in (
        ("annabureauexample", "Dit wachtwoord bestaat uit uw naam"),
        ("wachtwoord123456", "gebruiken veel mensen"),
        ("aaaaaaaaaaaaaaaa", "Herhalen helpt weinig"),
        ("kort", "Gebruik 12 tot 1000 tekens"),
        ("x" * 1001, "Gebruik 12 tot 1000 tekens"),
    ):
        status, page = change(stage, password=easy)
        assert status == 422
        assert why in page, easy
    assert "Meer woorden" not in change(stage, again="iets anders")[1]


def test_every_other_session_ends_with_the_old_password(stage: Stage) -> None:
    with_password(stage)
    here, there = stage.client(), stage.client()
    for browser in (here, there):
        sign_in(browser)
    before = here.get_cookie("sign-in")
    assert post(here, "/account/password", current=PASSWORD, password=OTHER, again=OTHER).location == "/account"
    after = here.get_cookie("sign-in")
    assert before is not None
    assert after is not None
    assert before.value != after.value
    assert here.get("/account").status_code == 200
    assert there.get("/account").status_code == 302


def test_it_shows_where_one_is_signed_in_and_with_what(stage: Stage) -> None:
    client = with_password(stage)
    page = client.get("/sign-in").text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert token is not None
    fields = {"csrf_token": token[1], "email": ANNA, "password": PASSWORD}
    client.post("/sign-in", data=fields, headers={"User-Agent": FIREFOX})
    shown = client.get("/account").text
    assert "Firefox, Linux (hier, nu)" in shown
    assert shown.count("Daar uitloggen") == 1


def test_a_session_elsewhere_can_be_ended_and_only_ones_own(stage: Stage) -> None:
    client = with_password(stage)
    sign_in(client)
    other = token_hash(stage.cookies["anna"])
    dirks = token_hash(stage.cookies["dirk"])
    for session in (dirks, "unknown", "", "a\x00b", other, other):
        answer = post(client, "/account/sessions/end", page="/account", session=session)
        assert answer.location == "/account#sessions"
    assert stage.client("anna").get("/account").status_code == 302
    assert stage.client("dirk").get("/account").status_code == 200
    assert client.get("/account").status_code == 200


def test_all_others_can_be_ended_at_once(stage: Stage) -> None:
    client = with_password(stage)
    sign_in(client)
    sign_in(stage.client())
    post(client, "/account/sessions/end-others", page="/account")
    assert stage.client("anna").get("/account").status_code == 302
    assert client.get("/account").text.count("Daar uitloggen") == 0


def test_that_a_session_is_used_is_noted_once_in_a_quarter_also_by_who_only_reads(stage: Stage) -> None:
    with_password(stage)

    def seen() -> timedelta:
        with stage.database.session(readonly=True) as session:
            row = session.scalars(select(SignIn).where(SignIn.token_hash == token_hash(stage.cookies["anna"]))).one()
            return clock.now() - row.seen_at

    shift_sign_ins(stage, minutes=14)
    stage.client("anna").get("/evaluations/samen")
    assert seen() > timedelta(minutes=13)
    shift_sign_ins(stage, minutes=2)
    stage.client("anna").get("/evaluations/samen")
    assert seen() < timedelta(minutes=1)


def test_who_sees_answers_and_was_away_for_two_hours_signs_in_again(stage: Stage) -> None:
    with_password(stage)
    shift_sign_ins(stage, hours=2)
    assert stage.client("anna").get("/evaluations/samen").status_code == 302
    assert stage.client("lead").get("/evaluations/samen").status_code == 200


def test_one_can_be_called_otherwise(stage: Stage) -> None:
    with_password(stage)
    client = stage.client("anna")
    assert post(client, "/account/name", page="/account", name="  Anna <b> ").status_code == 303
    assert anna_of(stage).name == "Anna <b>"
    assert "Anna &lt;b&gt;" in client.get("/account").text
    for name in ("", "x" * 201, "\x00"):
        assert post(client, "/account/name", page="/account", name=name).status_code == 422


def test_an_account_without_a_password_has_none_to_change(stage: Stage) -> None:
    with_password(stage)
    client = stage.client("dirk")
    assert client.get("/account/password").location == "/account"
    assert "U hebt hier geen wachtwoord" in client.get("/account").text


def test_where_browsers_have_no_passkeys_the_page_says_why(stage: Stage) -> None:
    with_password(stage)
    assert "Passkeys horen bij de naam van een website" in stage.client("anna").get("/account").text
