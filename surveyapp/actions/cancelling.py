"""Calling off work that nobody waits for any longer: nothing of it is kept, and it can be asked for again."""

from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.actions import log, reports
from surveyapp.errors import WrongState
from surveyapp.models import Evaluation, Job, Rendering, User

CANCELLABLE: Final = frozenset({"render", "letters", reports.JOB})
"""Kinds of work that only make figures or documents, or ask for them: stopped in the middle, nothing is half done."""


def cancel(session: Session, *, job: Job, by: User | None) -> None:
    """Call off a job that waits or runs; whoever works on it hears so when it wants to store what it made.

    Raises ``WrongState``: ``job-not-cancellable`` for a kind that must not stop half way, ``job-has-ended``.
    """
    session.refresh(job, with_for_update=True)
    if job.kind not in CANCELLABLE:
        raise WrongState("job-not-cancellable", job=job.id)
    if job.state not in {"queued", "running"}:
        raise WrongState("job-has-ended", job=job.id)
    _call_off(session, [job])
    log.record(session, verb="job.cancel", subject=job, by=by, evaluation=_study(session, job), kind=job.kind, jobs=1)


def cancel_waiting(session: Session, *, evaluation: Evaluation, kind: str, by: User | None) -> int:
    """Call off every job of this kind that waits in a study; how many there were.

    Raises ``WrongState`` (``job-not-cancellable``).
    """
    if kind not in CANCELLABLE:
        raise WrongState("job-not-cancellable", job=0)
    waiting = select(Job).where(Job.evaluation_id == evaluation.id, Job.kind == kind, Job.state == "queued")
    found = list(session.scalars(waiting.order_by(Job.id).with_for_update()))
    if found:
        _call_off(session, found)
        log.record(
            session, verb="job.cancel", subject=evaluation, by=by, evaluation=evaluation, kind=kind, jobs=len(found)
        )
    return len(found)


def _call_off(session: Session, jobs: list[Job]) -> None:
    moment = clock.now()
    for job in jobs:
        job.state, job.leased_until, job.finished_at = "cancelled", None, moment
    unmade = [job.arguments["rendering"] for job in jobs if "rendering" in job.arguments]
    session.execute(delete(Rendering).where(Rendering.id.in_(unmade), Rendering.content.is_(None)))
    session.flush()


def _study(session: Session, job: Job) -> Evaluation | None:
    return session.get(Evaluation, job.evaluation_id) if job.evaluation_id is not None else None
