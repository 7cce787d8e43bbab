"""Work that is still to be done."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.models import Job


def pending(session: Session, kind: str, **arguments: int | str) -> bool:
    """Whether a job of this kind with at least these arguments waits or runs."""
    waiting = session.scalars(select(Job.arguments).where(Job.kind == kind, Job.state.in_(("queued", "running"))))
    return any(arguments.items() <= found.items() for found in waiting)
