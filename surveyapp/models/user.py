"""People who sign in, what they may, and the links and sessions that let them in."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, relationship

from surveyapp.models.base import NEVER_REUSED, Base, UtcDateTime, personal, plain, unique_where_empty


class User(Base):
    """Somebody of the research team, the client or a municipality."""

    __tablename__ = "user"
    __table_args__ = (NEVER_REUSED,)

    id: Mapped[int] = plain(primary_key=True)
    email: Mapped[str] = personal(String(254), unique=True)
    """Lower case."""
    name: Mapped[str] = personal(String(200))
    language: Mapped[str] = plain(String(10), default="nl")
    password_hash: Mapped[str | None] = personal(String(200))
    failed_sign_ins: Mapped[int] = plain(default=0)
    """Since the last success; slows down guessing."""
    failed_at: Mapped[datetime | None] = plain(UtcDateTime)

    grants: Mapped[list["Grant"]] = relationship(back_populates="user")


class Grant(Base):
    """A staff role for a user: in one evaluation, for one organisation of it, or (owner) everywhere."""

    __tablename__ = "grant"
    __table_args__ = (
        UniqueConstraint("user_id", "role", "evaluation_id", "membership_id"),
        unique_where_empty("uq_grant_in_evaluation", "user_id", "role", "evaluation_id", empty="membership_id"),
        unique_where_empty("uq_grant_everywhere", "user_id", "role", empty="evaluation_id"),
        NEVER_REUSED,
    )

    id: Mapped[int] = plain(primary_key=True)
    user_id: Mapped[int] = plain(ForeignKey("user.id", ondelete="CASCADE"))
    role: Mapped[str] = plain(String(40))
    evaluation_id: Mapped[int | None] = plain(ForeignKey("evaluation.id", ondelete="CASCADE"))
    membership_id: Mapped[int | None] = plain(ForeignKey("membership.id", ondelete="CASCADE"))

    user: Mapped[User] = relationship(back_populates="grants")


class SignIn(Base):
    """A session on the server; the cookie holds a random token, here is only its hash."""

    __tablename__ = "sign_in"

    token_hash: Mapped[str] = personal(String(64), primary_key=True)
    user_id: Mapped[int] = plain(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime] = personal(UtcDateTime)
    expires_at: Mapped[datetime] = plain(UtcDateTime)

    user: Mapped[User] = relationship()


class OneTimeLink(Base):
    """A link that works once: to set a password, or in a demonstration to sign in."""

    __tablename__ = "one_time_link"

    token_hash: Mapped[str] = personal(String(64), primary_key=True)
    user_id: Mapped[int] = plain(ForeignKey("user.id", ondelete="CASCADE"))
    purpose: Mapped[str] = plain(String(20))
    """``password`` works once; ``demonstration`` works again, on loopback only, where the setting allows it."""
    expires_at: Mapped[datetime] = plain(UtcDateTime)
    used_at: Mapped[datetime | None] = plain(UtcDateTime)

    user: Mapped[User] = relationship()
