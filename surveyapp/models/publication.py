"""A publication: the protected results of a closed wave, frozen."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, relationship

from surveyapp.models.base import Base, UtcDateTime, plain
from surveyapp.models.wave import Wave


class Publication(Base):
    """What was released of a wave, when and by whom; one per wave."""

    __tablename__ = "publication"

    id: Mapped[int] = plain(primary_key=True)
    wave_id: Mapped[int] = plain(ForeignKey("wave.id", ondelete="CASCADE"), unique=True)
    published_at: Mapped[datetime] = plain(UtcDateTime)
    published_by: Mapped[int] = plain(ForeignKey("user.id"))
    data_digest: Mapped[str] = plain(String(64))
    """SHA-256 of the tallies it was made from."""
    document: Mapped[dict[str, object]] = plain(JSON)
    """The safe results, as ``SafeResults.to_document`` writes them."""

    wave: Mapped[Wave] = relationship()
