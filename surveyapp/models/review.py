"""Reviews: a frozen text that others read before it counts, paragraph by paragraph, and what they say of it.

A conversation report for who was talked with, and hoor en wederhoor over a draft, are the same: a text with numbered
paragraphs, readers with a link, a deadline, remarks, and what the researcher did with each.
"""

from datetime import datetime
from typing import Final

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, relationship

from surveyapp.models.base import NEVER_REUSED, Base, UtcDateTime, personal, plain
from surveyapp.models.evaluation import Membership
from surveyapp.models.interview import Interview
from surveyapp.models.wave import Wave

CONVERSATION: Final = "conversation"
REVIEW_KINDS: Final = (CONVERSATION, "facts", "conclusions")
"""The report of an interview; the facts of a draft; its conclusions and recommendations, after the facts."""
REMARK_KINDS: Final = ("fact", "interpretation", "wording")
VERDICTS: Final = ("approved", "approved-with-remarks")
DISPOSITIONS: Final = ("taken-over", "partly", "not")


class Review(Base):
    """A round: this text, read until this deadline. What is read never changes; a next round has a next number."""

    __tablename__ = "review"
    __table_args__ = (
        CheckConstraint(f"kind IN {REVIEW_KINDS}", name="kind"),
        CheckConstraint(f"(kind = '{CONVERSATION}') = (interview_id IS NOT NULL)", name="conversation"),
        NEVER_REUSED,
    )

    id: Mapped[int] = plain(primary_key=True)
    wave_id: Mapped[int] = plain(ForeignKey("wave.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = plain(String(20))
    number: Mapped[int] = plain(default=1)
    interview_id: Mapped[int | None] = plain(ForeignKey("interview.id", ondelete="CASCADE"), index=True)
    membership_id: Mapped[int | None] = plain(ForeignKey("membership.id", ondelete="CASCADE"), index=True)
    """Whose part of a draft; empty for all of it."""
    language: Mapped[str] = plain(String(10), default="nl")
    title: Mapped[str] = plain(String(300))
    paragraphs: Mapped[list[dict[str, str]]] = personal(JSON)
    """In their order: ``key``, ``heading`` (often empty), ``text``."""
    opened_at: Mapped[datetime] = plain(UtcDateTime)
    deadline: Mapped[datetime] = plain(UtcDateTime)
    closed_at: Mapped[datetime | None] = plain(UtcDateTime)

    wave: Mapped[Wave] = relationship()
    interview: Mapped[Interview | None] = relationship()
    membership: Mapped[Membership | None] = relationship()
    readers: Mapped[list["Reviewer"]] = relationship(
        back_populates="review", order_by="Reviewer.id", cascade="all, delete-orphan"
    )


class Reviewer(Base):
    """Somebody with a link to a review; the link is derived from the server key, only its hash is kept."""

    __tablename__ = "reviewer"
    __table_args__ = (CheckConstraint(f"verdict IN {('', *VERDICTS)}", name="verdict"), NEVER_REUSED)

    id: Mapped[int] = plain(primary_key=True)
    review_id: Mapped[int] = plain(ForeignKey("review.id", ondelete="CASCADE"), index=True)
    membership_id: Mapped[int | None] = plain(ForeignKey("membership.id", ondelete="SET NULL"))
    participant_id: Mapped[int | None] = personal(ForeignKey("participant.id", ondelete="SET NULL"))
    name: Mapped[str] = personal(String(200))
    email: Mapped[str] = personal(String(254), default="")
    generation: Mapped[int] = plain(default=1)
    token_hash: Mapped[str | None] = personal(String(64), unique=True)
    reminded_at: Mapped[datetime | None] = personal(UtcDateTime)
    opened_at: Mapped[datetime | None] = personal(UtcDateTime)
    verdict: Mapped[str] = plain(String(30), default="")
    answered_at: Mapped[datetime | None] = personal(UtcDateTime)

    review: Mapped[Review] = relationship(back_populates="readers")
    membership: Mapped[Membership | None] = relationship()
    remarks: Mapped[list["Remark"]] = relationship(
        back_populates="reviewer", order_by="Remark.id", cascade="all, delete-orphan"
    )


class Remark(Base):
    """What a reader says of a paragraph, and what the researcher did with it."""

    __tablename__ = "remark"
    __table_args__ = (
        UniqueConstraint("reviewer_id", "paragraph", "kind"),
        CheckConstraint(f"kind IN {REMARK_KINDS}", name="kind"),
        CheckConstraint(f"disposition IN {('', *DISPOSITIONS)}", name="disposition"),
        NEVER_REUSED,
    )

    id: Mapped[int] = plain(primary_key=True)
    reviewer_id: Mapped[int] = plain(ForeignKey("reviewer.id", ondelete="CASCADE"), index=True)
    paragraph: Mapped[str] = plain(String(60))
    kind: Mapped[str] = plain(String(20))
    text: Mapped[str] = personal(Text)
    made_at: Mapped[datetime] = personal(UtcDateTime)
    disposition: Mapped[str] = plain(String(20), default="")
    printed: Mapped[str] = personal(Text, default="")
    """As it stands in the report: what the researcher left of it who decided on it."""
    answer: Mapped[str] = plain(Text, default="")
    """Why it was taken over, partly or not, as the reader reads it."""
    disposed_by: Mapped[int | None] = plain(ForeignKey("user.id"))
    disposed_at: Mapped[datetime | None] = plain(UtcDateTime)

    reviewer: Mapped[Reviewer] = relationship(back_populates="remarks")
