"""Who works tells so from time to time, so that only a worker that died loses its job."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from sqlalchemy.exc import SQLAlchemyError

from surveyapp.actions import jobs
from surveyapp.errors import WrongState
from surveyapp.models.database import Database

log = logging.getLogger(__name__)

EVERY: Final = jobs.LEASE.total_seconds() / 10
"""Seconds from one beat to the next: a busy database may swallow many before the lease ends."""


@contextmanager
def heartbeat(database: Database, *, job_id: int, worker: str) -> Iterator[None]:
    """Hold the lease of this job for as long as the block takes, from a thread beside it.

    Each beat is one short transaction. Where the database does not answer the next beat tries again; where another
    worker has the job by now, the heart stops and the job hears so at its next step.
    """
    end = threading.Event()
    beating = threading.Thread(target=_beat, args=(database, job_id, worker, end), daemon=True, name=f"job-{job_id}")
    beating.start()
    try:
        yield
    finally:
        end.set()
        beating.join()


def _beat(database: Database, job_id: int, worker: str, end: threading.Event) -> None:
    while not end.wait(EVERY):
        try:
            with database.session() as session:
                jobs.hold(session, job_id=job_id, worker=worker)
                session.commit()
        except WrongState:
            return
        except SQLAlchemyError as away:
            log.warning("job %s could not be held (%s): trying again", job_id, type(away).__name__)
