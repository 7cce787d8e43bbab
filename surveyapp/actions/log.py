"""The audit log: every act of a user or of the installation, written in the transaction of the act.

Each event is chained to the one before by a digest, and the end of the chain is kept apart: a line that was changed,
removed, put in between or cut off at the end is found by ``queries.events.faults``.
"""

from typing import Final

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.models import Base, Evaluation, Event, EventChain, User, upsert
from surveyapp.models.event import chained


def record(
    session: Session,
    *,
    verb: str,
    subject: Base,
    by: User | None,
    evaluation: Evaluation | None = None,
    **details: int | str,
) -> Event:
    """Write down who did what to what. ``details`` are numbers and codes: never a name, an address or an answer; a
    ``reason`` is what the user gave for it.

    Flushes first, so that a subject made a moment ago has its id. Whoever writes holds the end of the log until the
    transaction ends.
    """
    session.flush()
    identity = "/".join(str(part) for part in inspect(subject, raiseerr=True).identity or ())
    chain = _end(session)
    event = Event(
        id=chain.last + 1,
        at=clock.now(),
        actor_id=by.id if by is not None else None,
        evaluation_id=evaluation.id if evaluation is not None else None,
        verb=verb,
        subject=f"{subject.__tablename__}:{identity}",
        details=details,
    )
    event.digest = chained(chain.digest, event)
    chain.last, chain.digest = event.id, event.digest
    session.add(event)
    session.flush()
    return event


def _end(session: Session) -> EventChain:
    """The end of the log, held until this transaction ends; made with the first event."""
    upsert.insert_missing(session, EventChain, {"id": 1, "last": 0, "digest": ""})
    return session.scalars(_END).one()


_END: Final = select(EventChain).with_for_update().execution_options(populate_existing=True)
