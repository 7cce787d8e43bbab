"""A file with people to invite, kept between looking at what it says and letting it in."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, relationship

from surveyapp.models.base import NEVER_REUSED, Base, UtcDateTime, personal, plain
from surveyapp.models.job import Job
from surveyapp.models.wave import Wave


class PeopleFile(Base):
    """What a researcher uploaded; thrown away once everybody in it was let in, and in any case when it expires."""

    __tablename__ = "people_file"
    __table_args__ = (NEVER_REUSED,)

    id: Mapped[int] = plain(primary_key=True)
    wave_id: Mapped[int] = plain(ForeignKey("wave.id", ondelete="CASCADE"), index=True)
    uploaded_by: Mapped[int | None] = plain(ForeignKey("user.id", ondelete="SET NULL"))
    uploaded_at: Mapped[datetime] = plain(UtcDateTime)
    expires_at: Mapped[datetime] = plain(UtcDateTime)
    name: Mapped[str] = personal(String(200))
    content: Mapped[bytes] = personal(LargeBinary)
    job_id: Mapped[int | None] = plain(ForeignKey("job.id", ondelete="SET NULL"))
    """The job that lets them in, once that was asked for."""

    wave: Mapped[Wave] = relationship()
    job: Mapped[Job | None] = relationship()
