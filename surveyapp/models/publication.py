"""What was published of a wave: protected, frozen, numbered; and what a researcher put together to make it."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, relationship

from surveyapp.models.approval import Approval
from surveyapp.models.base import NEVER_REUSED, Base, UtcDateTime, plain
from surveyapp.models.user import User
from surveyapp.models.wave import Wave

LEAD: Final = "lead"
PUBLIC: Final = "public"
AUDIENCES: Final = (LEAD, PUBLIC)
"""For whom something is published, in the order in which that happens; an organisation sees a selection of the
lead's."""
ORGANISATIONS: Final = "organisations"
ROLES: Final = "roles"
KINDS: Final = (ORGANISATIONS, ROLES)
"""What can be put together."""


class Publication(Base):
    """What was released of a wave to an audience, when, why and by whom. Its numbers never change: a later number
    corrects."""

    __tablename__ = "publication"
    __table_args__ = (
        UniqueConstraint("wave_id", "audience", "number"),
        CheckConstraint(f"audience IN {AUDIENCES}", name="audience"),
        CheckConstraint("number > 0", name="number"),
    )

    id: Mapped[int] = plain(primary_key=True)
    """Grows: the order of release, to whomever."""
    wave_id: Mapped[int] = plain(ForeignKey("wave.id", ondelete="CASCADE"), index=True)
    audience: Mapped[str] = plain(String(20), default=LEAD)
    number: Mapped[int] = plain(default=1)
    """1, 2 and so on, for each audience of a wave."""
    reason: Mapped[str] = plain(Text, default="")
    """Of a correction why, as its readers read it; empty for number 1."""
    published_at: Mapped[datetime] = plain(UtcDateTime)
    published_by: Mapped[int] = plain(ForeignKey("user.id"))
    approval_id: Mapped[int | None] = plain(ForeignKey("approval.id", ondelete="SET NULL"))
    """The request that led to it."""
    data_digest: Mapped[str] = plain(String(64))
    """SHA-256 of the tallies it was made from."""
    merged: Mapped[list[dict[str, object]]] = plain(JSON, default=list)
    """What was put together in it: of each group its ``kind`` and ``members``."""
    document: Mapped[dict[str, object]] = plain(JSON)
    """The safe results, as ``SafeResults.to_document`` writes them."""
    codes: Mapped[list[dict[str, Any]] | None] = plain(JSON(none_as_null=True))
    """How many people said what: each time that it was told ``tables``, documents of ``analysis.coding.frozen.Table``.
    Coding takes longer than publishing, so this is added later; None until it is."""

    wave: Mapped[Wave] = relationship()
    publisher: Mapped[User] = relationship()
    approval: Mapped[Approval | None] = relationship()


class Merger(Base):
    """Organisations, or roles, that publications of a wave show as one, because apart they are too small."""

    __tablename__ = "merger"
    __table_args__ = (CheckConstraint(f"kind IN {KINDS}", name="kind"), NEVER_REUSED)

    id: Mapped[int] = plain(primary_key=True)
    wave_id: Mapped[int] = plain(ForeignKey("wave.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = plain(String(20))
    members: Mapped[list[str]] = plain(JSON)
    """Codes of organisations, in the order of the study, or keys of roles, in that of the questionnaire."""
    reason: Mapped[str] = plain(Text)
    approved_by: Mapped[int] = plain(ForeignKey("user.id"))
    approved_at: Mapped[datetime] = plain(UtcDateTime)

    wave: Mapped[Wave] = relationship()
