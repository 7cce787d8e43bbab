"""Every column says whether it is about a person, and every moment comes back as it went in."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Column, select
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.orm import Session

from surveyapp.models import Base, Evaluation, Grant, Invitation, User
from tests import cast

COLUMNS = [column for table in Base.metadata.tables.values() for column in table.columns]
ABOUT_A_PERSON = {
    *("email", "name", "password_hash", "token_hash", "value", "contact_name", "contact_email", "started_at"),
    *("submitted_at", "finished_at", "ended_at", "specification", "content"),
}


@pytest.mark.parametrize("column", COLUMNS, ids=str)
def test_every_column_is_declared_plain_or_personal(column: Column[object]) -> None:
    assert column.info.get("personal") in {True, False}


def test_what_is_about_a_person_is_declared_so() -> None:
    people = {
        *("user", "invitee", "invitation", "answer", "sign_in", "one_time_link", "wave"),
        *("response", "delegation", "rendering"),
    }
    undeclared = [
        str(column)
        for column in COLUMNS
        if column.table.name in people and column.name in ABOUT_A_PERSON and not column.info["personal"]
    ]
    assert undeclared == []


def test_tallies_jobs_and_the_log_hold_nothing_personal() -> None:
    impersonal = {
        *("item_tally", "theme_tally", "job", "event", "publication", "receipt"),
        *("open_link", "merged_role", "promise_text"),
    }
    assert not [str(column) for column in COLUMNS if column.table.name in impersonal and column.info["personal"]]


def test_a_moment_comes_back_in_utc_whatever_zone_it_was_given_in(session: Session) -> None:
    moment = datetime(2026, 7, 1, 12, 30, 15, 123456, tzinfo=ZoneInfo("Europe/Amsterdam"))
    session.add(Evaluation(slug="a", title={"nl": "A"}, client="C", created_at=moment))
    session.commit()
    session.expire_all()
    stored = session.scalars(select(Evaluation.created_at)).one()
    assert stored == moment
    assert stored.tzinfo is UTC


def test_a_moment_without_a_zone_is_refused(session: Session) -> None:
    naive = datetime(2026, 7, 1, 12)  # noqa: DTZ001
    session.add(Evaluation(slug="a", title={"nl": "A"}, client="C", created_at=naive))
    with pytest.raises(StatementError, match="without a zone"):
        session.flush()


def test_the_same_grant_cannot_be_stored_twice(session: Session) -> None:
    dirk = User(email="dirk@elders.example", name="Dirk")
    session.add_all([Grant(user=dirk, role="owner"), Grant(user=dirk, role="owner")])
    with pytest.raises(IntegrityError):
        session.flush()


def test_the_id_of_an_invitation_is_never_given_out_again(session: Session) -> None:
    study = cast.study(session)
    first = study.invite(session, "governor")
    last, token = first.id, study.tokens[first.id]
    invitee = first.invitee
    session.delete(first)
    session.flush()
    session.delete(invitee)
    session.flush()
    second = study.invite(session, "governor")
    assert second.id > last
    assert study.tokens[second.id] != token
    assert session.get(Invitation, last) is None
