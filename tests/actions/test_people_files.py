"""Lists of people: kept for an hour, let in as a whole or not at all, and nobody twice."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.actions import open_links, people_files, waves
from surveyapp.actions.invitations import token_for
from surveyapp.analysis.reading.grid import LARGEST
from surveyapp.errors import InvalidContent, NotFound, WrongState
from surveyapp.models import Event, Invitation, Invitee, Job, PeopleFile
from surveyapp.queries import invitations as invitation_queries
from surveyapp.queries import people_files as queries
from tests import cast
from tests.actions.conftest import Time
from tests.cast import Study

TITLES = "naam;e-mail;organisatie;rol;taal\n"


@pytest.fixture
def study(session: Session) -> Study:
    return cast.study(session)


def a_list(number: int = 3, start: int = 0) -> bytes:
    """So many officials of Borne."""
    rows = (f"Carla {each};carla{each}@borne.example;Borne;Ambtenaar;nl\n" for each in range(start, start + number))
    return (TITLES + "".join(rows)).encode()


def kept(session: Session, study: Study, content: bytes) -> PeopleFile:
    return people_files.keep(session, wave=study.wave, name="lijst.csv", content=content, by=study.anna)


def admitted(session: Session, study: Study, content: bytes, *, skip: bool = False) -> int:
    return people_files.admit(
        session,
        wave=study.wave,
        prepared=people_files.prepare(session, wave=study.wave, content=content),
        skip=skip,
        secret_key=cast.SECRET_KEY,
        by=study.anna,
    )


def invited(session: Session, study: Study) -> int:
    return session.scalar(select(func.count()).select_from(Invitee).where(Invitee.wave_id == study.wave.id)) or 0


def test_everybody_on_a_list_gets_a_link_that_works(session: Session, study: Study) -> None:
    assert admitted(session, study, a_list(1_203)) == invited(session, study) == 1_203
    for invitation in session.scalars(
        select(Invitation).join(Invitee).where(Invitee.name.in_(("Carla 0", "Carla 1202")))
    ):
        found = invitation_queries.by_token(session, token_for(invitation, cast.SECRET_KEY))
        assert found is not None
        assert (found.organisation_code, found.role, found.language) == ("GM0147", "official", "nl")
    event = session.scalars(select(Event).where(Event.verb == queries.LET_IN)).one()
    assert event.details["people"] == 1_203
    assert "Carla" not in str(event.details)


@pytest.mark.parametrize("fault", ["Dirk;dirk;Borne;Ambtenaar;\n", "Dirk;carla0@borne.example;Borne;Ambtenaar;\n"])
def test_with_one_fault_nobody_is_let_in(session: Session, study: Study, fault: str) -> None:
    with pytest.raises(InvalidContent, match="people-faulty"):
        admitted(session, study, a_list() + fault.encode())
    assert invited(session, study) == 0


def test_who_is_there_already_is_a_fault_or_passed_over_as_asked(session: Session, study: Study) -> None:
    admitted(session, study, a_list())
    with pytest.raises(InvalidContent, match="people-faulty"):
        admitted(session, study, a_list(5))
    assert admitted(session, study, a_list(5), skip=True) == 2
    with pytest.raises(InvalidContent, match="nobody-new"):
        admitted(session, study, a_list(5), skip=True)
    assert invited(session, study) == 5


def test_what_changed_since_a_list_was_read_is_looked_at_again(session: Session, study: Study) -> None:
    prepared = people_files.prepare(session, wave=study.wave, content=a_list())
    assert prepared.people.can_be_let_in
    admitted(session, study, a_list(1))
    with pytest.raises(InvalidContent, match="people-faulty"):
        people_files.admit(
            session, wave=study.wave, prepared=prepared, skip=False, secret_key=cast.SECRET_KEY, by=study.anna
        )
    assert invited(session, study) == 1


def test_a_role_that_is_open_by_link_takes_nobody_by_name(session: Session, study: Study) -> None:
    open_links.add(
        session,
        wave=study.wave,
        membership=None,
        role="official",
        most=None,
        secret_key=cast.SECRET_KEY,
        by=study.anna,
    )
    prepared = people_files.prepare(session, wave=study.wave, content=a_list(1))
    assert [fault.code for fault in prepared.people.problems] == ["role-open"]


def test_people_are_let_in_to_a_wave_that_is_being_set_up_and_not_to_one_that_closed(
    session: Session, study: Study
) -> None:
    study.wave.ready_at = None
    assert admitted(session, study, a_list()) == 3
    study.wave.ready_at = clock.now()
    session.flush()
    waves.close(session, wave=study.wave, by=study.anna)
    for act in (lambda: admitted(session, study, a_list(1, start=9)), lambda: kept(session, study, a_list())):
        with pytest.raises(WrongState, match="wave-closed"):
            act()


def test_an_anonymous_wave_that_has_begun_takes_people_only_where_there_is_a_group(session: Session) -> None:
    study = cast.study(session, regime="anonymous")
    for _ in range(5):
        study.invite(session, "official")
    study.begin(session, "official", t1_1="2")
    assert admitted(session, study, a_list(1).replace(b"Borne", b"Almelo")) == 1
    prepared = people_files.prepare(session, wave=study.wave, content=a_list(1, start=5))
    assert [fault.code for fault in prepared.people.problems] == ["group-not-there"]


def test_a_list_that_is_empty_or_too_large_is_not_kept(session: Session, study: Study) -> None:
    with pytest.raises(InvalidContent, match="no-file"):
        kept(session, study, b"")
    with pytest.raises(InvalidContent, match="file-too-large"):
        kept(session, study, b"x" * (LARGEST + 1))


def test_a_list_is_found_for_an_hour_in_its_own_study(session: Session, study: Study, time: Time) -> None:
    file = kept(session, study, a_list())
    elsewhere = cast.another_wave(session, study)
    assert queries.by_id(session, study.wave, file.id) is file
    assert queries.by_id(session, elsewhere.wave, file.id) is None
    time.passes(minutes=61)
    assert queries.by_id(session, study.wave, file.id) is None
    people_files.discard_expired(session)
    assert session.scalars(select(PeopleFile.id)).all() == []


def test_a_new_list_takes_the_place_of_one_that_was_left(session: Session, study: Study) -> None:
    kept(session, study, a_list())
    second = kept(session, study, a_list(4))
    assert session.scalars(select(PeopleFile.id)).all() == [second.id]


def test_asking_twice_is_asking_once_and_what_is_asked_is_not_thrown_away(
    session: Session, study: Study, time: Time
) -> None:
    file = kept(session, study, a_list())
    time.passes(minutes=50)
    jobs = {people_files.let_in(session, file=file, by=study.anna).id for _ in range(2)}
    assert session.scalars(select(Job.id)).all() == list(jobs)
    with pytest.raises(WrongState, match="people-being-let-in"):
        people_files.discard(session, file=file, by=study.anna)
    time.passes(minutes=50)
    assert queries.by_id(session, study.wave, file.id) is file


def test_a_list_is_thrown_away_when_somebody_says_so(session: Session, study: Study) -> None:
    file = kept(session, study, a_list())
    people_files.discard(session, file=file, by=study.anna)
    people_files.discard(session, file=file, by=study.anna)
    assert session.scalars(select(PeopleFile.id)).all() == []
    with pytest.raises(NotFound, match="people-file"):
        people_files.let_in(session, file=file, by=study.anna)


def reserved(session: Session, prepared: people_files.Prepared) -> people_files.Seats:
    return people_files.with_links(people_files.reserve(session, prepared=prepared), cast.SECRET_KEY)


def test_numbers_and_links_are_made_before_anything_is_locked_and_used(session: Session, study: Study) -> None:
    prepared = people_files.prepare(session, wave=study.wave, content=a_list(3))
    seats = reserved(session, prepared)
    session.commit()
    between = study.invite(session, "governor", name="Bram")
    session.commit()
    people_files.admit(
        session, wave=study.wave, prepared=prepared, skip=False, secret_key=cast.SECRET_KEY, by=None, seats=seats
    )
    assert between.id not in seats.invitations
    made = session.scalars(select(Invitation).join(Invitee).where(Invitee.name.like("Carla%")).order_by(Invitation.id))
    assert [(one.id, one.invitee_id, one.token_hash) for one in made] == list(
        zip(seats.invitations, seats.invitees, seats.hashes, strict=True)
    )


def test_a_list_that_reads_otherwise_by_now_gets_numbers_of_its_own(session: Session, study: Study) -> None:
    prepared = people_files.prepare(session, wave=study.wave, content=a_list(3))
    seats = reserved(session, prepared)
    admitted(session, study, a_list(1))
    session.commit()
    people_files.admit(
        session, wave=study.wave, prepared=prepared, skip=True, secret_key=cast.SECRET_KEY, by=None, seats=seats
    )
    assert invited(session, study) == 3
    for invitation in session.scalars(select(Invitation).join(Invitee).where(Invitee.wave_id == study.wave.id)):
        assert invitation_queries.by_token(session, token_for(invitation, cast.SECRET_KEY)) is not None
