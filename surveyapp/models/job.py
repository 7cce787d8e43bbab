"""Jobs: work that must happen after a commit, written in the same transaction as its cause.

No commit, no job. A worker leases a job for a while; when it dies, the lease ends and another takes over, so that a
job runs at least once. Do not use a job for something a person waits for on the same page.
"""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped

from surveyapp.models.base import NEVER_REUSED, Base, UtcDateTime, plain

STATES = ("queued", "running", "done", "failed", "cancelled")


class Job(Base):
    """One piece of work: ``kind`` names the action, ``arguments`` are its ids and numbers, never personal data."""

    __tablename__ = "job"
    __table_args__ = (
        CheckConstraint(f"state IN {STATES}", name="state"),
        Index(None, "state", "leased_until"),
        NEVER_REUSED,
    )

    id: Mapped[int] = plain(primary_key=True)
    kind: Mapped[str] = plain(String(40))
    arguments: Mapped[dict[str, int | str]] = plain(JSON)
    state: Mapped[str] = plain(String(10), default="queued")
    attempts: Mapped[int] = plain(default=0)
    evaluation_id: Mapped[int | None] = plain(ForeignKey("evaluation.id", ondelete="CASCADE"), index=True)
    """The study it works for; empty for the installation."""
    created_at: Mapped[datetime] = plain(UtcDateTime)
    finished_at: Mapped[datetime | None] = plain(UtcDateTime)
    done: Mapped[int] = plain(default=0)
    """Steps that were taken of ``steps``, for a bar that shows how far it is."""
    steps: Mapped[int | None] = plain()
    leased_until: Mapped[datetime | None] = plain(UtcDateTime)
    worker: Mapped[str | None] = plain(String(80))
    problem: Mapped[str | None] = plain(Text)
    """Why the last attempt failed, without personal data."""
