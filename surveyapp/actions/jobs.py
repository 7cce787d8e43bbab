"""Verbs on jobs: asking for work, taking it on lease, telling how far it is, finishing or failing it, trying it again.

A job runs at least once: when its worker dies the lease ends and another takes it. A worker claims and commits, holds
the lease while it works, reads, computes outside any transaction, and then stores the outcome and finishes the job in
one short transaction.
"""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.actions import log
from surveyapp.errors import WrongState
from surveyapp.models import Evaluation, Job, User

LEASE: Final = timedelta(minutes=5)
MOST_ATTEMPTS: Final = 5
FIRST_PAUSE: Final = timedelta(seconds=10)


def enqueue(
    session: Session,
    *,
    kind: str,
    evaluation_id: int | None = None,
    due_at: datetime | None = None,
    steps: int | None = None,
    **arguments: int | str,
) -> Job:
    """Ask for work, in the transaction of its cause: no commit, no job. Arguments are ids, never personal data.

    ``evaluation_id`` is the study it works for; not before ``due_at`` if there is one; ``steps`` is how many steps it
    takes, where that is known.
    """
    job = Job(
        kind=kind,
        arguments=arguments,
        state="queued",
        attempts=0,
        evaluation_id=evaluation_id,
        created_at=clock.now(),
        steps=steps,
        leased_until=due_at,
    )
    session.add(job)
    session.flush()
    return job


def claim(session: Session, *, worker: str, limit: int = 1) -> list[Job]:
    """Take the oldest jobs that are due, or whose worker died; two workers never get the same one. Commit at once.

    A job whose workers died time after time is given up here. ``worker`` names one worker, and no other after it.
    """
    moment = clock.now()
    due = or_(
        and_(Job.state == "queued", or_(Job.leased_until.is_(None), Job.leased_until <= moment)),
        and_(Job.state == "running", Job.leased_until <= moment),
    )
    waiting = select(Job).where(due).order_by(Job.id).limit(limit).with_for_update(skip_locked=True)
    claimed = []
    for job in session.scalars(waiting.execution_options(populate_existing=True)):
        if job.attempts >= MOST_ATTEMPTS:
            job.state, job.leased_until, job.problem = "failed", None, "the worker died each time"
            job.finished_at = moment
            continue
        job.state, job.worker, job.leased_until = "running", worker, moment + LEASE
        job.attempts += 1
        claimed.append(job)
    session.flush()
    return claimed


def progress(session: Session, *, job_id: int, worker: str, done: int, steps: int | None = None) -> None:
    """Tell that ``done`` of its ``steps`` were taken, and hold it longer: who works gets a new lease. Commit at once.

    Raises ``WrongState`` (``lease-lost``) when another worker has taken the job over: stop then.
    """
    hold(session, job_id=job_id, worker=worker)
    job = session.get_one(Job, job_id)
    job.done = done
    job.steps = job.steps if steps is None else steps
    session.flush()


def hold(session: Session, *, job_id: int, worker: str) -> None:
    """Give who works a new lease, for as long as it takes: whoever is alive keeps its job. Commit at once.

    Raises ``WrongState`` (``lease-lost``) when another worker has taken the job over, or it ended.
    """
    _leased(session, job_id, worker).leased_until = clock.now() + LEASE
    session.flush()


def finish(session: Session, *, job_id: int, worker: str) -> None:
    """The work is done; raises ``WrongState`` (``lease-lost``) when another worker has taken the job over."""
    job = _leased(session, job_id, worker)
    job.state, job.leased_until, job.problem = "done", None, None
    job.finished_at = clock.now()
    job.done = job.done if job.steps is None else job.steps
    session.flush()


def again(session: Session, *, job_id: int, worker: str, due_at: datetime) -> None:
    """The work is done for now and goes on at ``due_at``: that is no failure and counts as no attempt."""
    job = _leased(session, job_id, worker)
    job.state, job.leased_until, job.problem, job.attempts = "queued", due_at, None, 0
    session.flush()


def fail(session: Session, *, job_id: int, worker: str, problem: str) -> None:
    """The work did not succeed: try again after a pause that doubles, five times in all.

    ``problem`` says what happened without personal data, such as the type of an exception.
    """
    job = _leased(session, job_id, worker)
    job.problem = problem[:1_000]
    if job.attempts >= MOST_ATTEMPTS:
        job.state, job.leased_until = "failed", None
        job.finished_at = clock.now()
    else:
        job.state = "queued"
        job.leased_until = clock.now() + FIRST_PAUSE * 2 ** (job.attempts - 1)
    session.flush()


def retry(session: Session, *, job: Job, by: User | None) -> None:
    """Try a failed job again at once, as if for the first time; raises ``WrongState`` (``job-not-failed``)."""
    session.refresh(job, with_for_update=True)
    if job.state != "failed":
        raise WrongState("job-not-failed", job=job.id)
    job.state, job.attempts, job.leased_until, job.finished_at = "queued", 0, None, None
    of = session.get(Evaluation, job.evaluation_id) if job.evaluation_id is not None else None
    log.record(session, verb="job.retry", subject=job, by=by, evaluation=of, kind=job.kind)


def _leased(session: Session, job_id: int, worker: str) -> Job:
    job = session.get(Job, job_id, with_for_update=True, populate_existing=True)
    if job is None or job.state != "running" or job.worker != worker:
        raise WrongState("lease-lost", job=job_id)
    return job
