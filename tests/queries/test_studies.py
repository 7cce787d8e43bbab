"""Finding studies, invitations and how far the answering is."""

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.actions import settings as settings_verbs
from surveyapp.actions import users
from surveyapp.errors import NotFound
from surveyapp.models.database import Database
from surveyapp.queries import editions, evaluations, invitations, monitor, settings
from surveyapp.queries.monitor import Cell
from tests import cast


def test_a_study_is_found_by_its_name_in_the_address(session: Session) -> None:
    study = cast.study(session)
    assert evaluations.by_slug(session, "samen") is study.evaluation
    with pytest.raises(NotFound, match="evaluation"):
        evaluations.by_slug(session, "nergens")


def test_each_user_sees_the_studies_of_their_grants(session: Session) -> None:
    study = cast.study(session)
    dirk = users.create(session, email="dirk@elders.example", name="Dirk", by=None)
    owner = users.make_owner(session, email="owner@bureau.example")
    assert evaluations.visible_to(session, study.anna) == [study.evaluation]
    assert evaluations.visible_to(session, dirk) == []
    assert {evaluation.slug for evaluation in evaluations.visible_to(session, owner)} == {"samen", "elders"}


def test_an_invitation_is_found_by_its_token_with_all_its_pages_need_in_one_statement(database: Database) -> None:
    with database.session() as session:
        study = cast.study(session)
        token = study.tokens[study.invite(session, "governor", member=1).id]
        session.commit()
    statements: list[str] = []
    event.listen(
        database.engine, "before_cursor_execute", lambda _c, _cu, statement, *_rest: statements.append(statement)
    )
    with database.session(readonly=True) as session:
        found = invitations.by_token(session, token)
        assert found is not None
        invitee = found.invitee
        assert (invitee.name, invitee.role, invitee.membership.organisation.name) == ("Bram", "governor", "Borne")
        assert (invitee.wave.number, invitee.wave.evaluation.slug) == (1, "samen")
    assert len([statement for statement in statements if statement.startswith("SELECT")]) == 1


@pytest.mark.parametrize("token", ["", "nonsense", "é", "\udc80", "x" * 10_000])
def test_no_invitation_is_found_by_another_token(session: Session, token: str) -> None:
    cast.study(session)
    assert invitations.by_token(session, token) is None


def test_a_withdrawn_invitation_is_not_found(session: Session) -> None:
    study = cast.study(session)
    invitation = study.invite(session, "governor")
    invitation.revoked_at = clock.now()
    session.flush()
    assert invitations.by_token(session, study.tokens[invitation.id]) is None


def test_the_monitor_counts_who_was_invited_began_and_handed_in(session: Session) -> None:
    study = cast.study(session)
    study.invite(session, "official", member=2)
    study.begin(session, "official", t1_1="4")
    study.respond(session, "official", t1_1="4")
    study.respond(session, "governor", t1_1="4")
    almelo, _, enschede = (member.id for member in study.members)
    assert monitor.per_cell(session, study.wave) == [
        Cell(almelo, "GM0141", "Almelo", "governor", invited=1, started=1, submitted=1),
        Cell(almelo, "GM0141", "Almelo", "official", invited=2, started=2, submitted=1),
        Cell(enschede, "GM0153", "Enschede", "official", invited=1, started=0, submitted=0),
    ]


def test_an_edition_is_read_and_parsed_once(database: Database) -> None:
    with database.session() as session:
        study = cast.study(session)
        first = editions.of(session, study.wave)
    with database.session(readonly=True) as session:
        wave = evaluations.wave(session, evaluations.by_slug(session, "samen"))
        assert editions.of(session, wave) is first


def test_a_database_is_a_demonstration_only_once_it_is_marked_so(session: Session) -> None:
    assert settings.is_demonstration(session) is False
    for _ in range(2):
        settings_verbs.mark_demonstration(session)
    assert settings.is_demonstration(session) is True
