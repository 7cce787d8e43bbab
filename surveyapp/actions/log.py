"""The audit log: every act of a user or of the installation, written in the transaction of the act."""

from sqlalchemy import inspect
from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.models import Base, Evaluation, Event, User


def record(
    session: Session,
    *,
    verb: str,
    subject: Base,
    by: User | None,
    evaluation: Evaluation | None = None,
    **details: int | str,
) -> Event:
    """Write down who did what to what. ``details`` are numbers and codes: never a name, an address or an answer.

    Flushes first, so that a subject made a moment ago has its id.
    """
    session.flush()
    identity = "/".join(str(part) for part in inspect(subject, raiseerr=True).identity or ())
    event = Event(
        at=clock.now(),
        actor_id=by.id if by is not None else None,
        evaluation_id=evaluation.id if evaluation is not None else None,
        verb=verb,
        subject=f"{subject.__tablename__}:{identity}",
        details=details,
    )
    session.add(event)
    session.flush()
    return event
