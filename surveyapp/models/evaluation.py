"""An evaluation: a client's study, with the organisations that take part in it."""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, relationship

from surveyapp.models.base import NEVER_REUSED, Base, UtcDateTime, personal, plain
from surveyapp.models.organisation import Organisation

GROUNDS = ("public-task", "consent", "legitimate-interest")
"""On which a study may use personal data: article 6, first paragraph, e, a and f of the GDPR."""


class Evaluation(Base):
    """A client's study. ``slug`` names it in addresses."""

    __tablename__ = "evaluation"
    __table_args__ = (CheckConstraint(f"ground IN {GROUNDS}", name="ground"), NEVER_REUSED)

    id: Mapped[int] = plain(primary_key=True)
    slug: Mapped[str] = plain(String(80), unique=True)
    title: Mapped[dict[str, str]] = plain(JSON)
    client: Mapped[str] = plain(String(200))
    """Who asks for it, as respondents read it."""
    created_at: Mapped[datetime] = plain(UtcDateTime)
    purpose: Mapped[dict[str, str]] = plain(JSON, default=dict)
    """What the study is for, as invitees read it on its privacy page."""
    ground: Mapped[str] = plain(String(40), default=GROUNDS[0])
    privacy_contact: Mapped[str] = personal(String(254), default="")
    """The address for requests about personal data; empty for the contact of the wave."""
    invitees_until: Mapped[date | None] = plain(Date)
    """After this day names, addresses and links are erased; counts remain."""
    texts_until: Mapped[date | None] = plain(Date)
    """After this day everything that somebody wrote is erased."""
    answers_until: Mapped[date | None] = plain(Date)
    """After this day single answers are erased; the tallies and what was published remain."""

    memberships: Mapped[list["Membership"]] = relationship(back_populates="evaluation", order_by="Membership.position")


class Membership(Base):
    """An organisation in a study: its own list, because a region changes over the years."""

    __tablename__ = "membership"
    __table_args__ = (UniqueConstraint("evaluation_id", "organisation_id"), NEVER_REUSED)

    id: Mapped[int] = plain(primary_key=True)
    evaluation_id: Mapped[int] = plain(ForeignKey("evaluation.id", ondelete="CASCADE"), index=True)
    organisation_id: Mapped[int] = plain(ForeignKey("organisation.id"))
    position: Mapped[int] = plain()
    """The order in tables and figures."""

    evaluation: Mapped[Evaluation] = relationship(back_populates="memberships")
    organisation: Mapped[Organisation] = relationship()
