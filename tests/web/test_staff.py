"""Who may do what in a study: inviting, taking away, and never more than one may give."""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from surveyapp.actions import users
from surveyapp.models import Evaluation, Grant, Mail, Membership, User
from surveyapp.queries import users as queries
from tests.web.posting import post
from tests.web.staff import Stage, set_up, set_up_without_wave

HERE = "/evaluations/samen/staff"


def members(stage: Stage) -> dict[str, int]:
    """The organisations of the study."""
    with stage.database.session(readonly=True) as session:
        found = session.scalars(select(Membership).join(Evaluation).where(Evaluation.slug == "samen"))
        return {member.organisation.name: member.id for member in found}


def right_of(stage: Stage, who: str) -> int:
    with stage.database.session(readonly=True) as session:
        found = select(Grant.id).join(User).where(User.email.startswith(f"{who}@")).order_by(Grant.id)
        return session.scalars(found).first() or 0


def invite(client: FlaskClient, **fields: object) -> tuple[int, str]:
    given: dict[str, Any] = {"email": "nieuw@borne.example", "name": "Nieuw", "role": "auditor", **fields}
    answer = post(client, HERE, **given)
    return answer.status_code, answer.text


def link_on(client: FlaskClient) -> str | None:
    found = re.search(r"(/password/[\w-]+)", client.get(HERE).text)
    return found[1] if found else None


@pytest.mark.parametrize(("who", "status"), [("bram", 403), ("lead", 403), ("ina", 403), ("otto", 403), ("dirk", 404)])
def test_only_who_manages_the_study_sees_and_changes_it(stage: Stage, who: str, status: int) -> None:
    set_up(stage)
    client = stage.client(who)
    assert client.get(HERE).status_code == status
    number = right_of(stage, "bram")
    for address in (HERE, f"{HERE}/rights/{number}/take-away", f"{HERE}/1/link"):
        assert post(client, address, page="/account", email="x@y.example", role="auditor").status_code == status
    assert right_of(stage, "bram") == number


def test_it_shows_everybody_of_this_study_with_what_they_may(stage: Stage) -> None:
    set_up(stage)
    page = stage.client("anna").get(HERE).text
    for words in ("bram@samen.example", "Lezer van een organisatie</strong>: Almelo", "Leest het logboek", "owner"):
        assert words in page
    assert "dirk@samen.example" not in page


def test_a_new_colleague_gets_a_link_shown_once_and_then_comes_in(stage: Stage) -> None:
    set_up(stage)
    anna = stage.client("anna")
    assert invite(anna)[0] == 303
    address = link_on(anna)
    assert address is not None
    assert link_on(anna) is None
    visitor = stage.client()
    fields = {"password": "kanarie trapleuning mosterd", "again": "kanarie trapleuning mosterd"}
    assert post(visitor, address, **fields).status_code == 302
    assert visitor.get("/evaluations/samen/log").status_code == 200
    assert visitor.get("/evaluations/samen/scores").status_code == 403
    assert post(visitor, address, page="/sign-in", **fields).status_code == 404


def test_who_has_an_account_has_the_role_at_once_and_keeps_their_name(stage: Stage) -> None:
    set_up(stage)
    assert stage.client("dirk").get("/evaluations/samen").status_code == 404
    anna = stage.client("anna")
    assert invite(anna, email="DIRK@samen.example", name="Somebody else", role="project_lead")[0] == 303
    assert link_on(anna) is None
    assert stage.client("dirk").get("/evaluations/samen").status_code == 200
    assert "Somebody else" not in anna.get(HERE).text


def test_a_reader_gets_one_or_several_organisations(stage: Stage) -> None:
    set_up(stage)
    places = members(stage)
    chosen = [str(places["Almelo"]), str(places["Enschede"])]
    anna = stage.client("anna")
    assert invite(anna, role="municipality_reader", organisations=chosen)[0] == 303
    assert "Lezer van een organisatie</strong>: Almelo, Enschede" in anna.get(HERE).text


@pytest.mark.parametrize(
    ("fields", "anchor"),
    [
        ({"email": ""}, "email"),
        ({"email": "niemand"}, "email"),
        ({"name": ""}, "name"),
        ({"role": ""}, "role"),
        ({"role": "owner"}, "role"),
        ({"role": "king"}, "role"),
        ({"role": "interviewer"}, "organisations"),
        ({"role": "interviewer", "organisations": ["999999"]}, "organisations"),
        ({"email": "a\x00b@borne.example"}, "email"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field_and_gives_nothing(
    stage: Stage, fields: dict[str, object], anchor: str
) -> None:
    set_up(stage)
    status, page = invite(stage.client("anna"), **fields)
    assert status == 422
    assert f'href="#{anchor}"' in page
    with stage.database.session(readonly=True) as session:
        assert queries.by_email(session, "nieuw@borne.example") is None


def test_all_that_is_wrong_is_told_at_once(stage: Stage) -> None:
    set_up(stage)
    _status, page = invite(stage.client("anna"), email="niemand", role="interviewer")
    assert ('href="#email"' in page, 'href="#organisations"' in page) == (True, True)


def test_an_organisation_of_another_study_cannot_be_chosen(stage: Stage) -> None:
    set_up(stage)
    with stage.database.session(readonly=True) as session:
        elsewhere = select(Membership.id).join(Evaluation).where(Evaluation.slug == "elders")
        foreign = session.scalars(elsewhere).first()
    assert invite(stage.client("anna"), role="interviewer", organisations=[str(foreign)])[0] == 422


def test_a_role_is_taken_away_at_once_and_twice_is_once(stage: Stage) -> None:
    set_up(stage)
    number = right_of(stage, "lead")
    assert stage.client("lead").get("/evaluations/samen").status_code == 200
    for _ in range(2):
        assert post(stage.client("anna"), f"{HERE}/rights/{number}/take-away", page=HERE).location == HERE
    assert stage.client("lead").get("/evaluations/samen").status_code == 404
    assert stage.client("lead").get("/account").status_code == 200
    assert stage.verbs().count("user.take-away") == 1


def test_a_right_elsewhere_is_not_reached_from_here(stage: Stage) -> None:
    set_up(stage)
    for who in ("dirk", "owner"):
        number = right_of(stage, who)
        post(stage.client("anna"), f"{HERE}/rights/{number}/take-away", page=HERE)
        assert right_of(stage, who) == number


def test_another_link_is_for_who_never_came_in(stage: Stage) -> None:
    set_up(stage)
    anna = stage.client("anna")
    invite(anna)
    first = link_on(anna)
    with stage.database.session(readonly=True) as session:
        new = queries.by_email(session, "nieuw@borne.example")
        assert new is not None
    assert post(anna, f"{HERE}/{new.id}/link", page=HERE).location == HERE
    second = link_on(anna)
    assert second is not None
    assert first != second
    fields = {"password": "kanarie trapleuning mosterd", "again": "kanarie trapleuning mosterd"}
    assert post(stage.client(), second, **fields).status_code == 302
    assert stage.client().get(str(first)).status_code == 404
    assert post(anna, f"{HERE}/{new.id}/link", page=HERE).status_code == 403


def test_nobody_gets_hold_of_a_link_for_who_has_rights_that_they_do_not_manage(stage: Stage) -> None:
    """An owner who has not come in yet, and was given a role here: with a link one would come in as an owner."""
    set_up(stage)
    with stage.database.session() as session:
        owner = users.make_owner(session, email="olga@bureau.example", name="Olga")
        number = owner.id
        session.commit()
    anna = stage.client("anna")
    assert invite(anna, email="olga@bureau.example")[0] == 303
    assert link_on(anna) is None
    assert post(anna, f"{HERE}/{number}/link", page=HERE).status_code == 403
    assert f"/{number}/link" not in anna.get(HERE).text
    assert post(stage.client("owner"), f"{HERE}/{number}/link", page=HERE).status_code == 303
    stage.app.config["SENDS_MAIL"] = True
    assert post(anna, f"{HERE}/{number}/link", page=HERE).status_code == 303
    with stage.database.session(readonly=True) as session:
        assert session.scalars(select(Mail.user_id)).all() == [number]


def test_a_link_is_only_made_for_somebody_of_this_study(stage: Stage) -> None:
    set_up(stage)
    with stage.database.session(readonly=True) as session:
        dirk = queries.by_email(session, "dirk@samen.example")
        assert dirk is not None
    assert post(stage.client("anna"), f"{HERE}/{dirk.id}/link", page=HERE).status_code == 404


def test_a_study_without_organisations_has_no_such_roles_to_give_yet(stage: Stage) -> None:
    set_up_without_wave(stage)
    status, page = invite(stage.client("anna"), role="interviewer")
    assert status == 422
    assert "Kies voor deze rol minstens één organisatie" in page
