"""Four eyes: what one person asks for, another must approve before it happens."""

from datetime import datetime
from typing import Final

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, relationship

from surveyapp.models.base import NEVER_REUSED, Base, UtcDateTime, plain
from surveyapp.models.evaluation import Evaluation
from surveyapp.models.user import User

PUBLISH: Final = "publish"
EXPORT: Final = "export-answers"
DELETE: Final = "delete-evaluation"
ACTS: Final = (PUBLISH, EXPORT, DELETE)
"""What cannot be undone, or leaves the team."""


class Approval(Base):
    """An act that was asked for with a reason, and what another said of it."""

    __tablename__ = "approval"
    __table_args__ = (
        CheckConstraint(f"act IN {ACTS}", name="act"),
        CheckConstraint("(decided_at IS NULL) = (approved IS NULL)", name="decided"),
        CheckConstraint("decided_by IS NULL OR decided_by <> asked_by", name="another"),
        NEVER_REUSED,
    )

    id: Mapped[int] = plain(primary_key=True)
    evaluation_id: Mapped[int] = plain(ForeignKey("evaluation.id", ondelete="CASCADE"), index=True)
    act: Mapped[str] = plain(String(40))
    arguments: Mapped[dict[str, int | str]] = plain(JSON, default=dict)
    """Ids and codes; never personal data."""
    reason: Mapped[str] = plain(Text)
    asked_by: Mapped[int] = plain(ForeignKey("user.id"))
    asked_at: Mapped[datetime] = plain(UtcDateTime)
    approved: Mapped[bool | None] = plain()
    decided_by: Mapped[int | None] = plain(ForeignKey("user.id"))
    """Empty where who asked took it back, or where the installation lets one person decide."""
    decided_at: Mapped[datetime | None] = plain(UtcDateTime)
    answer: Mapped[str] = plain(Text, default="")
    """Why it was refused, if it was."""
    done_at: Mapped[datetime | None] = plain(UtcDateTime)
    """When what was approved was done: an export can be fetched once."""

    evaluation: Mapped[Evaluation] = relationship()
    asker: Mapped[User] = relationship(foreign_keys=[asked_by])
    decider: Mapped[User | None] = relationship(foreign_keys=[decided_by])
