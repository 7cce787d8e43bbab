"""Accounts and what they may."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp.access import Permission, Scope, may
from surveyapp.actions import users
from surveyapp.errors import InvalidContent, NotFound, WrongState
from surveyapp.models import Grant
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
