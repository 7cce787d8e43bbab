"""Jobs are done at least once: by one worker at a time, and by another when it dies."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.actions import jobs
from surveyapp.errors import WrongState
from surveyapp.models import Event, Job
from surveyapp.models.database import Database
from tests import cast
from tests.actions.conftest import Time


def test_a_job_exists_once_its_cause_is_committed(database: Database) -> None:
    with database.session() as cause, database.session(readonly=True) as other:
        jobs.enqueue(cause, kind="render", rendering=7)
        assert other.scalars(select(Job)).all() == []
    with database.session(readonly=True) as other:
        assert other.scalars(select(Job)).all() == []


def test_jobs_are_claimed_in_order_with_their_arguments(session: Session) -> None:
    for number in (1, 2, 3):
        jobs.enqueue(session, kind="render", rendering=number)
    claimed = jobs.claim(session, worker="a", limit=2)
    assert [(job.kind, job.arguments, job.attempts, job.state) for job in claimed] == [
        ("render", {"rendering": 1}, 1, "running"),
        ("render", {"rendering": 2}, 1, "running"),
    ]
    assert [job.arguments["rendering"] for job in jobs.claim(session, worker="b", limit=2)] == [3]
    assert jobs.claim(session, worker="b", limit=2) == []


def test_a_finished_job_is_not_claimed_again(session: Session, time: Time) -> None:
    job = jobs.enqueue(session, kind="render")
    jobs.claim(session, worker="a")
    jobs.finish(session, job_id=job.id, worker="a")
    time.passes(days=1)
    assert (job.state, jobs.claim(session, worker="b")) == ("done", [])


def test_when_a_worker_dies_another_takes_over_after_the_lease(session: Session, time: Time) -> None:
    job = jobs.enqueue(session, kind="render")
    jobs.claim(session, worker="dead")
    time.passes(minutes=4)
    assert jobs.claim(session, worker="alive") == []
    time.passes(minutes=1)
    assert jobs.claim(session, worker="alive") == [job]
    with pytest.raises(WrongState, match="lease-lost"):
        jobs.finish(session, job_id=job.id, worker="dead")
    jobs.finish(session, job_id=job.id, worker="alive")
    assert (job.state, job.attempts) == ("done", 2)


def test_a_failed_job_waits_longer_each_time_and_is_given_up_after_five_attempts(session: Session, time: Time) -> None:
    job = jobs.enqueue(session, kind="render")
    pauses = []
    for _attempt in range(jobs.MOST_ATTEMPTS):
        while not jobs.claim(session, worker="a"):
            time.passes(seconds=10)
        failed_at = time.moment
        jobs.fail(session, job_id=job.id, worker="a", problem="ValueError")
        pauses.append((job.leased_until - failed_at).total_seconds() if job.leased_until else None)
    time.passes(days=1)
    assert pauses == [10, 20, 40, 80, None]
    assert (job.state, job.problem, jobs.claim(session, worker="a")) == ("failed", "ValueError", [])


def test_a_job_is_not_taken_before_it_is_due(session: Session, time: Time) -> None:
    later = jobs.enqueue(session, kind="mail", due_at=time.moment + timedelta(minutes=2), mail=1)
    now = jobs.enqueue(session, kind="mail", mail=2)
    assert jobs.claim(session, worker="a", limit=5) == [now]
    time.passes(minutes=2)
    assert jobs.claim(session, worker="a", limit=5) == [later]


def test_a_job_that_tells_how_far_it_is_keeps_its_lease(session: Session, time: Time) -> None:
    job = jobs.enqueue(session, kind="import-people", steps=300)
    jobs.claim(session, worker="a")
    for done in (100, 200):
        time.passes(minutes=4)
        jobs.progress(session, job_id=job.id, worker="a", done=done)
        assert (job.done, jobs.claim(session, worker="b")) == (done, [])
    jobs.finish(session, job_id=job.id, worker="a")
    assert (job.done, job.finished_at) == (300, time.moment)
    with pytest.raises(WrongState, match="lease-lost"):
        jobs.progress(session, job_id=job.id, worker="a", done=1)


def test_a_job_that_goes_on_later_has_all_its_attempts_again(session: Session, time: Time) -> None:
    job = jobs.enqueue(session, kind="mailing")
    for _ in range(3 * jobs.MOST_ATTEMPTS):
        assert jobs.claim(session, worker="a") == [job]
        jobs.again(session, job_id=job.id, worker="a", due_at=time.moment + timedelta(minutes=1))
        assert jobs.claim(session, worker="a") == []
        time.passes(minutes=1)
    assert (job.state, job.attempts, job.finished_at) == ("queued", 0, None)


def test_a_failed_job_is_tried_again_by_somebody_who_is_in_the_log(session: Session, time: Time) -> None:
    study = cast.study(session)
    job = jobs.enqueue(session, kind="render", evaluation_id=study.evaluation.id)
    with pytest.raises(WrongState, match="job-not-failed"):
        jobs.retry(session, job=job, by=study.anna)
    for _ in range(jobs.MOST_ATTEMPTS):
        time.passes(hours=1)
        jobs.claim(session, worker="a")
        jobs.fail(session, job_id=job.id, worker="a", problem="ValueError")
    assert (job.state, job.finished_at) == ("failed", time.moment)
    jobs.retry(session, job=job, by=study.anna)
    assert jobs.claim(session, worker="a") == [job]
    event = session.scalars(select(Event).where(Event.verb == "job.retry")).one()
    assert (event.subject, event.actor_id, event.evaluation_id) == (f"job:{job.id}", study.anna.id, study.evaluation.id)


def test_a_job_that_kills_every_worker_is_given_up(session: Session, time: Time) -> None:
    job = jobs.enqueue(session, kind="render")
    for attempt in range(jobs.MOST_ATTEMPTS):
        assert jobs.claim(session, worker=str(attempt)) == [job]
        time.passes(minutes=5)
    assert jobs.claim(session, worker="last") == []
    assert (job.state, job.problem) == ("failed", "the worker died each time")


def test_nobody_ends_a_job_that_they_do_not_hold(session: Session) -> None:
    job = jobs.enqueue(session, kind="render")
    with pytest.raises(WrongState, match="lease-lost"):
        jobs.finish(session, job_id=job.id, worker="a")
    with pytest.raises(WrongState, match="lease-lost"):
        jobs.fail(session, job_id=job.id + 1, worker="a", problem="?")


def test_workers_that_claim_at_once_never_get_the_same_job(database: Database) -> None:
    with database.session() as session:
        for number in range(60):
            jobs.enqueue(session, kind="render", rendering=number)
        session.commit()
    done: list[int] = []

    def work(name: str) -> None:
        while True:
            with database.session() as own:
                claimed = [job.id for job in jobs.claim(own, worker=name, limit=2)]
                own.commit()
            if not claimed:
                return
            with database.session() as own:
                for job_id in claimed:
                    jobs.finish(own, job_id=job_id, worker=name)
                    done.append(job_id)
                own.commit()

    workers = [threading.Thread(target=work, args=(name,)) for name in "abcd"]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    with database.session(readonly=True) as session:
        assert sorted(done) == sorted(session.scalars(select(Job.id).where(Job.state == "done"))) != []
        assert set(session.scalars(select(Job.attempts))) == {1}
