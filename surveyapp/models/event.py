"""The audit log: who did what to what, written in the transaction of the change."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped

from surveyapp.models.base import Base, UtcDateTime, plain


class Event(Base):
    """One act. Subjects are opaque ids, so that the log survives the erasure of a person."""

    __tablename__ = "event"
    __table_args__ = (Index(None, "evaluation_id", "at"),)

    id: Mapped[int] = plain(primary_key=True)
    at: Mapped[datetime] = plain(UtcDateTime)
    actor_id: Mapped[int | None] = plain(ForeignKey("user.id", ondelete="SET NULL"))
    """The user who acted; empty for the system itself. Respondents never appear here."""
    evaluation_id: Mapped[int | None] = plain(ForeignKey("evaluation.id", ondelete="SET NULL"))
    verb: Mapped[str] = plain(String(60))
    """``noun.verb``, such as ``wave.close``."""
    subject: Mapped[str] = plain(String(80))
    """``noun:id``."""
    details: Mapped[dict[str, int | str]] = plain(JSON)
