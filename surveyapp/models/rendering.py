"""Figures and documents that the worker made, kept under the digest of what they show."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped

from surveyapp.models.base import NEVER_REUSED, Base, UtcDateTime, personal, plain, unique_where_empty
from surveyapp.models.response import RandomId


class Rendering(Base):
    """One figure or document: its specification now, its bytes once a worker has made them.

    ``audience`` says who may fetch it: ``team`` (letters with links are sealed besides: see ``actions.letters``),
    ``lead``, ``public``, ``organisation`` with its ``membership_id``, or ``respondent``: a questionnaire on paper for
    everybody with a link, and with a ``response_id`` one's own answers.
    """

    __tablename__ = "rendering"
    __table_args__ = (
        UniqueConstraint("evaluation_id", "digest", "audience", "membership_id"),
        unique_where_empty("uq_rendering_of_all", "evaluation_id", "digest", "audience", empty="membership_id"),
        NEVER_REUSED,
    )

    id: Mapped[int] = plain(primary_key=True)
    evaluation_id: Mapped[int] = plain(ForeignKey("evaluation.id", ondelete="CASCADE"))
    digest: Mapped[str] = plain(String(64))
    audience: Mapped[str] = plain(String(20))
    membership_id: Mapped[int | None] = plain(ForeignKey("membership.id", ondelete="CASCADE"))
    response_id: Mapped[int | None] = personal(RandomId, ForeignKey("response.id", ondelete="CASCADE"), index=True)
    expires_at: Mapped[datetime | None] = plain(UtcDateTime)
    """When a worker throws it away."""
    kind: Mapped[str] = plain(String(40))
    """``figure``, ``figure-png`` or a kind of report, such as ``interview-guide``."""
    specification: Mapped[dict[str, object]] = personal(JSON)
    """What it shows; an interview guide holds open answers."""
    media_type: Mapped[str | None] = plain(String(100))
    content: Mapped[bytes | None] = personal(LargeBinary)
    requested_at: Mapped[datetime] = plain(UtcDateTime)
