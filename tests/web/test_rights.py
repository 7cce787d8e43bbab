"""Everybody sees exactly what is theirs: every route, for every right, in one's own study and in another.

What is expected stands in ``tests/web/rights/expected.py``, which says what a new route must add.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask, request

from surveyapp.access import Permission, Scope
from surveyapp.app import create_app
from surveyapp.config import Settings
from surveyapp.models import Evaluation, Invitation, Invitee, Membership
from surveyapp.web import study
from surveyapp.web.database import session
from surveyapp.web.guard import needs, public
from tests.cluster import Cluster
from tests.web.rights import forms, walk
from tests.web.rights.studies import OTHER, OWN, PERSONAS, Filled, Persona, TwoStudies, application, two_studies


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory, migrated_file: Path) -> Iterator[TwoStudies]:
    """Both studies; every test leaves them as they were."""
    file = tmp_path_factory.mktemp("rights") / "survey.db"
    shutil.copyfile(migrated_file, file)
    with two_studies(file) as made, pytest.MonkeyPatch.context() as impatient:
        impatient.setattr("surveyapp.web.renderings.PATIENCE", 0.0)
        yield made


def all_is_well(faults: list[str]) -> None:
    if faults:
        pytest.fail("\n".join(faults), pytrace=False)


def test_every_view_declares_what_its_room_asks(two: TwoStudies) -> None:
    all_is_well(walk.misdeclared(two.app))


@pytest.mark.parametrize("persona", PERSONAS, ids=lambda persona: persona.name)
def test_every_route_lets_in_who_may_and_refuses_who_may_not(two: TwoStudies, persona: Persona) -> None:
    all_is_well(walk.refused_wrongly_or_let_in(two, two.app, persona))


@pytest.mark.parametrize("persona", PERSONAS, ids=lambda persona: persona.name)
def test_the_pages_of_ones_own_account_are_for_whoever_has_one(two: TwoStudies, persona: Persona) -> None:
    all_is_well(walk.about_oneself(two, two.app, persona))


def test_nothing_of_another_study_is_found_under_the_address_of_one(two: TwoStudies) -> None:
    all_is_well(walk.strangers(two, two.app))


def test_no_form_of_one_study_takes_what_belongs_to_another(two: TwoStudies) -> None:
    all_is_well(forms.strange_values(two, two.app))


@pytest.mark.postgresql
def test_every_page_asks_for_what_postgresql_understands_too(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("surveyapp.web.renderings.PATIENCE", 0.0)
    address = cluster.lend()
    app = application(address)
    try:
        faults = walk.failing(Filled(app, app.extensions["surveyapp.database"]))
    finally:
        app.extensions["surveyapp.database"].dispose()
        cluster.take_back(address)
    all_is_well(faults)


def somebody(name: str) -> Persona:
    return next(persona for persona in PERSONAS if persona.name == name)


@pytest.fixture
def app(two: TwoStudies) -> Flask:
    """The application once more, to plant a hole in."""
    made = create_app(Settings(database_url="", secret_key=two.app.config["SECRET_KEY"]), two.database)
    made.config.update(WTF_CSRF_ENABLED=False, PROPAGATE_EXCEPTIONS=False)
    return made


def echo(**arguments: str) -> str:
    """A view that shows what it was asked for."""
    return str(arguments)


def fail(**arguments: str) -> str:
    """A view that fails."""
    return arguments["nothing"]


def found(faults: list[str], endpoint: str) -> bool:
    """Whether the hole was seen."""
    return any(endpoint in fault for fault in faults)


def test_a_planted_view_without_a_declaration_is_caught(app: Flask) -> None:
    app.add_url_rule("/evaluations/<slug>/hole", "results.hole", echo)
    assert found(walk.misdeclared(app), "results.hole")


@pytest.mark.parametrize("room", ["results", "interviews", "a-room-nobody-knows"])
def test_a_planted_view_that_declares_less_than_its_room_is_caught(app: Flask, room: str) -> None:
    declared = needs(Permission.EVALUATION_READ, on=study.on_evaluation)
    app.add_url_rule("/evaluations/<slug>/hole", f"{room}.hole", declared(echo))
    assert found(walk.misdeclared(app), f"{room}.hole")


def test_a_planted_public_view_in_a_room_of_the_team_is_caught(app: Flask) -> None:
    app.add_url_rule("/evaluations/<slug>/hole", "results.hole", public("because")(echo))
    assert found(walk.misdeclared(app), "results.hole")


def test_a_planted_view_that_asks_for_its_permission_in_another_study_is_caught(two: TwoStudies, app: Flask) -> None:
    mine = Scope(two.studies["samen"])
    declared = needs(Permission.RESULTS_ANALYSE, on=lambda **_arguments: mine)
    app.add_url_rule("/evaluations/<slug>/hole", "results.hole", declared(echo))
    assert found(walk.refused_wrongly_or_let_in(two, app, somebody("researcher"), "results.hole"), "results.hole")


def test_a_planted_view_that_asks_for_its_permission_at_another_organisation_is_caught(
    two: TwoStudies, app: Flask
) -> None:
    def at_the_first(slug: str, code: str) -> Scope:
        assert code in {OWN, OTHER}
        return study.on_organisation(slug, OWN)

    declared = needs(Permission.PUBLICATION_READ_OWN, on=at_the_first)
    app.add_url_rule("/evaluations/<slug>/hole/<code>", "publication.hole", declared(echo))
    walked = walk.refused_wrongly_or_let_in(two, app, somebody("municipality_reader"), "publication.hole")
    assert found(walked, "publication.hole")


def test_a_planted_view_that_looks_a_number_up_anywhere_is_caught(two: TwoStudies, app: Flask) -> None:
    def hole(slug: str, invitation: int) -> str:
        assert slug
        return session().get_one(Invitation, invitation).role

    declared = needs(Permission.INVITATION_MANAGE, on=study.on_evaluation)
    app.add_url_rule("/evaluations/<slug>/hole/<int:invitation>", "people.hole", declared(hole))
    assert found(walk.strangers(two, app, "people.hole"), "people.hole")


def test_a_planted_form_that_takes_a_place_of_another_study_is_caught(two: TwoStudies, app: Flask) -> None:
    def shown(slug: str) -> str:
        options = [f'<option value="{member.id}">' for member in study.evaluation(slug).memberships]
        return f'<form method="post"><select name="place">{"".join(options)}</select></form>'

    def kept(slug: str) -> str:
        invitee = session().query(Invitee).join(Membership).join(Evaluation).filter(Evaluation.slug == slug).first()
        assert invitee is not None
        invitee.membership_id = int(request.form["place"])
        session().commit()
        return slug

    declared = needs(Permission.INVITATION_MANAGE, on=study.on_evaluation)
    app.add_url_rule("/evaluations/<slug>/hole", "people.hole", declared(shown))
    app.add_url_rule("/evaluations/<slug>/hole", "people.kept", declared(kept), methods=["POST"])
    assert found(forms.strange_values(two, app, "people.hole"), "/hole")


def test_a_planted_view_that_fails_is_caught(two: TwoStudies, app: Flask) -> None:
    declared = needs(Permission.RESULTS_ANALYSE, on=study.on_evaluation)
    app.add_url_rule("/evaluations/<slug>/hole", "results.hole", declared(fail))
    assert found(walk.refused_wrongly_or_let_in(two, app, somebody("owner"), "results.hole"), "results.hole")


def test_every_route_can_be_walked(two: TwoStudies) -> None:
    all_is_well(walk.riddles(two, two.app))


def test_an_argument_of_which_nobody_said_what_it_is_says_what_to_do(two: TwoStudies, app: Flask) -> None:
    declared = needs(Permission.RESULTS_ANALYSE, on=study.on_evaluation)
    app.add_url_rule("/evaluations/<slug>/hole/<riddle>", "results.hole", declared(echo))
    riddle = next(riddle for riddle in walk.riddles(two, app) if "results.hole" in riddle)
    assert riddle.endswith("what word is <riddle>? Add it to WORDS: see tests/web/rights/expected.py")
