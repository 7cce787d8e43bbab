"""Verbs on jobs: asking for work, taking it on lease, finishing or failing it.

A job runs at least once: when its worker dies the lease ends and another takes it. A worker claims and commits, reads,
computes outside any transaction, and then stores the outcome and finishes the job in one short transaction.
"""

from datetime import timedelta
from typing import Final

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.errors import WrongState
from surveyapp.models import Job

LEASE: Final = timedelta(minutes=5)
MOST_ATTEMPTS: Final = 5
FIRST_PAUSE: Final = timedelta(seconds=10)


def enqueue(session: Session, *, kind: str, **arguments: int | str) -> Job:
    """Ask for work, in the transaction of its cause: no commit, no job. Arguments are ids, never personal data."""
    job = Job(kind=kind, arguments=arguments, state="queued", attempts=0, created_at=clock.now())
    session.add(job)
    session.flush()
    return job


def claim(session: Session, *, worker: str, limit: int = 1) -> list[Job]:
    """Take the oldest jobs that wait, or whose worker died; two workers never get the same one. Commit at once.

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
            continue
        job.state, job.worker, job.leased_until = "running", worker, moment + LEASE
        job.attempts += 1
        claimed.append(job)
    session.flush()
    return claimed


def finish(session: Session, *, job_id: int, worker: str) -> None:
    """The work is done; raises ``WrongState`` (``lease-lost``) when another worker has taken the job over."""
    job = _leased(session, job_id, worker)
    job.state, job.leased_until, job.problem = "done", None, None
    session.flush()


def fail(session: Session, *, job_id: int, worker: str, problem: str) -> None:
    """The work did not succeed: try again after a pause that doubles, five times in all.

    ``problem`` says what happened without personal data, such as the type of an exception.
    """
    job = _leased(session, job_id, worker)
    job.problem = problem[:1_000]
    if job.attempts >= MOST_ATTEMPTS:
        job.state, job.leased_until = "failed", None
    else:
        job.state = "queued"
        job.leased_until = clock.now() + FIRST_PAUSE * 2 ** (job.attempts - 1)
    session.flush()


def _leased(session: Session, job_id: int, worker: str) -> Job:
    job = session.get(Job, job_id, with_for_update=True, populate_existing=True)
    if job is None or job.state != "running" or job.worker != worker:
        raise WrongState("lease-lost", job=job_id)
    return job
