"""The audit log: who did what to what, written in the transaction of the change."""

import hashlib
import json
from datetime import UTC, datetime

from sqlalchemy import JSON, Index, String
from sqlalchemy.orm import Mapped

from surveyapp.models.base import Base, UtcDateTime, plain


class Event(Base):
    """One act. Subjects are opaque ids, so that the log survives the erasure of a person."""

    __tablename__ = "event"
    __table_args__ = (Index(None, "evaluation_id", "at"),)

    id: Mapped[int] = plain(primary_key=True, autoincrement=False)
    """Counts without a gap, from 1."""
    at: Mapped[datetime] = plain(UtcDateTime)
    actor_id: Mapped[int | None] = plain()
    """The user who acted; empty for the system itself. Respondents never appear here. No reference: it stays as it was
    written when the account is gone."""
    evaluation_id: Mapped[int | None] = plain()
    verb: Mapped[str] = plain(String(60))
    """``noun.verb``, such as ``wave.close``."""
    subject: Mapped[str] = plain(String(80))
    """``noun:id``."""
    details: Mapped[dict[str, int | str]] = plain(JSON)
    digest: Mapped[str] = plain(String(64))
    """SHA-256 of this event and the digest of the one before: see ``actions.log``."""


class EventChain(Base):
    """The end of the log, in one row: whoever writes holds it, and a line that was cut off at the end is missed."""

    __tablename__ = "event_chain"

    id: Mapped[int] = plain(primary_key=True, autoincrement=False)
    last: Mapped[int] = plain()
    """The id of the last event; 0 before the first."""
    digest: Mapped[str] = plain(String(64))
    """Of the last event."""


def chained(before: str, event: Event) -> str:
    """The digest of an event: SHA-256, hexadecimal, of the digest before it and everything it says, as compact JSON."""
    said = [before, event.id, event.at.astimezone(UTC).isoformat(), event.actor_id, event.evaluation_id]
    text = json.dumps(
        [*said, event.verb, event.subject, event.details], ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    return hashlib.sha256(text.encode()).hexdigest()
