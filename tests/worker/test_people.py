"""A worker lets a whole list in, whatever happens to it on the way."""

import pytest
from sqlalchemy import func, select

from surveyapp import clock
from surveyapp.actions import jobs, log, people_files
from surveyapp.models import Invitation, Invitee, Job, PeopleFile
from surveyapp.models.database import Database
from surveyapp.queries import people_files as queries
from surveyapp.worker import loop
from tests import cast
from tests.actions.conftest import Time
from tests.actions.test_people_files import a_list
from tests.working import settings


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Time:
    stopped = Time()
    monkeypatch.setattr(clock, "now", stopped.now)
    return stopped


def asked(database: Database, content: bytes, *, skip: bool = False) -> tuple[int, int]:
    """A list in Anna's study that is to be let in: its id and that of the job."""
    with database.session() as session:
        study = cast.study(session)
        file = people_files.keep(session, wave=study.wave, name="lijst.csv", content=content, by=study.anna)
        job = people_files.let_in(session, file=file, skip=skip, by=study.anna)
        session.commit()
        return file.id, job.id


def work(database: Database, name: str = "w") -> bool:
    return loop.work_once(database, settings(database), name=name)


def invited(database: Database) -> int:
    with database.session(readonly=True) as session:
        officials = select(func.count()).select_from(Invitation).join(Invitee).where(Invitee.name.like("Carla %"))
        return session.scalar(officials) or 0


def job(database: Database, number: int) -> Job:
    with database.session(readonly=True) as session:
        return session.get_one(Job, number)


def test_everybody_is_let_in_and_the_list_is_gone(database: Database) -> None:
    file, number = asked(database, a_list(40))
    assert work(database)
    assert invited(database) == 40
    assert (job(database, number).state, job(database, number).done) == ("done", 2)
    with database.session(readonly=True) as session:
        assert session.get(PeopleFile, file) is None
        assert queries.let_in_by(session, file) == 40


def test_a_worker_that_dies_before_the_end_has_let_nobody_in(
    database: Database, monkeypatch: pytest.MonkeyPatch, time: Time
) -> None:
    asked(database, a_list(40))
    with monkeypatch.context() as dying:
        dying.setattr(log, "record", _die)
        with pytest.raises(KeyboardInterrupt):
            work(database)
    assert invited(database) == 0
    time.passes(minutes=6)
    assert work(database, "another")
    assert invited(database) == 40


def test_a_worker_that_dies_after_the_end_lets_nobody_in_twice(
    database: Database, monkeypatch: pytest.MonkeyPatch, time: Time
) -> None:
    _file, number = asked(database, a_list(40))
    with monkeypatch.context() as dying:
        dying.setattr(jobs, "finish", _die)
        with pytest.raises(KeyboardInterrupt):
            work(database)
    assert invited(database) == 40
    time.passes(minutes=6)
    assert work(database, "another")
    assert invited(database) == 40
    assert job(database, number).state == "done"


def test_a_list_with_a_fault_lets_nobody_in_and_can_be_looked_at_again(database: Database) -> None:
    file, number = asked(database, a_list(3) + b"Dirk;dirk;Borne;Ambtenaar;\n")
    assert work(database)
    assert invited(database) == 0
    assert job(database, number).state == "done"
    with database.session(readonly=True) as session:
        assert session.get_one(PeopleFile, file).job_id is None
        assert queries.let_in_by(session, file) is None


def test_a_list_that_expired_before_a_worker_came_fails(database: Database, time: Time) -> None:
    _file, number = asked(database, a_list(3))
    time.passes(hours=2)
    assert work(database)
    assert job(database, number).problem == "people-file"
    assert invited(database) == 0


def _die(*_arguments: object, **_keywords: object) -> None:
    """As a worker ends that is told to: nothing catches this."""
    raise KeyboardInterrupt
