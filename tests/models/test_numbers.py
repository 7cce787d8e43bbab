"""Numbers of rows that are still to be made belong to who reserved them."""

from sqlalchemy.orm import Session

from surveyapp.models import Invitation, Invitee, numbers
from surveyapp.models.database import Database
from tests import cast


def test_no_number_is_given_twice_nor_to_a_row_that_another_makes(session: Session) -> None:
    study = cast.study(session)
    there = study.invite(session, "governor").id
    first, second = numbers.reserve(session, Invitation, 3), numbers.reserve(session, Invitation, 2)
    made = study.invite(session, "governor").id
    assert len({there, *first, *second, made}) == 7
    assert first == sorted(first)
    assert min(first) > there
    assert made > max(second)


def test_it_works_for_a_table_that_never_held_anything(session: Session) -> None:
    assert len(set(numbers.reserve(session, Invitee, 2))) == 2
    assert numbers.reserve(session, Invitee, 0) == []


def test_what_was_reserved_and_committed_stays_so(database: Database) -> None:
    with database.session() as session:
        reserved = numbers.reserve(session, Invitee, 4)
        session.commit()
    with database.session() as session:
        assert not set(reserved) & set(numbers.reserve(session, Invitee, 4))
