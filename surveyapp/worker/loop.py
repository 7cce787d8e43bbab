"""Lease a job, do it, say how it went; again until told to stop."""

import logging
import threading
from contextlib import closing, nullcontext
from datetime import datetime

from sqlalchemy.exc import OperationalError

from surveyapp.actions import jobs, people_files, renderings, retention, waves
from surveyapp.config import Settings
from surveyapp.errors import SurveyError, WrongState
from surveyapp.mail.post_office import PostOffice
from surveyapp.models.database import Database
from surveyapp.worker.context import Context
from surveyapp.worker.heartbeat import heartbeat
from surveyapp.worker.work import WORK

log = logging.getLogger(__name__)


def run(
    database: Database,
    settings: Settings,
    *,
    name: str,
    stop: threading.Event,
    pause: float = 0.3,
    patience: float = 5.0,
) -> None:
    """Work until ``stop`` is set; ``pause`` seconds between looks when there is nothing to do.

    A database that is busy or away for a while does not end the worker: it looks again after ``patience`` seconds.
    """
    with closing(PostOffice(settings.smtp)) as post_office:
        while not stop.is_set():
            try:
                worked = work_once(database, settings, name=name, post_office=post_office)
            except OperationalError as away:
                log.warning("the database does not answer (%s): looking again", type(away.orig).__name__)
                stop.wait(patience)
                continue
            if not worked:
                post_office.rest()
                stop.wait(pause)


def work_once(database: Database, settings: Settings, *, name: str, post_office: PostOffice | None = None) -> bool:
    """Do one job, if there is one; True when there was. A job that fails is tried again later by whoever is free.

    Every round begins with throwing away what may not be kept any longer: documents and lists of people that expired,
    and drafts of anonymous waves that ended by their date.
    """
    with database.session() as session:
        renderings.discard_expired(session)
        people_files.discard_expired(session)
        waves.settle_ended(session)
        retention.ask_daily(session)
        leased = [(job.id, job.kind, dict(job.arguments)) for job in jobs.claim(session, worker=name, limit=1)]
        session.commit()
    with nullcontext(post_office) if post_office is not None else closing(PostOffice(settings.smtp)) as office:
        for job_id, kind, arguments in leased:
            with heartbeat(database, job_id=job_id, worker=name):
                outcome = _attempt(Context(database, settings, job_id, name, office), kind, arguments)
            try:
                _tell(database, job_id, name, outcome)
            except WrongState as lost:
                log.warning("job %s (%s) is another worker's by now: %s", job_id, kind, lost.code)
    return bool(leased)


def _attempt(context: Context, kind: str, arguments: dict[str, int | str]) -> str | datetime | None:
    """None when it is done; when it goes on, if it does; the problem, if it failed."""
    try:
        return WORK[kind](context, **arguments)
    except SurveyError as refused:
        problem = refused.code
    except Exception as failure:  # one bad job must not end the worker
        log.debug("job failed", exc_info=True)
        problem = type(failure).__name__
    log.warning("job %s (%s) failed: %s", context.job_id, kind, problem)
    return problem


def _tell(database: Database, job_id: int, name: str, outcome: str | datetime | None) -> None:
    with database.session() as session:
        if outcome is None:
            jobs.finish(session, job_id=job_id, worker=name)
        elif isinstance(outcome, datetime):
            jobs.again(session, job_id=job_id, worker=name, due_at=outcome)
        else:
            jobs.fail(session, job_id=job_id, worker=name, problem=outcome)
        session.commit()
