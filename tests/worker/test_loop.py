"""A worker does what jobs ask, and one bad job does not end it."""

import threading
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from surveyapp import clock
from surveyapp.actions import jobs, renderings
from surveyapp.config import Settings
from surveyapp.errors import Unavailable
from surveyapp.mail.post_office import PostOffice
from surveyapp.models import Event, Job, Rendering, Response
from surveyapp.models.database import Database
from surveyapp.worker import loop
from surveyapp.worker.context import Context
from tests import cast
from tests.working import settings


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """What was worked on; all kinds of work but those of this test are gone."""
    noted: list[int] = []

    def note(context: Context, *, number: int) -> None:
        assert context.settings.secret_key == cast.SECRET_KEY
        noted.append(number)

    def go_on(context: Context, *, until: int) -> datetime | None:
        with context.database.session(readonly=True) as session:
            so_far = session.get_one(Job, context.job_id).done
        context.progress(so_far + 1, steps=until)
        return clock.now() if so_far + 1 < until else None

    def lose(context: Context) -> None:
        with context.database.session() as session:
            session.get_one(Job, context.job_id).worker = "another"
            session.commit()

    def refuse(_context: Context) -> None:
        raise Unavailable("printer-on-fire")

    def fail(_context: Context) -> None:
        raise ZeroDivisionError("answers: 42 and a name")

    monkeypatch.setattr(loop, "WORK", {"note": note, "go-on": go_on, "lose": lose, "refuse": refuse, "break": fail})
    return noted


def ask(database: Database, kind: str, **arguments: int) -> int:
    with database.session() as session:
        job = jobs.enqueue(session, kind=kind, due_at=None, steps=None, evaluation_id=None, **arguments)
        session.commit()
        return job.id


def once(database: Database) -> bool:
    return loop.work_once(database, settings(database), name="w")


def look(database: Database, job_id: int) -> Job:
    with database.session(readonly=True) as session:
        return session.execute(select(Job).where(Job.id == job_id)).scalar_one()


def test_jobs_are_done_in_order_and_once(database: Database, done: list[int]) -> None:
    asked = [ask(database, "note", number=number) for number in (1, 2, 3)]
    while once(database):
        pass
    assert done == [1, 2, 3]
    assert {look(database, job).state for job in asked} == {"done"}


@pytest.mark.parametrize(("kind", "problem"), [("refuse", "printer-on-fire"), ("break", "ZeroDivisionError")])
def test_a_job_that_fails_waits_for_another_try_and_tells_why_without_telling_answers(
    database: Database, done: list[int], kind: str, problem: str
) -> None:
    failing = look(database, ask(database, kind)).id
    following = ask(database, "note", number=7)
    assert once(database)
    assert once(database)
    assert look(database, failing).state == "queued"
    assert look(database, failing).problem == problem
    assert look(database, following).state == "done"
    assert done == [7]


def test_a_job_may_go_on_later_and_tells_how_far_it_is(database: Database, done: list[int]) -> None:
    asked = ask(database, "go-on", until=3)
    assert once(database)
    assert (look(database, asked).state, look(database, asked).done, look(database, asked).steps) == ("queued", 1, 3)
    assert [once(database), once(database), once(database)] == [True, True, False]
    ended = look(database, asked)
    assert (ended.state, ended.done, ended.attempts) == ("done", 3, 1)
    assert done == []


def test_a_worker_whose_job_was_taken_over_leaves_it_and_goes_on(database: Database, done: list[int]) -> None:
    lost = ask(database, "lose")
    ask(database, "note", number=8)
    assert [once(database), once(database)] == [True, True]
    assert (look(database, lost).state, look(database, lost).worker) == ("running", "another")
    assert done == [8]


def test_a_worker_stops_when_told(database: Database, done: list[int]) -> None:
    stop = threading.Event()
    worker = threading.Thread(
        target=loop.run, args=(database, settings(database)), kwargs={"name": "w", "stop": stop, "pause": 0.01}
    )
    worker.start()
    asked = ask(database, "note", number=5)
    for _ in range(500):
        if look(database, asked).state == "done":
            break
        stop.wait(0.01)
    stop.set()
    worker.join(timeout=10)
    assert not worker.is_alive()
    assert done == [5]


def test_a_database_that_is_away_for_a_moment_does_not_end_the_worker(
    database: Database, done: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(database, "note", number=3)
    stop = threading.Event()
    answers = iter([OperationalError("BEGIN", None, Exception("the database is locked")), None])
    working = loop.work_once

    def at_last(found: Database, known: Settings, *, name: str, post_office: PostOffice) -> bool:
        refused = next(answers)
        if refused is not None:
            raise refused
        stop.set()
        return working(found, known, name=name, post_office=post_office)

    monkeypatch.setattr(loop, "work_once", at_last)
    loop.run(database, settings(database), name="w", stop=stop, pause=0.01, patience=0.01)
    assert done == [3]


def test_every_round_throws_away_what_expired_also_when_there_is_nothing_to_do(
    database: Database, done: list[int]
) -> None:
    with database.session() as session:
        study = cast.study(session)
        for number, until in enumerate((clock.now() - timedelta(seconds=1), clock.now() + timedelta(hours=1))):
            row = renderings.request(
                session,
                evaluation=study.evaluation,
                audience="respondent",
                membership_id=None,
                kind="own-copy",
                specification={"answers": "Van Bram."},
                digest=str(number) * 64,
                response_id=study.respond(session, "governor", t1_1="4").id,
                expires_at=until,
            )
            jobs.claim(session, worker="another")
        kept, acts = row.id, len(session.scalars(select(Event)).all())
        session.commit()
    assert not once(database)
    with database.session(readonly=True) as session:
        assert session.scalars(select(Rendering.id)).all() == [kept]
        assert len(session.scalars(select(Event)).all()) == acts
    assert done == []


def test_every_round_throws_away_the_drafts_of_anonymous_waves_that_ended_by_their_date(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    with database.session() as session:
        study = cast.study(session, regime="anonymous")
        for _ in range(5):
            study.invite(session, "official")
        study.begin(session, "official", t1_1="2")
        session.commit()
    assert not once(database)
    tomorrow = clock.now() + timedelta(days=2)
    monkeypatch.setattr(clock, "now", lambda: tomorrow)
    assert once(database)
    with database.session(readonly=True) as session:
        assert session.scalars(select(Response.id).where(Response.wave_id == study.wave.id)).all() == []
        assert session.scalars(select(Job.state)).all() == ["done"]
    assert not once(database)
