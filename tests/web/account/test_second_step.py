"""Between the password and the session stands the second step."""

import re

import pytest

from surveyapp.actions import attempts
from tests.web.account.people import ANNA, OTHER, PASSWORD, code, sign_in, with_password, with_two_steps
from tests.web.posting import post
from tests.web.staff import Stage

STEP = "/sign-in/second-step"


def test_the_password_leads_to_the_second_step_and_opens_nothing(stage: Stage) -> None:
    client, _secret, _codes = with_two_steps(stage)
    assert sign_in(client, target="/evaluations/samen/scores") == STEP
    assert client.get_cookie("sign-in") is None
    for address in ("/evaluations/samen/scores", "/account", "/users", "/evaluations/samen/staff"):
        assert str(client.get(address).location).startswith("/sign-in?next=")


def test_the_code_leads_to_where_somebody_was_going(stage: Stage) -> None:
    client, secret, _codes = with_two_steps(stage)
    sign_in(client, target="/evaluations/samen/scores")
    assert post(client, STEP, code=code(secret)).location == "/evaluations/samen/scores"
    assert client.get("/evaluations/samen/scores").status_code == 200


def test_nobody_is_led_to_another_site(stage: Stage) -> None:
    client, secret, _codes = with_two_steps(stage)
    sign_in(client, target="//elders.example/")
    assert post(client, STEP, code=code(secret)).location == "/evaluations"


def test_a_wrong_code_and_a_used_one_say_so(stage: Stage) -> None:
    client, secret, codes = with_two_steps(stage)
    sign_in(client)
    for wrong in ("000000", "", "\x00", "x" * 70):
        assert post(client, STEP, code=wrong).status_code == 422
    assert post(client, STEP, code=codes[0]).status_code == 302
    again = stage.client()
    sign_in(again)
    assert post(again, STEP, code=codes[0]).status_code == 422
    assert post(again, STEP, code=code(secret)).status_code == 302


def test_without_a_password_first_there_is_no_second_step(stage: Stage) -> None:
    client, secret, _codes = with_two_steps(stage)
    assert client.get(STEP).location == "/sign-in"
    assert post(client, STEP, page="/sign-in", code=code(secret)).location == "/sign-in"


@pytest.mark.usefixtures("no_time_passes")
def test_a_half_way_cookie_that_was_stolen_is_slowed_down_and_gives_nothing(stage: Stage) -> None:
    client, _secret, _codes = with_two_steps(stage)
    sign_in(client)
    thief = stage.client()
    stolen = client.get_cookie("form")
    assert stolen is not None
    thief.set_cookie("form", stolen.value)
    assert thief.get("/evaluations/samen").status_code == 302
    answers = [post(thief, STEP, code=f"00000{number}").status_code for number in range(attempts.FREE["code"] + 1)]
    assert answers == [422] * 5 + [429]


def test_a_second_sign_in_ends_the_session_that_there_was(stage: Stage) -> None:
    client = with_password(stage)
    sign_in(client)
    first = client.get_cookie("sign-in")
    assert first is not None
    sign_in(client)
    old = stage.client()
    old.set_cookie("sign-in", first.value)
    assert client.get("/account").status_code == 200
    assert old.get("/account").status_code == 302


def test_a_link_for_a_new_password_leads_to_the_second_step_too(stage: Stage) -> None:
    client, secret, _codes = with_two_steps(stage)
    owner = stage.client("owner")
    number = re.search(r'id="account-(\d+)"><h2[^>]*>Anna', owner.get("/users").text)
    assert number is not None
    post(owner, f"/users/{number[1]}/link", page="/users")
    address = re.search(r"https?://[^/]+(/password/[^<\s]+)", owner.get("/users").text)
    assert address is not None
    assert post(client, address[1], password=OTHER, again=OTHER).location == STEP
    assert client.get("/account").status_code == 302
    assert post(client, STEP, code=code(secret)).status_code == 302
    assert client.get("/account").status_code == 200


@pytest.mark.parametrize("email", [ANNA, "nobody@elders.example"])
def test_the_door_says_the_same_for_who_has_a_second_step(stage: Stage, email: str) -> None:
    client, _secret, _codes = with_two_steps(stage)
    answer = post(client, "/sign-in", email=email, password=f"not {PASSWORD}")
    assert answer.status_code == 422
    assert "Deze combinatie van e-mailadres en wachtwoord is niet bekend" in answer.text
