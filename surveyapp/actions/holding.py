"""Looking again under a lock before changing what somebody answered.

SQLite needs none of these locks: there a transaction that writes is alone from its beginning. On PostgreSQL whoever
submits, reopens or withdraws shares the wave's row, which closing takes for itself; and everything that is done to one
response takes that response's row.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Executable, and_, bindparam, select
from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.errors import WrongState
from surveyapp.models import Delegation, Response, Wave
from surveyapp.models.wave import ANONYMOUS, state
from surveyapp.queries import responses
from surveyapp.queries.responses import Answering

_WAVE: Final = select(Wave.regime, Wave.ready_at, Wave.opens_at, Wave.closes_at, Wave.closed_at).where(
    Wave.id == bindparam("wave_id")
)
_SHARED: Final = _WAVE.with_for_update(read=True)
_ALONE: Final = _WAVE.with_for_update(key_share=True)
_RESPONSE: Final = (
    select(
        Response.started_at,
        Response.submitted,
        Response.excluded_at,
        Wave.ready_at,
        Wave.opens_at,
        Wave.closes_at,
        Wave.closed_at,
    )
    .join_from(Response, Wave, Response.wave_id == Wave.id)
    .where(Response.id == bindparam("response_id"))
    .with_for_update(of=Response)
)
_DELEGATED: Final = _RESPONSE.add_columns(Delegation.id.is_(None).label("delegation_ended")).outerjoin(
    Delegation,
    and_(
        Delegation.id == bindparam("delegation_id"),
        Delegation.response_id == Response.id,
        Delegation.ended_at.is_(None),
    ),
)


@dataclass(frozen=True)
class Held:
    """A response in an open wave, which nobody else changes until this transaction ends."""

    started_at: datetime | None
    submitted: bool
    excluded: bool
    """Not to be counted, whatever becomes of it."""


def wave(session: Session, wave_id: int, *, alone: bool = False) -> None:
    """Keep the wave from being closed until this transaction ends; ``alone`` also from what others hand in to it."""
    session.flush()
    session.connection().execute(_ALONE if alone else _SHARED, {"wave_id": wave_id})


def wave_to_start_in(session: Session, wave: Wave, *, test: bool = False) -> None:
    """Keep an open wave from being closed or changed. In an anonymous one, whoever starts waits for the others too.

    A wave that is being set up is open for a ``test`` only.
    """
    session.flush()
    holding = _ALONE if wave.regime == ANONYMOUS else _SHARED
    found = session.connection().execute(holding, {"wave_id": wave.id}).one()
    if found.ready_at is None and not test:
        raise WrongState("wave-not-open")
    _must_be_open(found.ready_at, found.opens_at, found.closes_at, found.closed_at)
    if found.regime != wave.regime:
        raise WrongState("regime-changed")


def in_open_wave(session: Session, response: Answering, delegation_id: int | None = None) -> Held:
    """Hold the response; raises ``WrongState`` where its wave is not open or somebody threw it away."""
    session.flush()
    statement: Executable = _RESPONSE if delegation_id is None else _DELEGATED
    values = {"response_id": response.id} | ({} if delegation_id is None else {"delegation_id": delegation_id})
    found = session.connection().execute(statement, values).mappings().one_or_none()
    if found is None:
        raise WrongState("already-submitted" if _was_sent(session, response) else "response-withdrawn")
    _must_be_open(found["ready_at"], found["opens_at"], found["closes_at"], found["closed_at"])
    if found.get("delegation_ended", False):
        raise WrongState("delegation-ended")
    return Held(found["started_at"], found["submitted"], found["excluded_at"] is not None)


def open_draft(session: Session, response: Answering, delegation_id: int | None = None) -> Held:
    """So that nothing is saved or submitted beside or after a submission, or after closing."""
    held = in_open_wave(session, response, delegation_id)
    if held.submitted:
        raise WrongState("already-submitted")
    return held


def _was_sent(session: Session, response: Answering) -> bool:
    """What was sent in an anonymous wave is known by its receipt alone."""
    return response.invitation_id is not None and responses.is_sent(session, response.invitation_id)


def _must_be_open(
    ready_at: datetime | None, opens_at: datetime, closes_at: datetime, closed_at: datetime | None
) -> None:
    """What was begun in a draft is a test, as nothing else can begin there."""
    now = state(ready_at, opens_at, closes_at, closed_at, clock.now())
    if now not in {"open", "draft"}:
        raise WrongState("wave-closed" if now == "closed" else "wave-not-open")
