"""A link with which an organisation's contact person sees how many of its people answered: totals and nothing else."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, relationship

from surveyapp.models.base import NEVER_REUSED, Base, UtcDateTime, personal, plain
from surveyapp.models.evaluation import Membership
from surveyapp.models.wave import Wave


class CountLink(Base):
    """The token is derived from the server key, the id and the generation; only its hash is here."""

    __tablename__ = "count_link"
    __table_args__ = (UniqueConstraint("wave_id", "membership_id"), NEVER_REUSED)

    id: Mapped[int] = plain(primary_key=True)
    wave_id: Mapped[int] = plain(ForeignKey("wave.id", ondelete="CASCADE"))
    membership_id: Mapped[int] = plain(ForeignKey("membership.id", ondelete="CASCADE"))
    generation: Mapped[int] = plain(default=1)
    token_hash: Mapped[str | None] = personal(String(64), unique=True)
    revoked_at: Mapped[datetime | None] = plain(UtcDateTime)

    wave: Mapped[Wave] = relationship()
    membership: Mapped[Membership] = relationship()
