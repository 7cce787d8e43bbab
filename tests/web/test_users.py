"""All accounts, for owners: letting people in and out, and nobody locks the installation."""

import re

import pytest
from sqlalchemy import select

from surveyapp.models import Mail, User
from surveyapp.queries import users
from tests.web.account.people import shift_sign_ins, with_two_steps
from tests.web.posting import post
from tests.web.staff import Stage, set_up


def number_of(stage: Stage, who: str) -> int:
    with stage.database.session(readonly=True) as session:
        return session.scalars(select(User.id).where(User.email.startswith(f"{who}@"))).one()


def act(stage: Stage, what: str, who: str, by: str = "owner") -> int:
    return post(stage.client(by), f"/users/{number_of(stage, who)}/{what}", page="/users").status_code


@pytest.mark.parametrize("who", ["anna", "bram", "lead", "otto"])
def test_for_everybody_else_the_page_is_not_there(stage: Stage, who: str) -> None:
    set_up(stage)
    assert stage.client(who).get("/users").status_code == 404
    number = number_of(stage, "dirk")
    for what in ("disable", "enable", "link", "reset-second-factor", "end-ownership"):
        assert post(stage.client(who), f"/users/{number}/{what}", page="/account").status_code == 404
    assert "/users" not in stage.client(who).get("/account").text
    assert stage.client("dirk").get("/account").status_code == 200


def test_it_shows_everybody_with_their_roles_and_how_they_sign_in(stage: Stage) -> None:
    with_two_steps(stage)
    page = stage.client("owner").get("/users").text
    assert "bram@samen.example" in page
    assert "Lezer van een organisatie (in 1 onderzoek)" in page
    assert page.count("Logt in met een tweede factor") == 1
    assert "owner (u)" in page
    assert 'href="/users"' in stage.client("owner").get("/account").text


def test_who_is_disabled_is_out_at_once_and_back_when_enabled(stage: Stage) -> None:
    set_up(stage)
    for _ in range(2):
        assert act(stage, "disable", "dirk") == 303
    assert stage.client("dirk").get("/account").status_code == 302
    assert "Geblokkeerd sinds" in stage.client("owner").get("/users").text
    assert act(stage, "link", "dirk") == 403
    assert act(stage, "enable", "dirk") == 303
    assert stage.client("dirk").get("/account").status_code == 302


def test_an_owner_is_not_locked_out_by_themselves_nor_as_the_last(stage: Stage) -> None:
    set_up(stage)
    assert act(stage, "disable", "owner") == 409
    answer = post(stage.client("owner"), f"/users/{number_of(stage, 'owner')}/end-ownership", page="/users")
    assert answer.status_code == 409
    assert "Dit is de enige beheerder" in answer.text
    assert act(stage, "disable", "dirk") == 303


def test_an_owner_is_added_and_can_be_one_no_longer(stage: Stage) -> None:
    set_up(stage)
    owner = stage.client("owner")
    assert post(owner, "/users", email="Otto@samen.example").location == "/users"
    assert stage.client("otto").get("/users").status_code == 200
    assert act(stage, "end-ownership", "owner", by="otto") == 303
    assert stage.client("owner").get("/users").status_code == 404
    assert stage.client("otto").get("/evaluations/samen/log").status_code == 200


def test_a_new_owner_gets_a_link_that_is_shown_once(stage: Stage) -> None:
    set_up(stage)
    owner = stage.client("owner")
    post(owner, "/users", email="nieuw@bureau.example", name="Nieuw")
    link = re.search(r"(/password/[\w-]+)", owner.get("/users").text)
    assert link is not None
    assert link[1] not in owner.get("/users").text
    assert stage.client().get(link[1]).status_code == 200
    cookie = owner.get_cookie("form")
    assert cookie is not None
    assert link[1].rpartition("/")[2] not in cookie.value


def test_where_mail_is_sent_the_link_goes_to_its_owner_only(stage: Stage) -> None:
    set_up(stage)
    stage.app.config["SENDS_MAIL"] = True
    assert act(stage, "link", "dirk") == 303
    assert "/password/" not in stage.client("owner").get("/users").text
    with stage.database.session(readonly=True) as session:
        assert session.scalars(select(Mail.user_id)).all() == [number_of(stage, "dirk")]


@pytest.mark.parametrize("email", ["", "nobody", "a\x00@b.example", "a@" + "b" * 300])
def test_what_is_no_address_makes_no_owner(stage: Stage, email: str) -> None:
    set_up(stage)
    answer = post(stage.client("owner"), "/users", email=email)
    assert answer.status_code == 422
    assert 'href="#email"' in answer.text


def test_the_second_step_is_taken_away_from_who_lost_everything(stage: Stage) -> None:
    with_two_steps(stage)
    assert act(stage, "reset-second-factor", "anna") == 303
    with stage.database.session(readonly=True) as session:
        anna = users.by_email(session, "anna@bureau.example")
        assert anna is not None
        assert not users.has_second_factor(session, anna)
    assert stage.client("anna").get("/account").status_code == 302


def test_what_opens_accounts_takes_a_recent_sign_in(stage: Stage) -> None:
    set_up(stage)
    shift_sign_ins(stage, minutes=31)
    for what in ("link", "reset-second-factor", "end-ownership"):
        answer = post(stage.client("owner"), f"/users/{number_of(stage, 'dirk')}/{what}", page="/users")
        assert str(answer.location).startswith("/sign-in?again=yes")
    assert stage.client("dirk").get("/account").status_code == 200


def test_an_unknown_account_is_not_there(stage: Stage) -> None:
    set_up(stage)
    assert post(stage.client("owner"), "/users/999999/disable", page="/users").status_code == 404
