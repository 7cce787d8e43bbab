"""Accounts and what they may."""

import threading
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp.access import Permission, Scope, may
from surveyapp.actions import sign_ins, users
from surveyapp.errors import InvalidContent, NotFound, WrongState
from surveyapp.models import Event, Grant, User
from surveyapp.models.database import Database
from surveyapp.queries import evaluations
from surveyapp.queries import users as found
from tests import cast


def test_an_address_has_one_account_however_it_is_written(session: Session) -> None:
    dirk = users.create(session, email=" Dirk@Elders.example", name="Dirk", by=None)
    assert dirk.email == "dirk@elders.example"
    assert found.by_email(session, "DIRK@elders.example ") is dirk
    with pytest.raises(WrongState, match="email-taken"):
        users.create(session, email="dirk@elders.EXAMPLE", name="Dirk", by=None)


@pytest.mark.parametrize("email", ["", "dirk", "d@" + "x" * 253])
def test_what_is_no_address_is_refused(session: Session, email: str) -> None:
    with pytest.raises(InvalidContent, match="unusable-email"):
        users.create(session, email=email, name="Dirk", by=None)


def test_a_grant_given_twice_is_one_grant(session: Session) -> None:
    study = cast.study(session)
    first, second = (
        users.grant(session, user=study.anna, role="project_lead", evaluation=study.evaluation, by=None)
        for _ in range(2)
    )
    assert first is second


def test_a_reader_of_one_organisation_sees_only_that_one(session: Session) -> None:
    study = cast.study(session)
    carla = users.create(session, email="carla@almelo.example", name="Carla", by=study.anna)
    users.grant(session, user=carla, role="municipality_reader", membership=study.members[0], by=study.anna)
    here = study.evaluation.id
    own, other = (Scope(here, member.id) for member in study.members[:2])
    assert may(carla, Permission.PUBLICATION_READ_OWN, own)
    assert not may(carla, Permission.PUBLICATION_READ_OWN, other)
    assert evaluations.visible_to(session, carla) == [study.evaluation]


def test_a_grant_must_say_where_and_no_more_than_its_role_reaches(session: Session) -> None:
    study = cast.study(session)
    here, member = study.evaluation, study.members[0]
    for role, evaluation, membership in (
        ("owner", here, None),
        ("researcher", None, None),
        ("researcher", here, member),
        ("project_lead", None, None),
        ("municipality_reader", here, None),
    ):
        with pytest.raises(InvalidContent, match="grant-does-not-fit"):
            users.grant(
                session, user=study.anna, role=role, evaluation=evaluation, membership=membership, by=study.anna
            )
    with pytest.raises(InvalidContent, match="unknown-role"):
        users.grant(session, user=study.anna, role="king", by=study.anna)
    elsewhere = evaluations.by_slug(session, "elders")
    with pytest.raises(NotFound, match="membership-of-another-evaluation"):
        users.grant(
            session,
            user=study.anna,
            role="municipality_reader",
            evaluation=elsewhere,
            membership=member,
            by=study.anna,
        )


@pytest.mark.parametrize("password", ["", "elf tekens.", "x" * 1001])
def test_a_password_that_is_too_short_or_too_long_is_refused(session: Session, password: str) -> None:
    dirk = users.create(session, email="dirk@elders.example", name="Dirk", by=None)
    with pytest.raises(InvalidContent) as refused:
        users.set_password(session, user=dirk, password=password, by=dirk)
    assert (refused.value.code, refused.value.details) == ("password-length", {"shortest": 12, "longest": 1000})


def test_making_an_owner_twice_gives_one_owner(session: Session) -> None:
    first = users.make_owner(session, email="anna@bureau.example")
    assert users.make_owner(session, email="Anna@Bureau.example") is first
    assert session.scalar(select(func.count()).select_from(Grant)) == 1
    assert may(first, Permission.INSTALLATION_MANAGE, Scope())


def test_somebody_becomes_owner_who_had_an_account(session: Session) -> None:
    study = cast.study(session)
    assert users.make_owner(session, email=study.anna.email) is study.anna
    session.expire(study.anna, ["grants"])
    assert {grant.role for grant in study.anna.grants} == {"researcher", "owner"}


@pytest.mark.parametrize("password", ["wachtwoord1234", "dirkdirkdirkdirk", "qwertyuiop[]", "dirk@elders.example"])
def test_a_password_that_is_easy_to_guess_is_refused(session: Session, password: str) -> None:
    dirk = users.create(session, email="dirk@elders.example", name="Dirk", by=None)
    with pytest.raises(InvalidContent) as refused:
        users.set_password(session, user=dirk, password=password, by=dirk)
    assert refused.value.code == "password-weak"
    assert dirk.password_hash is None


def test_who_is_invited_gets_an_account_once_and_a_right_for_every_organisation(session: Session) -> None:
    study = cast.study(session)
    invited = [
        users.invite(
            session,
            email=email,
            name=name,
            role="interviewer",
            by=study.anna,
            evaluation=study.evaluation,
            memberships=study.members[:2],
        )
        for email, name in (("ina@bureau.example", "Ina"), (" INA@bureau.example", "Ina the second"))
    ]
    assert [each.new for each in invited] == [True, False]
    assert invited[0].user is invited[1].user
    assert invited[0].user.name == "Ina"
    places = session.scalars(select(Grant.membership_id).where(Grant.user_id == invited[0].user.id)).all()
    assert sorted(filter(None, places)) == sorted(member.id for member in study.members[:2])


def test_an_invitation_that_lacks_something_gives_nothing(session: Session) -> None:
    study = cast.study(session)
    for fields, code in (
        ({"role": "interviewer"}, "organisation-missing"),
        ({"role": "auditor", "name": " "}, "name-missing"),
        ({"role": "auditor", "email": "ina"}, "unusable-email"),
        ({"role": "king"}, "unknown-role"),
        ({"role": "owner"}, "grant-does-not-fit"),
        ({"role": "auditor", "memberships": study.members[:1]}, "grant-does-not-fit"),
    ):
        given: Any = {"email": "ina@bureau.example", "name": "Ina", "evaluation": study.evaluation, **fields}
        with pytest.raises(InvalidContent, match=code), session.begin_nested():
            users.invite(session, by=study.anna, **given)
    assert found.by_email(session, "ina@bureau.example") is None


def test_a_right_that_is_taken_away_is_gone_at_once(session: Session) -> None:
    study = cast.study(session)
    token = sign_ins.begin(session, user=study.anna)
    right = session.scalars(select(Grant).where(Grant.user_id == study.anna.id)).one()
    users.take_away(session, grant=right, by=None, evaluation=study.evaluation)
    session.commit()
    still = found.by_sign_in(session, token)
    assert still is study.anna
    assert not may(still, Permission.EVALUATION_READ, Scope(study.evaluation.id))
    event = session.scalars(select(Event).order_by(Event.id.desc())).first()
    assert event is not None
    assert (event.verb, event.evaluation_id, event.details) == (
        "user.take-away",
        study.evaluation.id,
        {"role": "researcher"},
    )


def test_the_last_owner_who_can_come_in_stays(session: Session) -> None:
    anna, bram = (users.make_owner(session, email=f"{name}@bureau.example") for name in ("anna", "bram"))
    users.disable(session, user=bram, by=anna)
    session.commit()
    right = session.scalars(select(Grant).where(Grant.user_id == anna.id)).one()
    with pytest.raises(WrongState, match="last-owner"):
        users.take_away(session, grant=right, by=anna)
    with pytest.raises(WrongState, match="last-owner"):
        users.disable(session, user=anna, by=bram)
    users.enable(session, user=bram, by=anna)
    users.take_away(session, grant=right, by=anna)
    assert [grant.user_id for grant in found.owners(session)] == [bram.id]


def test_nobody_shuts_themselves_out(session: Session) -> None:
    anna = users.make_owner(session, email="anna@bureau.example")
    users.make_owner(session, email="bram@bureau.example")
    with pytest.raises(WrongState, match="own-account"):
        users.disable(session, user=anna, by=anna)


def test_of_two_owners_who_shut_one_another_out_at_the_same_moment_one_stays(database: Database) -> None:
    with database.session() as session:
        numbers = [users.make_owner(session, email=f"{name}@bureau.example").id for name in ("anna", "bram")]
        session.commit()
    together, outcomes = threading.Barrier(2), []

    def shut_out(whom: int, by: int) -> None:
        with database.session() as own:
            together.wait(20)
            try:
                users.disable(own, user=own.get_one(User, whom), by=own.get_one(User, by))
                own.commit()
                outcomes.append("done")
            except WrongState as refused:
                outcomes.append(refused.code)

    threads = [threading.Thread(target=shut_out, args=pair) for pair in (numbers, numbers[::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["done", "last-owner"]


def test_disabling_twice_or_enabling_what_is_enabled_changes_nothing(session: Session) -> None:
    anna = users.make_owner(session, email="anna@bureau.example")
    dirk = users.create(session, email="dirk@elders.example", name="Dirk", by=anna)
    for verb, verbs in ((users.disable, ["user.disable"]), (users.enable, ["user.enable"])):
        for _ in range(2):
            verb(session, user=dirk, by=anna)
        events = session.scalars(select(Event.verb).where(Event.verb == verbs[0])).all()
        assert events == verbs


def test_a_name_is_needed(session: Session) -> None:
    dirk = users.create(session, email="dirk@elders.example", name="Dirk", by=None)
    with pytest.raises(InvalidContent, match="name-missing"):
        users.rename(session, user=dirk, name="  ", by=dirk)
    users.rename(session, user=dirk, name=" Dirk II ", by=dirk)
    assert dirk.name == "Dirk II"
