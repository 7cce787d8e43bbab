"""Passkeys at the door and in the account, with what browsers send and what they never would."""

import json
import re

import pytest
from flask.testing import FlaskClient

from tests.authenticator import PRESENT, Device
from tests.web.account.people import shift_sign_ins, sign_in, with_password
from tests.web.posting import post
from tests.web.staff import Stage

SITE = "https://onderzoek.example"


@pytest.fixture
def device() -> Device:
    return Device(SITE, "onderzoek.example")


@pytest.fixture
def client(stage: Stage) -> FlaskClient:
    """Anna's browser."""
    browser = with_password(stage)
    stage.app.config["BASE_URL"] = SITE
    sign_in(browser)
    return browser


def add(client: FlaskClient, device: Device, name: str = "Laptop") -> tuple[int, str | None]:
    options = post(client, "/account/passkeys/question", page="/account").text
    answer = post(client, "/account/passkeys", page="/account", name=name, credential=device.registers(options))
    return answer.status_code, answer.location


def enter(client: FlaskClient, device: Device, **otherwise: object) -> int:
    options = post(client, "/sign-in/passkey/question", page="/sign-in").text
    credential = device.signs(options, **otherwise)
    return post(client, "/sign-in/passkey", page="/sign-in", credential=credential, next="/account").status_code


def test_a_passkey_is_added_used_renamed_and_removed(stage: Stage, client: FlaskClient, device: Device) -> None:
    assert add(client, device) == (303, "/account/recovery-codes")
    assert len(re.findall(r"<li>([a-z2-7-]{19})</li>", client.get("/account/recovery-codes").text)) == 10
    visitor = stage.client()
    assert enter(visitor, device) == 302
    page = visitor.get("/account").text
    assert "Laptop" in page
    number = re.search(r"/account/passkeys/(\d+)/rename", page)
    assert number is not None
    post(visitor, f"/account/passkeys/{number[1]}/rename", page="/account", name="Telefoon")
    post(visitor, f"/account/passkeys/{number[1]}/rename", page="/account", name=" \x00 ")
    assert "Telefoon" in visitor.get("/account").text
    for _ in range(2):
        answer = post(visitor, f"/account/passkeys/{number[1]}/remove", page="/account")
        assert answer.location == "/account#passkeys"
    assert enter(stage.client(), device) == 422


def test_nobody_touches_the_passkey_of_another(stage: Stage, client: FlaskClient, device: Device) -> None:
    add(client, device)
    number = re.search(r"/account/passkeys/(\d+)/rename", client.get("/account").text)
    assert number is not None
    dirk = stage.client("dirk")
    assert post(dirk, f"/account/passkeys/{number[1]}/rename", page="/account", name="Mijn").status_code == 404
    post(dirk, f"/account/passkeys/{number[1]}/remove", page="/account")
    assert enter(stage.client(), device) == 302


def test_the_question_is_good_once_and_for_what_it_was_asked(stage: Stage, client: FlaskClient, device: Device) -> None:
    add(client, device)
    visitor = stage.client()
    options = post(visitor, "/sign-in/passkey/question", page="/sign-in").text
    credential = device.signs(options)
    kept = visitor.get_cookie("form")
    assert kept is not None
    assert post(visitor, "/sign-in/passkey", page="/sign-in", credential=credential, step="second").status_code == 422
    assert post(visitor, "/sign-in/passkey", page="/sign-in", credential=credential).status_code == 422
    options = post(visitor, "/sign-in/passkey/question", page="/sign-in").text
    before = visitor.get_cookie("form")
    assert before is not None
    fields = {"credential": device.signs(options), "page": "/sign-in"}
    assert post(visitor, "/sign-in/passkey", **fields).status_code == 302
    thief = stage.client()
    thief.set_cookie("form", before.value)
    assert post(thief, "/sign-in/passkey", **fields).status_code == 422


def test_from_another_site_or_unverified_one_does_not_come_in(
    stage: Stage, client: FlaskClient, device: Device
) -> None:
    add(client, device)
    assert enter(stage.client(), device, origin="https://onderzoek.example.evil.example") == 422
    assert enter(stage.client(), device, flags=PRESENT) == 422
    assert enter(stage.client(), Device(SITE, "onderzoek.example")) == 422


def test_a_name_is_needed_and_a_refused_passkey_says_so(client: FlaskClient, device: Device) -> None:
    assert add(client, device, name="") == (422, None)
    answer = post(client, "/account/passkeys", page="/account", name="Laptop", credential="{}")
    assert answer.status_code == 422
    assert "Deze passkey is niet geaccepteerd" in answer.text


def test_pressed_twice_it_is_added_once(client: FlaskClient, device: Device) -> None:
    options = post(client, "/account/passkeys/question", page="/account").text
    credential = device.registers(options)
    for expected in (303, 422):
        answer = post(client, "/account/passkeys", page="/account", name="Laptop", credential=credential)
        assert answer.status_code == expected
    assert client.get("/account").text.count("/rename") == 1


def test_a_session_that_stands_open_for_long_adds_none(stage: Stage, client: FlaskClient) -> None:
    shift_sign_ins(stage, minutes=31)
    answer = post(client, "/account/passkeys/question", page="/account")
    assert answer.status_code == 303
    assert str(answer.location).startswith("/sign-in?again=yes")


def test_with_a_passkey_the_password_leads_to_the_second_step(
    stage: Stage, client: FlaskClient, device: Device
) -> None:
    add(client, device)
    visitor = stage.client()
    assert sign_in(visitor, target="/account") == "/sign-in/second-step"
    page = "/sign-in/second-step"
    options = post(visitor, "/sign-in/passkey/question", page=page, step="second").text
    assert len(json.loads(options)["allowCredentials"]) == 1
    credential = device.signs(options)
    answer = post(visitor, "/sign-in/passkey", page=page, step="second", credential=credential)
    assert answer.location == "/account"


def test_at_the_second_step_the_passkey_of_somebody_else_is_refused(
    stage: Stage, client: FlaskClient, device: Device
) -> None:
    add(client, device)
    other, theirs = stage.client("dirk"), Device(SITE, "onderzoek.example")
    add(other, theirs)
    visitor, page = stage.client(), "/sign-in/second-step"
    sign_in(visitor)
    options = post(visitor, "/sign-in/passkey/question", page=page, step="second").text
    answer = post(visitor, "/sign-in/passkey", page=page, step="second", credential=theirs.signs(options))
    assert answer.status_code == 422
    assert visitor.get("/account").status_code == 302


def test_at_a_number_there_are_no_passkeys(stage: Stage, client: FlaskClient) -> None:
    stage.app.config["BASE_URL"] = "http://127.0.0.1:8000"
    assert "passkey" not in stage.client().get("/sign-in").text
    for address in ("/sign-in/passkey/question", "/account/passkeys/question", "/account/passkeys"):
        assert post(client, address, page="/account").status_code == 404
