"""What was answered: a response and its answers, saved as they come."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, relationship

from surveyapp.models.base import NEVER_REUSED, Base, UtcDateTime, personal, plain
from surveyapp.models.evaluation import Membership
from surveyapp.models.invitation import Invitation
from surveyapp.models.wave import Wave


class Response(Base):
    """One person's answers; a draft until ``submitted_at``. Only submitted responses are counted or read."""

    __tablename__ = "response"
    __table_args__ = (
        Index(None, "wave_id", "membership_id", "role"),
        CheckConstraint("submitted_at IS NULL OR submitted_at >= started_at", name="order"),
        NEVER_REUSED,
    )

    id: Mapped[int] = plain(primary_key=True)
    invitation_id: Mapped[int] = personal(ForeignKey("invitation.id"), unique=True)
    wave_id: Mapped[int] = plain(ForeignKey("wave.id", ondelete="CASCADE"))
    membership_id: Mapped[int] = plain(ForeignKey("membership.id"))
    role: Mapped[str] = plain(String(40))
    started_at: Mapped[datetime] = personal(UtcDateTime)
    submitted_at: Mapped[datetime | None] = personal(UtcDateTime)

    invitation: Mapped[Invitation] = relationship()
    membership: Mapped[Membership] = relationship()
    wave: Mapped[Wave] = relationship()


class Answer(Base):
    """One answer, written as the interface writes it; a skipped question has no row or an empty value."""

    __tablename__ = "answer"

    response_id: Mapped[int] = plain(
        ForeignKey("response.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    question: Mapped[str] = plain(String(40), primary_key=True)
    value: Mapped[str] = personal(Text)
