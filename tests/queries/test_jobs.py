"""What waits, runs, failed and was done."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.actions import jobs as verbs
from surveyapp.models import Job
from surveyapp.queries import jobs
from tests import cast
from tests.cast import Study

MINUTE = timedelta(minutes=1)


@pytest.fixture
def study(session: Session) -> Study:
    return cast.study(session)


def job(session: Session, kind: str, state: str = "queued", *, of: Study | None = None, **values: object) -> Job:
    """A job as it stands after some time."""
    made = verbs.enqueue(session, kind=kind, evaluation_id=of.evaluation.id if of is not None else None)
    made.state = state
    for name, value in values.items():
        setattr(made, name, value)
    session.flush()
    return made


def test_a_job_is_pending_while_it_waits_or_runs(session: Session, study: Study) -> None:
    verbs.enqueue(session, kind="publish", wave=study.wave.id, by=study.anna.id)
    assert jobs.pending(session, "publish", wave=study.wave.id)
    assert not jobs.pending(session, "publish", wave=study.wave.id + 1)
    assert not jobs.pending(session, "render")


def test_what_waits_is_told_per_kind_with_when_the_first_is_due(session: Session, study: Study) -> None:
    moment = clock.now()
    for minutes in (9, 5, 7):
        job(session, "mail", of=study, leased_until=moment + minutes * MINUTE)
    job(session, "render", of=study, created_at=moment - MINUTE)
    found = jobs.minded(session, evaluation_id=study.evaluation.id)
    of = study.evaluation.id
    assert list(found.waiting) == [
        jobs.Group("render", of, 1, moment - MINUTE),
        jobs.Group("mail", of, 3, moment + 5 * MINUTE),
    ]
    assert (found.running, found.again, found.failed, found.done) == ([], [], [], [])


def test_what_failed_before_and_waits_is_told_one_by_one(session: Session, study: Study) -> None:
    moment = clock.now()
    later = job(session, "mail", of=study, problem="database-busy", leased_until=moment + 5 * MINUTE, attempts=3)
    sooner = job(session, "mail", of=study, problem="OSError", leased_until=moment + MINUTE, attempts=1)
    found = jobs.minded(session, evaluation_id=study.evaluation.id)
    assert list(found.again) == [sooner, later]
    assert list(found.waiting) == []


def test_what_failed_is_told_the_latest_first_and_counted(
    session: Session, study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "MOST_SHOWN", 2)
    moment = clock.now()
    old, older, new = (
        job(session, "mail", "failed", of=study, finished_at=moment - days * timedelta(days=1)) for days in (5, 9, 1)
    )
    found = jobs.minded(session, evaluation_id=study.evaluation.id)
    assert list(found.failed) == [new, old]
    assert found.failures == 3
    assert older not in found.failed


def test_what_was_done_stays_a_day(session: Session, study: Study) -> None:
    moment = clock.now()
    for minutes in (3, 1, 2):
        job(session, "render", "done", of=study, finished_at=moment - minutes * MINUTE)
    job(session, "publish", "done", of=study, finished_at=moment - 60 * MINUTE)
    job(session, "publish", "done", of=study, finished_at=moment - 25 * 60 * MINUTE)
    found = jobs.minded(session, evaluation_id=study.evaluation.id)
    of = study.evaluation.id
    assert list(found.done) == [
        jobs.Group("render", of, 3, moment - MINUTE),
        jobs.Group("publish", of, 1, moment - 60 * MINUTE),
    ]


def test_a_study_sees_its_own_jobs_and_the_installation_sees_all_with_their_studies(
    session: Session, study: Study
) -> None:
    mine = job(session, "publish", "running", of=study)
    installations = job(session, "erase-traces", "failed", finished_at=clock.now())
    own = jobs.minded(session, evaluation_id=study.evaluation.id)
    assert ([*own.running], [*own.failed]) == ([mine], [])
    every = jobs.minded(session, evaluation_id=None)
    assert ([*every.running], [*every.failed]) == ([mine], [installations])
    assert jobs.titles(session, every) == {study.evaluation.id: study.evaluation}
    assert jobs.by_id(session, installations.id, evaluation_id=study.evaluation.id) is None
    assert jobs.by_id(session, installations.id, evaluation_id=None) is installations
    assert jobs.by_id(session, mine.id, evaluation_id=study.evaluation.id) is mine
    assert jobs.by_id(session, 999_999, evaluation_id=None) is None


def test_nothing_at_all_is_empty(session: Session, study: Study) -> None:
    found = jobs.minded(session, evaluation_id=study.evaluation.id)
    assert found.is_empty
    assert not found.is_left(clock.now())
    job(session, "render", of=study)
    assert not jobs.minded(session, evaluation_id=study.evaluation.id).is_empty


def test_work_that_is_due_for_minutes_while_nobody_works_has_been_left(session: Session, study: Study) -> None:
    moment = clock.now()
    job(session, "mail", of=study, leased_until=moment + MINUTE)
    waiting = job(session, "render", of=study, created_at=moment - 3 * MINUTE)
    assert jobs.minded(session, evaluation_id=None).is_left(moment)
    assert not jobs.minded(session, evaluation_id=None).is_left(moment - 2 * MINUTE)
    waiting.state = "running"
    session.flush()
    assert not jobs.minded(session, evaluation_id=None).is_left(moment)
