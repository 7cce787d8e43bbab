"""What was answered: a response and its answers, saved as they come.

A response of an anonymous wave is known by its invitation only while it is a draft. Handing it in makes another row of
it, under a number drawn at random, of which nothing leads back; the constraints make anything else impossible.
"""

import secrets
from datetime import datetime

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Text,
    and_,
)
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, relationship

from surveyapp.models.base import NEVER_REUSED, Base, UtcDateTime, personal, plain
from surveyapp.models.evaluation import Membership
from surveyapp.models.invitation import Invitation
from surveyapp.models.wave import Wave
from surveyapp.questionnaires.condition import Standing

IMPORT = "import"
CHANNELS = ("web", "paper", "telephone", IMPORT)
LONGEST_REASON = 500
RandomId = BigInteger().with_variant(Integer, "sqlite")
"""SQLite keeps rows in the order of such a key, which is no order at all."""


def random_id() -> int:
    """A number that says nothing about when it was given out."""
    return secrets.randbits(62)


class PromiseText(Base):
    """A promise about who will see what, word for word as respondents read it before the first question."""

    __tablename__ = "promise_text"

    digest: Mapped[str] = plain(String(64), primary_key=True)
    wave_id: Mapped[int] = plain(ForeignKey("wave.id", ondelete="CASCADE"), primary_key=True, autoincrement=False)
    language: Mapped[str] = plain(String(10))
    text: Mapped[str] = plain(Text)


class MergedRole(Base):
    """Under which role the answers of an organisation's role are kept in an anonymous wave: see ``actions.cells``."""

    __tablename__ = "merged_role"

    wave_id: Mapped[int] = plain(ForeignKey("wave.id", ondelete="CASCADE"), primary_key=True, autoincrement=False)
    membership_id: Mapped[int] = plain(ForeignKey("membership.id"), primary_key=True, autoincrement=False)
    role: Mapped[str] = plain(String(40), primary_key=True)
    kept_as: Mapped[str] = plain(String(120))


class Response(Base):
    """One person's answers; a draft until ``submitted``. Only submitted responses that are not excluded are counted."""

    __tablename__ = "response"
    __table_args__ = (
        Index(None, "wave_id", "membership_id", "role"),
        ForeignKeyConstraint(["wave_id", "regime"], ["wave.id", "wave.regime"], ondelete="CASCADE"),
        CheckConstraint("submitted_at IS NULL OR submitted_at >= started_at", name="order"),
        CheckConstraint(
            "regime <> 'anonymous' OR (started_at IS NULL AND submitted_at IS NULL AND entered_by IS NULL"
            " AND channel = 'web' AND (invitation_id IS NULL) = submitted AND (promise IS NULL OR NOT submitted))",
            name="anonymous",
        ),
        CheckConstraint(
            "regime = 'anonymous' OR (invitation_id IS NOT NULL AND started_at IS NOT NULL"
            " AND (submitted_at IS NOT NULL) = submitted)",
            name="known",
        ),
        CheckConstraint(f"channel IN {CHANNELS}", name="channel"),
        CheckConstraint(
            "(excluded_at IS NULL) = (excluded_reason IS NULL) AND (excluded_by IS NULL OR excluded_at IS NOT NULL)"
            " AND (excluded_at IS NULL OR regime <> 'anonymous')",
            name="excluded",
        ),
    )

    id: Mapped[int] = plain(RandomId, primary_key=True, autoincrement=False, default=random_id)
    invitation_id: Mapped[int | None] = personal(ForeignKey("invitation.id"), unique=True)
    wave_id: Mapped[int] = plain()
    regime: Mapped[str] = plain(String(20))
    """Of the wave, which therefore cannot change any more."""
    membership_id: Mapped[int] = plain(ForeignKey("membership.id"))
    role: Mapped[str] = plain(String(120))
    """Of the questionnaire, or ``kept_as`` of a ``MergedRole``."""
    submitted: Mapped[bool] = plain(default=False)
    started_at: Mapped[datetime | None] = personal(UtcDateTime)
    submitted_at: Mapped[datetime | None] = personal(UtcDateTime)
    promise: Mapped[str | None] = plain(String(64))
    """The digest of the ``PromiseText`` that was read before starting."""
    channel: Mapped[str] = plain(String(20), default="web")
    entered_by: Mapped[int | None] = plain(ForeignKey("user.id"))
    """The researcher who entered a response from paper or the telephone, or who imported it."""
    excluded_at: Mapped[datetime | None] = plain(UtcDateTime)
    """Since when it counts nowhere, however complete it is."""
    excluded_by: Mapped[int | None] = plain(ForeignKey("user.id"))
    excluded_reason: Mapped[str | None] = personal(String(LONGEST_REASON))

    invitation: Mapped[Invitation | None] = relationship()
    membership: Mapped[Membership] = relationship()
    wave: Mapped[Wave] = relationship()

    @hybrid_property
    def counts(self) -> bool:
        """Whether it was submitted and nobody excluded it."""
        return self.submitted and self.excluded_at is None

    @counts.inplace.expression
    @classmethod
    def _counts(cls) -> ColumnElement[bool]:
        return and_(cls.submitted, cls.excluded_at.is_(None))

    @property
    def standing(self) -> Standing:
        """Who answers, as far as the questionnaire looks at it."""
        return Standing(self.role, self.membership.organisation.code, self.membership.organisation.kind)


class Delegation(Base):
    """A section passed to a colleague, who answers it through a link of their own; the respondent sends."""

    __tablename__ = "delegation"
    __table_args__ = (NEVER_REUSED,)

    id: Mapped[int] = plain(primary_key=True)
    response_id: Mapped[int] = plain(RandomId, ForeignKey("response.id", ondelete="CASCADE"), index=True)
    section: Mapped[str] = plain(String(40))
    name: Mapped[str] = personal(String(200))
    email: Mapped[str] = personal(String(254))
    language: Mapped[str] = plain(String(10))
    token_hash: Mapped[str | None] = personal(String(64), unique=True)
    """As of an invitation; derived from the server key and the id."""
    created_at: Mapped[datetime] = personal(UtcDateTime)
    finished_at: Mapped[datetime | None] = personal(UtcDateTime)
    """When the colleague said to be done."""
    ended_at: Mapped[datetime | None] = personal(UtcDateTime)
    """When the respondent took it back; the link has ended."""

    response: Mapped[Response] = relationship()


class Answer(Base):
    """One answer, written as the interface writes it; a skipped question has no row or an empty value."""

    __tablename__ = "answer"
    __table_args__ = ({"sqlite_with_rowid": False},)

    response_id: Mapped[int] = plain(
        RandomId, ForeignKey("response.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    question: Mapped[str] = plain(String(60), primary_key=True)
    """The question's key, or with a part after a dot: see ``Questionnaire.stored``."""
    value: Mapped[str] = personal(Text)
    hidden: Mapped[bool] = plain(default=False)
    """Handed in while its question was not shown: kept, never counted or read."""
    delegation_id: Mapped[int | None] = plain(ForeignKey("delegation.id", ondelete="SET NULL"), index=True)
    """Through whose hands it came, when a colleague answered."""
