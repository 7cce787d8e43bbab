"""People who sign in, what they may, and the links and sessions that let them in."""

from datetime import datetime
from typing import Final

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, LargeBinary, String, UniqueConstraint
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
    disabled_at: Mapped[datetime | None] = plain(UtcDateTime)
    """Since when this account lets nobody in."""
    totp_secret: Mapped[str | None] = personal(String(300))
    """The shared secret of an authenticator app, encrypted under the installation's key; empty until one was proved."""
    totp_used: Mapped[int | None] = personal()
    """The last time step that was used, so that no code works twice."""

    grants: Mapped[list["Grant"]] = relationship(back_populates="user")


BY_HAND: Final = "hand"
OF_A_GROUP: Final = "group"


class Grant(Base):
    """A staff role for a user: in one evaluation, for one organisation of it, or (owner) everywhere."""

    __tablename__ = "grant"
    __table_args__ = (
        CheckConstraint(f"source IN {(BY_HAND, OF_A_GROUP)}", name="source"),
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
    source: Mapped[str] = plain(String(10), default=BY_HAND)
    """``hand``: a colleague gave it; ``group``: a group at the identity provider does, for as long as it does."""

    user: Mapped[User] = relationship(back_populates="grants")


class SignIn(Base):
    """A session on the server; the cookie holds a random token, here is only its hash."""

    __tablename__ = "sign_in"

    token_hash: Mapped[str] = personal(String(64), primary_key=True)
    user_id: Mapped[int] = plain(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime] = personal(UtcDateTime)
    expires_at: Mapped[datetime] = plain(UtcDateTime)
    seen_at: Mapped[datetime] = personal(UtcDateTime)
    """When it was last used, to the quarter of an hour."""
    device: Mapped[str] = personal(String(80), default="")
    """Browser and system in words, such as ``Firefox, Linux``."""
    second_factor: Mapped[bool] = plain(default=False)
    """Whether more than a password was shown: a code, a passkey, or what another provider vouches for."""

    user: Mapped[User] = relationship()


class RecoveryCode(Base):
    """A code that replaces the second factor once."""

    __tablename__ = "recovery_code"

    code_hash: Mapped[str] = personal(String(64), primary_key=True)
    user_id: Mapped[int] = plain(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    used_at: Mapped[datetime | None] = personal(UtcDateTime)


class Passkey(Base):
    """A key on a device of the user, with which they sign in without a password."""

    __tablename__ = "passkey"
    __table_args__ = (NEVER_REUSED,)

    id: Mapped[int] = plain(primary_key=True)
    user_id: Mapped[int] = plain(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    credential: Mapped[bytes] = personal(LargeBinary, unique=True)
    public_key: Mapped[bytes] = personal(LargeBinary)
    sign_count: Mapped[int] = personal(BigInteger)
    name: Mapped[str] = personal(String(80))
    created_at: Mapped[datetime] = personal(UtcDateTime)
    used_at: Mapped[datetime | None] = personal(UtcDateTime)

    user: Mapped[User] = relationship()


class Identity(Base):
    """Who a user is at an identity provider (OpenID Connect)."""

    __tablename__ = "identity"

    issuer: Mapped[str] = plain(String(300), primary_key=True)
    subject: Mapped[str] = personal(String(255), primary_key=True)
    user_id: Mapped[int] = plain(ForeignKey("user.id", ondelete="CASCADE"), index=True)

    user: Mapped[User] = relationship()


class Attempt(Base):
    """How often signing in failed lately, for one account or from one address: slows down guessing."""

    __tablename__ = "attempt"

    who: Mapped[str] = personal(String(64), primary_key=True)
    """HMAC, under the installation's key, of ``account:`` or ``address:`` and what was tried or where from."""
    failures: Mapped[int] = plain()
    last_at: Mapped[datetime] = plain(UtcDateTime)


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
