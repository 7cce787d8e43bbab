"""One person: added, corrected, replaced, removed, without mail; with mistakes, the form with everything typed."""

import re

import pytest
from sqlalchemy import select

from surveyapp.actions import open_links, waves
from surveyapp.models import Invitee
from surveyapp.queries import evaluations
from tests.web.people.posting import at, names, number_of, page, post
from tests.web.people.test_listing import answer
from tests.web.staff import SECRET, Stage, shift

EVA = {"name": "Eva", "email": "eva@borne.example", "organisation": "GM0147", "role": "official", "language": "en"}


def addresses(stage: Stage) -> dict[str, tuple[str, str]]:
    with stage.database.session(readonly=True) as session:
        return {each.name: (each.email, each.language) for each in session.scalars(select(Invitee))}


def test_somebody_is_put_on_the_list(team: Stage) -> None:
    shown = page(team, at(post(team, "/new", **EVA)))
    assert '<h1 class="utrecht-heading-1">Eva</h1>' in shown
    assert addresses(team)["Eva"] == ("eva@borne.example", "en")
    assert at(post(team, "/new", **{**EVA, "email": "eva2@borne.example"}, then="another")) == "/new"


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"name": ""}, "name", "Fill in the name"),
        ({"name": "   "}, "name", "Fill in the name"),
        ({"name": "=1+1"}, "name", "formula"),
        ({"email": "eva@borne"}, "email", "is not an e-mail address"),
        ({"email": "eva@borne,example"}, "email", "Did you mean ‘eva@borne.example’?"),
        ({"email": "o1@BORNE.example"}, "email", "is on the list already"),
        ({"organisation": ""}, "organisation", "Choose the organisation"),
        ({"organisation": "GM9999"}, "organisation", ""),
        ({"role": "king"}, "role", ""),
        ({"language": "fy"}, "language", ""),
    ],
)
def test_a_mistake_is_told_on_top_and_at_its_field_with_everything_typed(
    team: Stage, typed: dict[str, str], field: str, words: str
) -> None:
    before = addresses(team)
    refused = post(team, "/new", **{**EVA, **typed})
    assert refused.status_code == 422
    assert f'href="#{field}"' in refused.text
    assert f'id="{field}-errors"' in refused.text
    assert words in refused.text
    if field != "email":
        assert 'value="eva@borne.example"' in refused.text
    assert addresses(team) == before


def test_a_role_that_answers_through_an_open_link_is_not_offered(team: Stage) -> None:
    with team.database.session() as session:
        study = evaluations.by_slug(session, "samen")
        wave = evaluations.wave(session, study)
        open_links.add(session, wave=wave, membership=None, role="project", most=None, secret_key=SECRET, by=None)
        session.commit()
    assert '<option value="project"' not in page(team, "/new")
    assert post(team, "/new", **{**EVA, "role": "project"}).status_code == 422


def test_mistakes_are_told_in_the_order_of_the_page(team: Stage) -> None:
    refused = post(team, "/new", organisation="", role="", name="", email="", language="nl")
    assert refused.status_code == 422
    assert re.findall(r'<li><a [^>]*href="#(\w+)"', refused.text) == ["organisation", "role", "name", "email"]


def test_a_name_an_address_and_a_language_are_corrected(team: Stage) -> None:
    number = number_of(team, "Dirk")
    new = {"name": "Dirk de Vries", "email": "dirk@borne.example", "language": "en"}
    assert at(post(team, f"/{number}", **new)) == f"/{number}"
    assert addresses(team)["Dirk de Vries"] == ("dirk@borne.example", "en")
    refused = post(team, f"/{number}", **{**new, "email": "dirk"})
    assert refused.status_code == 422
    assert 'value="dirk"' in refused.text
    taken = post(team, f"/{number}", **{**new, "email": "bas@almelo.example"})
    assert taken.status_code == 422
    assert "is on the list already" in taken.text


def test_a_successor_takes_the_seat(team: Stage) -> None:
    number = number_of(team, "Carla")
    answer(team, "Carla", send=False)
    asked = page(team, f"/{number}/replace")
    assert "<strong>What this person had filled in is deleted too.</strong>" in asked
    assert post(team, f"/{number}/replace", name="Eva", email="", language="nl").status_code == 422
    answered = post(team, f"/{number}/replace", name="Eva", email="eva@borne.example", language="nl")
    assert at(answered) == f"/{number}"
    shown = page(team, f"/{number}")
    assert "Carla" not in addresses(team)
    assert "not invited yet" in shown


def test_somebody_is_taken_off_the_list_after_a_question(team: Stage) -> None:
    number = number_of(team, "Dirk")
    assert "This cannot be undone" in page(team, f"/{number}/remove")
    assert "Dirk" in addresses(team)
    assert at(post(team, f"/{number}/remove")) == ""
    assert "Dirk" not in names(page(team))
    assert post(team, f"/{number}/remove").status_code == 404


def test_who_has_answered_stays(team: Stage) -> None:
    number = number_of(team, "Bas")
    answer(team, "Bas", send=True)
    shown = page(team, f"/{number}")
    assert "/replace" not in shown
    assert "/remove" not in shown
    assert post(team, f"/{number}/remove").status_code == 409
    refused = post(team, f"/{number}/replace", name="Eva", email="eva@borne.example", language="nl")
    assert refused.status_code == 422
    assert "This person has sent answers" in refused.text


def test_mail_is_stopped_and_sent_again(team: Stage) -> None:
    number = number_of(team, "Dirk")
    assert at(post(team, f"/{number}/mail", mail="no")) == f"/{number}"
    assert "none since" in page(team, f"/{number}")
    post(team, f"/{number}/mail", mail="yes")
    assert "none since" not in page(team, f"/{number}")


def test_in_a_closed_wave_a_name_can_still_be_corrected_and_nothing_else_changes(team: Stage) -> None:
    number = number_of(team, "Dirk")
    shift(team, opens_at=-9, closes_at=-3)
    shown = page(team, f"/{number}")
    assert "/replace" not in shown
    assert "/reissue" not in shown
    assert at(post(team, f"/{number}", name="Dick", email="dirk@almelo.example", language="nl")) == f"/{number}"
    assert "nobody can be added any more" in page(team, "/new")
    assert post(team, "/new", **EVA).status_code == 422


@pytest.mark.parametrize("regime", ["anonymous"])
def test_an_anonymous_wave_that_has_begun_keeps_its_groups(team: Stage) -> None:
    with team.database.session() as session:
        wave = evaluations.wave(session, evaluations.by_slug(session, "samen"))
        waves.set_regime(session, wave=wave, regime="anonymous", by=None)
        for invitee in session.scalars(select(Invitee).where(Invitee.email.like("%@almelo.example"))):
            invitee.membership_id = evaluations.memberships(session, wave.evaluation)[1].id
        session.commit()
    number = number_of(team, "Official 0")
    answer(team, "Official 1", send=False)
    for path in ("remove", "revoke"):
        refused = post(team, f"/{number}/{path}")
        assert refused.status_code == 409
        assert "anonymous" in refused.text
    assert team.client("anna").get(f"/evaluations/samen/people/{number}/link").status_code == 409
    assert post(team, f"/{number}/replace", name="Eva", email="eva@borne.example", language="nl").status_code == 303


@pytest.mark.parametrize("path", ["", "/replace", "/remove", "/link"])
def test_people_of_another_study_are_not_there(team: Stage, path: str) -> None:
    with team.database.session(readonly=True) as session:
        other = session.scalars(select(Invitee.id).where(Invitee.name == "Bram").order_by(Invitee.id)).first()
    assert team.client("anna").get(f"/evaluations/samen/people/999999{path}").status_code == 404
    assert team.client("dirk").get(f"/evaluations/samen/people/{other}{path}").status_code == 404


@pytest.mark.parametrize("act", ["", "/replace", "/remove", "/mail", "/revoke", "/reissue"])
def test_nobody_outside_the_team_changes_anybody(team: Stage, act: str) -> None:
    number, before = number_of(team, "Dirk"), addresses(team)
    for who in ("lead", "bram"):
        assert post(team, f"/{number}{act}", who, name="X", email="x@x.example", language="nl").status_code == 403
    assert addresses(team) == before
