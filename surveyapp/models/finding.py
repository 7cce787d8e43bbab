"""Findings and recommendations, and the texts of reports: what a researcher says, and what it rests on."""

from datetime import datetime
from typing import Final

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, relationship

from surveyapp.models.base import NEVER_REUSED, Base, UtcDateTime, plain, unique_where_empty
from surveyapp.models.evaluation import Membership
from surveyapp.models.user import User
from surveyapp.models.wave import Wave

JUDGEMENTS: Final = ("met", "partly", "not", "not-established")
STANCES: Final = ("supports", "contradicts")
SUPPORTS: Final = ("score", "code", "answer", "quote", "note", "reference")
"""What a finding can rest on: a score (of a theme or statement), a code of open answers, one released text, a note of
an interview, a document."""
BELONGS_TO: Final = ("process", "organisation")
TIMINGS: Final = ("now", "next-round", "later")
EFFORTS: Final = ("small", "medium", "large")


class Finding(Base):
    """What is the case, about a theme; and apart from it what the criterion makes of that."""

    __tablename__ = "finding"
    __table_args__ = (
        UniqueConstraint("wave_id", "number"),
        CheckConstraint(f"judgement IN {JUDGEMENTS}", name="judgement"),
        NEVER_REUSED,
    )

    id: Mapped[int] = plain(primary_key=True)
    wave_id: Mapped[int] = plain(ForeignKey("wave.id", ondelete="CASCADE"), index=True)
    number: Mapped[int] = plain()
    """By which a report refers to it; never given out twice in a wave."""
    theme: Mapped[str] = plain(String(40))
    membership_id: Mapped[int | None] = plain(ForeignKey("membership.id", ondelete="CASCADE"), index=True)
    """Empty where it is about the region."""
    role: Mapped[str] = plain(String(40), default="")
    """Empty where it is about everybody."""
    fact: Mapped[str] = plain(Text)
    judgement: Mapped[str] = plain(String(20), default="not-established")
    judgement_reason: Mapped[str] = plain(Text, default="")
    position: Mapped[int] = plain(default=0)
    in_report: Mapped[bool] = plain(default=False)
    """Whether readers outside the team will see it."""
    version: Mapped[int] = plain(default=1)
    written_by: Mapped[int] = plain(ForeignKey("user.id"))
    written_at: Mapped[datetime] = plain(UtcDateTime)

    wave: Mapped[Wave] = relationship()
    membership: Mapped[Membership | None] = relationship()
    writer: Mapped[User] = relationship()
    supports: Mapped[list["Support"]] = relationship(
        back_populates="finding", order_by="Support.id", cascade="all, delete-orphan"
    )
    recommendations: Mapped[list["Recommendation"]] = relationship(
        secondary="recommendation_basis", back_populates="findings", order_by="Recommendation.number"
    )


class Support(Base):
    """A link from a finding to what supports or contradicts it."""

    __tablename__ = "support"
    __table_args__ = (
        UniqueConstraint("finding_id", "kind", "target"),
        CheckConstraint(f"kind IN {SUPPORTS}", name="kind"),
        CheckConstraint(f"stance IN {STANCES}", name="stance"),
        NEVER_REUSED,
    )

    id: Mapped[int] = plain(primary_key=True)
    finding_id: Mapped[int] = plain(ForeignKey("finding.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = plain(String(20))
    target: Mapped[str] = plain(String(120))
    """A score as ``level:key:organisation:role`` (``all`` for everybody), a code's key, an answer as ``response
    id:question``, the id of a quote, note or reference."""
    stance: Mapped[str] = plain(String(20), default="supports")
    remark: Mapped[str] = plain(Text, default="")
    """The page of a document, or why it counts."""

    finding: Mapped[Finding] = relationship(back_populates="supports")


class Recommendation(Base):
    """A handreiking: who should do what, when; and which findings it follows from."""

    __tablename__ = "recommendation"
    __table_args__ = (
        UniqueConstraint("wave_id", "number"),
        CheckConstraint(f"belongs_to IN {BELONGS_TO}", name="belongs_to"),
        CheckConstraint(f"timing IN {TIMINGS}", name="timing"),
        CheckConstraint(f"effort IN {EFFORTS}", name="effort"),
        NEVER_REUSED,
    )

    id: Mapped[int] = plain(primary_key=True)
    wave_id: Mapped[int] = plain(ForeignKey("wave.id", ondelete="CASCADE"), index=True)
    number: Mapped[int] = plain()
    text: Mapped[str] = plain(Text)
    explanation: Mapped[str] = plain(Text, default="")
    addressee: Mapped[str] = plain(String(200))
    membership_id: Mapped[int | None] = plain(ForeignKey("membership.id", ondelete="CASCADE"), index=True)
    """Where it is for one organisation only."""
    belongs_to: Mapped[str] = plain(String(20))
    timing: Mapped[str] = plain(String(20))
    effort: Mapped[str] = plain(String(20))
    theme: Mapped[str] = plain(String(40), default="")
    measure: Mapped[int | None] = plain()
    """Which measure of the guide's ``theme`` it was taken from, counted from 0; empty for a new one."""
    position: Mapped[int] = plain(default=0)
    in_report: Mapped[bool] = plain(default=False)
    version: Mapped[int] = plain(default=1)
    written_by: Mapped[int] = plain(ForeignKey("user.id"))
    written_at: Mapped[datetime] = plain(UtcDateTime)

    wave: Mapped[Wave] = relationship()
    membership: Mapped[Membership | None] = relationship()
    findings: Mapped[list[Finding]] = relationship(
        secondary="recommendation_basis", back_populates="recommendations", order_by=Finding.number
    )


class RecommendationBasis(Base):
    """That a recommendation follows from a finding."""

    __tablename__ = "recommendation_basis"

    recommendation_id: Mapped[int] = plain(ForeignKey("recommendation.id", ondelete="CASCADE"), primary_key=True)
    finding_id: Mapped[int] = plain(ForeignKey("finding.id", ondelete="CASCADE"), primary_key=True, index=True)


class ReportText(Base):
    """What a researcher wrote in a section of a report, apart from what the machine writes there."""

    __tablename__ = "report_text"
    __table_args__ = (
        UniqueConstraint("wave_id", "kind", "membership_id", "section", "language"),
        unique_where_empty(
            "uq_report_text_of_the_region", "wave_id", "kind", "section", "language", empty="membership_id"
        ),
        NEVER_REUSED,
    )

    id: Mapped[int] = plain(primary_key=True)
    wave_id: Mapped[int] = plain(ForeignKey("wave.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = plain(String(40))
    """Of the report: ``region`` or ``municipality``."""
    membership_id: Mapped[int | None] = plain(ForeignKey("membership.id", ondelete="CASCADE"))
    section: Mapped[str] = plain(String(60))
    language: Mapped[str] = plain(String(10))
    text: Mapped[str] = plain(Text)
    """Markdown; ``{{score g3}}`` and the like stand for numbers."""
    numbers: Mapped[dict[str, str]] = plain(JSON, default=dict)
    """Each reference with the number that stood there when the text was last read over."""
    version: Mapped[int] = plain(default=1)
    written_by: Mapped[int] = plain(ForeignKey("user.id"))
    written_at: Mapped[datetime] = plain(UtcDateTime)
