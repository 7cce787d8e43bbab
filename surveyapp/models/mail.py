"""Mail of a study: its texts, what was to be sent when, and what became of the mail to each person.

The words of a mail are made when it is sent: here is no text with a name or a link in it.
"""

from datetime import datetime
from typing import Final

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, relationship

from surveyapp.models.base import NEVER_REUSED, Base, UtcDateTime, personal, plain
from surveyapp.models.invitation import Invitee
from surveyapp.models.response import Delegation
from surveyapp.models.review import Reviewer
from surveyapp.models.user import User
from surveyapp.models.wave import Wave

PURPOSES: Final = (
    *("invitation", "reminder", "thanks", "closing", "delegation", "account", "approval", "decision"),
    *("review", "review-reminder"),
)
"""What a mail is for. Of ``approval`` (somebody must decide) and ``decision`` (somebody did), both to staff, the number
is that of the request; ``review`` and ``review-reminder`` are to who reads a draft or the report of a conversation."""
STATES: Final = ("waiting", "sending", "sent", "failed", "uncertain", "bounced", "cancelled")
"""``uncertain``: a worker died between handing it over and writing that down; it is not sent again by itself."""


class MailText(Base):
    """A study's own subject and text for one purpose in one language; without it ours is used."""

    __tablename__ = "mail_text"

    wave_id: Mapped[int] = plain(ForeignKey("wave.id", ondelete="CASCADE"), primary_key=True, autoincrement=False)
    purpose: Mapped[str] = plain(String(20), primary_key=True)
    language: Mapped[str] = plain(String(10), primary_key=True)
    subject: Mapped[str] = plain(String(200))
    body: Mapped[str] = plain(Text)


class Mailing(Base):
    """One round of mail: to whom it goes is decided at ``scheduled_at``, so that who answered by then gets none."""

    __tablename__ = "mailing"
    __table_args__ = (
        UniqueConstraint("wave_id", "purpose", "number"),
        CheckConstraint(f"purpose IN {PURPOSES}", name="purpose"),
        CheckConstraint("per_minute > 0", name="rate"),
        NEVER_REUSED,
    )

    id: Mapped[int] = plain(primary_key=True)
    wave_id: Mapped[int] = plain(ForeignKey("wave.id", ondelete="CASCADE"))
    purpose: Mapped[str] = plain(String(20))
    number: Mapped[int] = plain()
    """Counts rounds with the same purpose: the second reminder has 2."""
    per_minute: Mapped[int] = plain()
    scheduled_at: Mapped[datetime] = plain(UtcDateTime)
    started_at: Mapped[datetime | None] = plain(UtcDateTime)
    """When its recipients were decided on."""
    cancelled_at: Mapped[datetime | None] = plain(UtcDateTime)
    created_by: Mapped[int | None] = plain(ForeignKey("user.id", ondelete="SET NULL"))

    wave: Mapped[Wave] = relationship()


class Mail(Base):
    """Mail for one purpose to one person, once: an invitee, a colleague, somebody of the staff, or a reader."""

    __tablename__ = "mail"
    __table_args__ = (
        UniqueConstraint("invitee_id", "purpose", "number"),
        UniqueConstraint("delegation_id", "purpose", "number"),
        UniqueConstraint("reviewer_id", "purpose", "number"),
        CheckConstraint(f"purpose IN {PURPOSES}", name="purpose"),
        CheckConstraint(f"state IN {STATES}", name="state"),
        CheckConstraint(
            "(CASE WHEN invitee_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN delegation_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN user_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN reviewer_id IS NULL THEN 0 ELSE 1 END) = 1",
            name="recipient",
        ),
        Index(None, "mailing_id", "state"),
        NEVER_REUSED,
    )

    id: Mapped[int] = plain(primary_key=True)
    mailing_id: Mapped[int | None] = plain(ForeignKey("mailing.id", ondelete="CASCADE"))
    purpose: Mapped[str] = plain(String(20))
    number: Mapped[int] = plain(default=1)
    invitee_id: Mapped[int | None] = personal(ForeignKey("invitee.id", ondelete="CASCADE"))
    delegation_id: Mapped[int | None] = personal(ForeignKey("delegation.id", ondelete="CASCADE"), index=True)
    user_id: Mapped[int | None] = personal(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    reviewer_id: Mapped[int | None] = personal(ForeignKey("reviewer.id", ondelete="CASCADE"))
    state: Mapped[str] = plain(String(20), default="waiting")
    due_at: Mapped[datetime] = plain(UtcDateTime)
    attempts: Mapped[int] = plain(default=0)
    sent_at: Mapped[datetime | None] = personal(UtcDateTime)
    message_id: Mapped[str | None] = personal(String(200), unique=True)
    """As in its header, by which a bounce is recognised; random, and made before it is handed over."""
    problem: Mapped[str | None] = plain(String(200))
    """The server's status code and the kind of failure: no address, no text."""

    mailing: Mapped[Mailing | None] = relationship()
    invitee: Mapped[Invitee | None] = relationship()
    delegation: Mapped[Delegation | None] = relationship()
    user: Mapped[User | None] = relationship()
    reviewer: Mapped[Reviewer | None] = relationship()
