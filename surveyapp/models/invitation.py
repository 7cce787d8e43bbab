"""Who is invited, by which link, and that they answered (not what)."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, relationship

from surveyapp.models.base import NEVER_REUSED, Base, UtcDateTime, personal, plain
from surveyapp.models.evaluation import Membership
from surveyapp.models.wave import Wave


class Invitee(Base):
    """A person asked to answer for an organisation in a role, in one wave."""

    __tablename__ = "invitee"
    __table_args__ = (Index(None, "wave_id", "membership_id", "role"), NEVER_REUSED)

    id: Mapped[int] = plain(primary_key=True)
    wave_id: Mapped[int] = plain(ForeignKey("wave.id", ondelete="CASCADE"))
    membership_id: Mapped[int] = plain(ForeignKey("membership.id"))
    role: Mapped[str] = plain(String(40))
    name: Mapped[str] = personal(String(200))
    email: Mapped[str] = personal(String(254))
    language: Mapped[str] = plain(String(10))

    wave: Mapped[Wave] = relationship()
    membership: Mapped[Membership] = relationship()


class Invitation(Base):
    """A personal link. The token is derived from the server key, the id and the generation; only its hash is here."""

    __tablename__ = "invitation"
    __table_args__ = (NEVER_REUSED,)

    id: Mapped[int] = plain(primary_key=True)
    invitee_id: Mapped[int] = plain(ForeignKey("invitee.id", ondelete="CASCADE"), unique=True)
    generation: Mapped[int] = plain(default=1)
    """Counts reissues: a higher generation gives another token and ends the old one."""
    token_hash: Mapped[str | None] = personal(String(64), unique=True)
    """SHA-256 of the token, hexadecimal; empty only between the insert and the derivation that needs the id."""
    revoked_at: Mapped[datetime | None] = plain(UtcDateTime)

    invitee: Mapped[Invitee] = relationship()


class Receipt(Base):
    """That an invitation was answered; what was answered is a ``Response``."""

    __tablename__ = "receipt"

    invitation_id: Mapped[int] = plain(
        ForeignKey("invitation.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
