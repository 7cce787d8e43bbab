"""What people wrote and said, sorted into themes: a codebook, coded segments, and texts that may be shown.

A source is an open answer, a note or a quote: ``kind`` and ``key`` say which (see ``Source``).
"""

from datetime import datetime
from typing import Final

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, relationship

from surveyapp.models.base import NEVER_REUSED, Base, UtcDateTime, personal, plain
from surveyapp.models.interview import CONSENTS
from surveyapp.models.user import User

SOURCES: Final = ("answer", "note", "quote")
RELEASE_STATES: Final = ("proposed", "released", "withheld")
_OF_A_SOURCE: Final = f"source IN {SOURCES}"


class Code(Base):
    """An entry of a study's codebook."""

    __tablename__ = "code"
    __table_args__ = (UniqueConstraint("evaluation_id", "key"), NEVER_REUSED)

    id: Mapped[int] = plain(primary_key=True)
    evaluation_id: Mapped[int] = plain(ForeignKey("evaluation.id", ondelete="CASCADE"), index=True)
    key: Mapped[str] = plain(String(40))
    parent_id: Mapped[int | None] = plain(ForeignKey("code.id", ondelete="SET NULL"))
    theme: Mapped[str] = plain(String(40), default="")
    """Of the questionnaire, where the code belongs to one."""
    title: Mapped[str] = plain(String(200))
    definition: Mapped[str] = plain(Text, default="")
    not_for: Mapped[str] = plain(Text, default="")
    """When not to use it."""
    example: Mapped[str] = plain(Text, default="")
    position: Mapped[int] = plain(default=0)
    version: Mapped[int] = plain(default=1)
    retired_at: Mapped[datetime | None] = plain(UtcDateTime)

    parent: Mapped["Code | None"] = relationship(remote_side="Code.id")


class Segment(Base):
    """A piece of a source, from character ``begins`` up to ``ends``; most often all of it."""

    __tablename__ = "segment"
    __table_args__ = (
        UniqueConstraint("source", "source_key", "begins", "ends"),
        Index(None, "wave_id", "source", "source_key"),
        CheckConstraint(_OF_A_SOURCE, name="source"),
        CheckConstraint("ends > begins", name="extent"),
        NEVER_REUSED,
    )

    id: Mapped[int] = plain(primary_key=True)
    wave_id: Mapped[int] = plain(ForeignKey("wave.id", ondelete="CASCADE"))
    source: Mapped[str] = plain(String(10))
    source_key: Mapped[str] = plain(String(90))
    """``response id:question`` of an answer, the id of a note or quote."""
    begins: Mapped[int] = plain()
    ends: Mapped[int] = plain()
    text_digest: Mapped[str] = plain(String(64))
    """Of the whole source when it was coded: who changes the text is told that its codes need another look."""

    codings: Mapped[list["Coding"]] = relationship(back_populates="segment", cascade="all, delete-orphan")


class Coding(Base):
    """One coder says that a code fits a segment; ``done`` without a code says that none does."""

    __tablename__ = "coding"
    __table_args__ = (UniqueConstraint("segment_id", "code_id", "coder_id"), NEVER_REUSED)

    id: Mapped[int] = plain(primary_key=True)
    segment_id: Mapped[int] = plain(ForeignKey("segment.id", ondelete="CASCADE"), index=True)
    code_id: Mapped[int | None] = plain(ForeignKey("code.id", ondelete="CASCADE"), index=True)
    """Empty where the coder looked at it and no code fits."""
    coder_id: Mapped[int] = plain(ForeignKey("user.id"))
    memo: Mapped[str] = plain(Text, default="")
    coded_at: Mapped[datetime] = plain(UtcDateTime)

    segment: Mapped[Segment] = relationship(back_populates="codings")
    code: Mapped[Code | None] = relationship()
    coder: Mapped[User] = relationship()


class Resolution(Base):
    """Whether a code fits a segment about which coders disagreed; what each of them said stays."""

    __tablename__ = "resolution"

    segment_id: Mapped[int] = plain(ForeignKey("segment.id", ondelete="CASCADE"), primary_key=True)
    code_id: Mapped[int] = plain(ForeignKey("code.id", ondelete="CASCADE"), primary_key=True)
    fits: Mapped[bool] = plain()
    reason: Mapped[str] = plain(Text, default="")
    resolved_by: Mapped[int] = plain(ForeignKey("user.id"))
    resolved_at: Mapped[datetime] = plain(UtcDateTime)


class TextRelease(Base):
    """A text as readers outside the team may see it, once a person decided so: the redacted words of one source."""

    __tablename__ = "text_release"
    __table_args__ = (
        UniqueConstraint("source", "source_key"),
        CheckConstraint(_OF_A_SOURCE, name="source"),
        CheckConstraint(f"state IN {RELEASE_STATES}", name="state"),
        CheckConstraint(f"consent IN {CONSENTS}", name="consent"),
        NEVER_REUSED,
    )

    id: Mapped[int] = plain(primary_key=True)
    wave_id: Mapped[int] = plain(ForeignKey("wave.id", ondelete="CASCADE"), index=True)
    source: Mapped[str] = plain(String(10))
    source_key: Mapped[str] = plain(String(90))
    theme: Mapped[str] = plain(String(40), default="")
    membership_id: Mapped[int | None] = plain(ForeignKey("membership.id", ondelete="CASCADE"))
    """Whose organisation it is from; readers learn it only where it cannot single anybody out."""
    names_organisation: Mapped[bool] = plain(default=False)
    """A person decided that readers may learn the organisation, where enough people of it took part."""
    role: Mapped[str] = plain(String(40), default="")
    state: Mapped[str] = plain(String(20), default="proposed")
    consent: Mapped[str] = plain(String(20), default="none")
    text: Mapped[str] = personal(Text)
    """Redacted."""
    text_digest: Mapped[str] = plain(String(64))
    """Of the source when it was redacted."""
    suggestions: Mapped[list[dict[str, object]]] = plain(JSON, default=list)
    """What looked personal, without the words: ``kind``, ``begins``, ``ends``, ``accepted``."""
    reason: Mapped[str] = plain(Text, default="")
    decided_by: Mapped[int | None] = plain(ForeignKey("user.id"))
    decided_at: Mapped[datetime | None] = plain(UtcDateTime)
