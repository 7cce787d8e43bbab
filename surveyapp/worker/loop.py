"""Lease a job, do it, say how it went; again until told to stop."""

import logging
import threading

from sqlalchemy.exc import OperationalError

from surveyapp.actions import jobs, renderings, waves
from surveyapp.errors import SurveyError
from surveyapp.models.database import Database
from surveyapp.worker.work import WORK

log = logging.getLogger(__name__)


def run(database: Database, *, name: str, stop: threading.Event, pause: float = 0.3, patience: float = 5.0) -> None:
    """Work until ``stop`` is set; ``pause`` seconds between looks when there is nothing to do.

    A database that is busy or away for a while does not end the worker: it looks again after ``patience`` seconds.
    """
    while not stop.is_set():
        try:
            worked = work_once(database, name=name)
        except OperationalError as away:
            log.warning("the database does not answer (%s): looking again", type(away.orig).__name__)
            stop.wait(patience)
            continue
        if not worked:
            stop.wait(pause)


def work_once(database: Database, *, name: str) -> bool:
    """Do one job, if there is one; True when there was. A job that fails is tried again later by whoever is free.

    Every round begins with throwing away what may not be kept any longer: documents that expired, and drafts of
    anonymous waves that ended by their date.
    """
    with database.session() as session:
        renderings.discard_expired(session)
        waves.settle_ended(session)
        leased = [(job.id, job.kind, dict(job.arguments)) for job in jobs.claim(session, worker=name, limit=1)]
        session.commit()
    for job_id, kind, arguments in leased:
        problem = _attempt(database, kind, arguments)
        with database.session() as session:
            if problem is None:
                jobs.finish(session, job_id=job_id, worker=name)
            else:
                log.warning("job %s (%s) failed: %s", job_id, kind, problem)
                jobs.fail(session, job_id=job_id, worker=name, problem=problem)
            session.commit()
    return bool(leased)


def _attempt(database: Database, kind: str, arguments: dict[str, int | str]) -> str | None:
    try:
        WORK[kind](database, **arguments)
    except SurveyError as refused:
        return refused.code
    except Exception as failure:  # one bad job must not end the worker
        log.debug("job failed", exc_info=True)
        return type(failure).__name__
    return None
