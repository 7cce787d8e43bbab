"""A job is held for as long as its worker lives, however long it takes; and no longer."""

import threading
from collections.abc import Callable
from datetime import datetime

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from surveyapp.actions import jobs
from surveyapp.models import Job
from surveyapp.models.database import Database
from surveyapp.worker import heartbeat, loop
from surveyapp.worker.context import Context
from tests.actions.conftest import Time
from tests.working import settings

PATIENCE = 20.0


@pytest.fixture(autouse=True)
def _beats_fast(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heartbeat, "EVERY", 0.01)


def ask(database: Database) -> int:
    with database.session() as session:
        job = jobs.enqueue(session, kind="long")
        session.commit()
        return job.id


def claim(database: Database, worker: str) -> list[int]:
    with database.session() as session:
        claimed = [job.id for job in jobs.claim(session, worker=worker)]
        session.commit()
        return claimed


def look(database: Database, job_id: int) -> Job:
    with database.session(readonly=True) as session:
        return session.scalars(select(Job).where(Job.id == job_id)).one()


def comes(true: Callable[[], bool]) -> bool:
    pause = threading.Event()
    for _ in range(int(PATIENCE / 0.01)):
        if true():
            return True
        pause.wait(0.01)
    return False


def comes_to_be_held_until(database: Database, job_id: int, moment: datetime) -> bool:
    return comes(lambda: look(database, job_id).leased_until == moment)


def test_a_job_that_takes_longer_than_its_lease_is_taken_over_by_nobody(
    database: Database, time: Time, monkeypatch: pytest.MonkeyPatch
) -> None:
    others = []

    def work(context: Context) -> None:
        for _ in range(3):
            time.passes(minutes=4)
            assert comes_to_be_held_until(context.database, context.job_id, time.moment + jobs.LEASE)
            others.append(claim(context.database, "another"))

    monkeypatch.setattr(loop, "WORK", {"long": work})
    asked = ask(database)
    assert loop.work_once(database, settings(database), name="w")
    assert others == [[], [], []]
    assert (look(database, asked).state, look(database, asked).attempts) == ("done", 1)


def test_the_heart_stops_with_the_work(database: Database, time: Time) -> None:
    asked = ask(database)
    assert claim(database, "w") == [asked]
    with heartbeat.heartbeat(database, job_id=asked, worker="w"):
        assert f"job-{asked}" in {thread.name for thread in threading.enumerate()}
    assert f"job-{asked}" not in {thread.name for thread in threading.enumerate()}
    time.passes(minutes=6)
    assert claim(database, "another") == [asked]


def test_the_heart_stops_where_another_has_the_job_and_leaves_its_lease(database: Database, time: Time) -> None:
    asked = ask(database)
    claim(database, "slept")
    time.passes(minutes=6)
    assert claim(database, "another") == [asked]
    until = look(database, asked).leased_until
    time.passes(minutes=1)
    with heartbeat.heartbeat(database, job_id=asked, worker="slept"):
        assert comes(lambda: f"job-{asked}" not in {thread.name for thread in threading.enumerate()})
    assert look(database, asked).leased_until == until


def test_a_database_that_does_not_answer_for_a_beat_hears_the_next(
    database: Database, time: Time, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = ask(database)
    claim(database, "w")
    holding = jobs.hold
    away = iter([OperationalError("BEGIN IMMEDIATE", None, Exception("database is locked"))] * 3)

    def at_last(session: Session, *, job_id: int, worker: str) -> None:
        if (problem := next(away, None)) is not None:
            raise problem
        holding(session, job_id=job_id, worker=worker)

    monkeypatch.setattr(jobs, "hold", at_last)
    time.passes(minutes=4)
    with heartbeat.heartbeat(database, job_id=asked, worker="w"):
        assert comes_to_be_held_until(database, asked, time.moment + jobs.LEASE)
