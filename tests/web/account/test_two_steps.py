"""Turning the second step on takes a right code, and off takes password and code."""

import html
import re

import pytest
from flask.testing import FlaskClient

from surveyapp.queries import users
from tests.web.account.people import (
    ANNA,
    PASSWORD,
    anna_of,
    code,
    shift_sign_ins,
    sign_in,
    with_password,
    with_two_steps,
)
from tests.web.posting import post
from tests.web.staff import Stage

HERE = "/account/two-steps"


def begin(client: FlaskClient) -> str:
    """Ask for a secret, and read it from the page."""
    assert post(client, HERE, page="/account").location == HERE
    key = re.search(r'class="key">([A-Z2-7 ]+)<', client.get(HERE).text)
    assert key is not None
    return key[1].replace(" ", "")


def test_the_secret_is_shown_as_a_picture_and_as_text_and_counts_once_a_code_was_right(stage: Stage) -> None:
    client = with_password(stage)
    sign_in(client)
    secret = begin(client)
    picture = client.get(f"{HERE}/qr-code.svg")
    assert (picture.status_code, picture.mimetype) == (200, "image/svg+xml")
    assert picture.headers["Cache-Control"] == "no-store"
    assert post(client, f"{HERE}/on", page=HERE, code="000000").status_code == 422
    assert anna_of(stage).totp_secret is None
    assert post(client, f"{HERE}/on", page=HERE, code=code(secret)).location == "/account/recovery-codes"
    assert anna_of(stage).totp_secret is not None
    assert client.get(f"{HERE}/qr-code.svg").status_code == 404
    assert secret not in client.get(HERE).text


def test_recovery_codes_are_shown_once(stage: Stage) -> None:
    client = with_password(stage)
    sign_in(client)
    secret = begin(client)
    post(client, f"{HERE}/on", page=HERE, code=code(secret))
    shown = re.findall(r"<li>([a-z2-7-]{19})</li>", client.get("/account/recovery-codes").text)
    assert len(shown) == 10
    again = client.get("/account/recovery-codes").text
    assert "U hebt nog 10 herstelcodes over" in again
    assert shown[0] not in again
    post(client, "/account/recovery-codes", page="/account/recovery-codes")
    others = re.findall(r"<li>([a-z2-7-]{19})</li>", client.get("/account/recovery-codes").text)
    assert not set(shown) & set(others)


def test_pressed_twice_it_is_on_and_nothing_breaks(stage: Stage) -> None:
    client = with_password(stage)
    sign_in(client)
    right = code(begin(client))
    assert post(client, f"{HERE}/on", page=HERE, code=right).status_code == 303
    assert post(client, f"{HERE}/on", page="/account", code=right).location == "/account"
    assert post(client, HERE, page="/account").location == HERE


def test_turning_it_on_ends_the_sessions_that_began_with_a_password_alone(stage: Stage) -> None:
    client = with_password(stage)
    elsewhere = stage.client()
    for browser in (client, elsewhere):
        sign_in(browser)
    post(client, f"{HERE}/on", page=HERE, code=code(begin(client)))
    assert client.get("/account").status_code == 200
    assert elsewhere.get("/account").status_code == 302


def test_a_session_that_stands_open_for_long_changes_nothing(stage: Stage) -> None:
    client = with_password(stage)
    sign_in(client)
    shift_sign_ins(stage, minutes=31)
    answer = post(client, HERE, page="/account")
    assert html.unescape(str(answer.location)) == "/sign-in?again=yes&next=/account"
    assert "Log daarvoor eerst nog een keer in" in client.get(str(answer.location)).text
    assert client.get(HERE).location == "/account"


def test_turning_it_off_takes_password_and_code(stage: Stage) -> None:
    client, secret, codes = with_two_steps(stage)
    sign_in(client)
    post(client, "/sign-in/second-step", code=codes[0])
    for password, typed in (("verkeerd", code(secret)), (PASSWORD, "000000"), (PASSWORD, codes[0])):
        answer = post(client, f"{HERE}/off", page=HERE, current=password, code=typed)
        assert answer.status_code == 422
    assert anna_of(stage).totp_secret is not None
    assert post(client, f"{HERE}/off", page=HERE, current=PASSWORD, code=codes[1]).location == "/account"
    assert anna_of(stage).totp_secret is None
    with stage.database.session(readonly=True) as session:
        assert users.recovery_codes_left(session, anna_of(stage)) == 0
    assert sign_in(stage.client()) == "/evaluations"


@pytest.mark.usefixtures("no_time_passes")
def test_who_guesses_at_it_has_to_wait(stage: Stage) -> None:
    client, _secret, codes = with_two_steps(stage)
    sign_in(client)
    post(client, "/sign-in/second-step", code=codes[0])
    answers = [post(client, f"{HERE}/off", page=HERE, current=PASSWORD, code="000000").status_code for _ in range(6)]
    assert answers == [422] * 5 + [429]


def test_an_offer_is_for_who_it_was_made(stage: Stage) -> None:
    """Two people at one browser: the secret of the first is not turned on for the second."""
    client = with_password(stage)
    sign_in(client)
    secret = begin(client)
    client.set_cookie("sign-in", stage.cookies["dirk"])
    assert client.get(HERE).location == "/account"
    assert client.get(f"{HERE}/qr-code.svg").status_code == 404
    assert post(client, f"{HERE}/on", page="/account", code=code(secret)).location == "/account"


def test_where_it_is_asked_who_sees_answers_reaches_nothing_but_the_own_account(stage: Stage) -> None:
    client = with_password(stage)
    stage.app.config["SECOND_FACTOR"] = True
    assert sign_in(client, target="/evaluations/samen/scores") == "/evaluations/samen/scores"
    for address in ("/evaluations/samen/scores", "/evaluations/samen", "/evaluations/samen/staff"):
        answer = client.get(address, headers={"Accept": "application/json"})
        assert (answer.status_code, answer.location) == (303, "/account")
        assert "Almelo" not in answer.text
    assert client.get("/evaluations", follow_redirects=True).request.path == "/account"
    assert post(client, "/evaluations/samen/close", page="/account").location == "/account"
    assert "Bescherm eerst uw account" in client.get("/account").text
    post(client, f"{HERE}/on", page=HERE, code=code(begin(client)))
    assert client.get("/evaluations/samen/scores").status_code == 200


def test_where_it_is_asked_who_sees_no_answers_goes_on(stage: Stage) -> None:
    with_password(stage)
    stage.app.config["SECOND_FACTOR"] = True
    assert stage.client("lead").get("/evaluations/samen").status_code == 200
    assert stage.client("bram").get("/evaluations/samen").status_code == 200
    assert stage.client("anna").get("/evaluations/samen").status_code == 303


def test_nothing_of_it_is_on_a_page_or_in_the_log_of_what_happened(stage: Stage) -> None:
    client = with_password(stage)
    sign_in(client)
    secret = begin(client)
    post(client, f"{HERE}/on", page=HERE, code=code(secret))
    cookie = client.get_cookie("form")
    assert cookie is not None
    assert secret not in cookie.value
    assert ANNA not in str(stage.verbs())
