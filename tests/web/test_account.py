"""Coming in and going out."""

import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from surveyapp import clock
from surveyapp.actions import attempts, settings, sign_ins, users
from surveyapp.queries import users as user_queries
from tests.web.staff import Stage, set_up

PASSWORD = "vier woorden op een rij"

ANNA = "anna@bureau.example"


def sign_in(client: FlaskClient, password: str, email: str = ANNA, target: str = "") -> tuple[int, str]:
    page = client.get("/sign-in", query_string={"next": target}).get_data(as_text=True)
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert token is not None
    answer = client.post(
        "/sign-in", data={"csrf_token": token[1], "email": email, "password": password, "next": target}
    )
    return answer.status_code, answer.location or answer.get_data(as_text=True)


def with_password(stage: Stage) -> FlaskClient:
    set_up(stage)
    with stage.database.session() as session:
        anna = user_queries.by_email(session, ANNA)
        assert anna is not None
        users.set_password(session, user=anna, password=PASSWORD, by=None)
        session.commit()
    return stage.client()


def link(stage: Stage, purpose: str) -> str:
    with stage.database.session() as session:
        anna = user_queries.by_email(session, ANNA)
        assert anna is not None
        until = clock.now() + timedelta(days=1)
        token = sign_ins.one_time_link(session, user=anna, purpose=purpose, expires_at=until, by=None)
        session.commit()
    return token


def test_the_right_password_brings_somebody_to_where_they_were_going(stage: Stage) -> None:
    client = with_password(stage)
    assert sign_in(client, PASSWORD, target="/evaluations/samen/scores") == (302, "/evaluations/samen/scores")
    assert client.get("/evaluations/samen/scores").status_code == 200


def test_a_wrong_password_and_an_unknown_address_look_the_same(stage: Stage) -> None:
    client = with_password(stage)
    found = [sign_in(client, "iets anders dan dat", email=email) for email in (ANNA, "dirk@elders.example")]
    assert [status for status, _ in found] == [422, 422]
    pages = [re.sub(r'value="[^"]*"', "", page) for _, page in found]
    assert pages[0] == pages[1]
    assert client.get("/evaluations/samen").status_code == 302


@pytest.mark.usefixtures("no_time_passes")
def test_after_too_many_attempts_one_has_to_wait(stage: Stage) -> None:
    client = with_password(stage)
    for _ in range(attempts.FREE["account"] + 1):
        status, page = sign_in(client, "iets anders dan dat")
    assert status == 429
    assert 'role="alert"' in page


def test_an_empty_form_says_what_is_missing_at_each_field(stage: Stage) -> None:
    status, page = sign_in(with_password(stage), "", email="")
    assert status == 422
    assert 'href="#email"' in page
    assert 'href="#password"' in page
    assert page.count('aria-invalid="true"') == 2


def test_nobody_is_led_to_another_site(stage: Stage) -> None:
    client = with_password(stage)
    for elsewhere in (
        "https://elders.example/",
        "//elders.example/",
        "/\\elders.example",
        "javascript:alert(1)",
        "/\t/x",
    ):
        assert sign_in(client, PASSWORD, target=elsewhere) == (302, "/evaluations")
        client.delete_cookie("sign-in")


def test_a_broken_address_to_go_to_is_as_good_as_none(stage: Stage) -> None:
    set_up(stage)
    with stage.database.session() as session:
        settings.mark_demonstration(session)
        session.commit()
    address = f"/demonstration/{link(stage, 'demonstration')}"
    for broken in ("/evaluations\r\nSet-Cookie: a=b", "/\x00", "/\x7f"):
        answer = stage.client().get(address, query_string={"next": broken})
        assert (answer.status_code, answer.location) == (302, "/evaluations"), broken


def test_a_name_that_no_database_can_hold_is_an_unknown_name(stage: Stage) -> None:
    client = with_password(stage)
    for email in ("anna\x00@bureau.example", f"{'a' * 300}@bureau.example"):
        status, page = sign_in(client, "iets anders dan dat", email=email)
        assert status == 422
        assert "Dit kan geen e-mailadres zijn" in page


def test_asking_for_the_headers_of_a_form_is_no_attempt_to_use_it(stage: Stage) -> None:
    set_up(stage)
    for address in ("/sign-in", f"/password/{link(stage, 'password')}"):
        assert stage.client().head(address).status_code == 200


def test_a_link_that_was_used_says_so_and_what_to_do(stage: Stage) -> None:
    set_up(stage)
    for address in ("/password/never-made", "/demonstration/never-made"):
        answer = stage.client().get(address)
        assert answer.status_code in {403, 404}
        assert "Deze link werkt niet meer" in answer.text
        assert "Vraag om een nieuwe link" in answer.text


def test_signing_out_ends_the_session_for_whoever_kept_the_cookie(stage: Stage) -> None:
    set_up(stage)
    client = stage.client("anna")
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/evaluations/samen").get_data(as_text=True))
    assert token is not None
    assert client.post("/sign-out", data={"csrf_token": token[1]}).location == "/sign-in"
    assert stage.client("anna").get("/evaluations/samen").status_code == 302


def test_a_link_sets_a_password_once(stage: Stage) -> None:
    set_up(stage)
    address = f"/password/{link(stage, 'password')}"
    client = stage.client()
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get(address).get_data(as_text=True))
    assert token is not None
    short = {"csrf_token": token[1], "password": "kort", "again": "lang"}
    assert client.post(address, data=short).status_code == 422
    assert client.post(address, data=short | {"password": PASSWORD, "again": PASSWORD}).location == "/evaluations"
    assert client.get("/evaluations/samen").status_code == 200
    assert stage.client().get(address).status_code == 404
    assert sign_in(stage.client(), PASSWORD)[0] == 302


def test_a_demonstration_link_works_on_this_machine_in_a_demonstration_only(stage: Stage) -> None:
    set_up(stage)
    address = f"/demonstration/{link(stage, 'demonstration')}?next=/evaluations/samen"
    assert stage.client().get(address).status_code == 403
    with stage.database.session() as session:
        settings.mark_demonstration(session)
        session.commit()
    assert stage.client().get(address, headers={"X-Forwarded-For": "127.0.0.1"}).status_code == 403
    assert stage.client().get(address, environ_base={"REMOTE_ADDR": "192.0.2.1"}).status_code == 403
    assert stage.client().get(address).location == "/evaluations/samen"


def test_a_link_for_a_password_does_not_sign_in_at_the_door_of_the_demonstration(stage: Stage) -> None:
    set_up(stage)
    token = link(stage, "password")
    assert stage.client().get(f"/demonstration/{token}").status_code == 404
    assert stage.client().get(f"/password/{token}").status_code == 200
