"""An evaluation: a client's study, with the organisations that take part in it."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, relationship

from surveyapp.models.base import NEVER_REUSED, Base, UtcDateTime, plain
from surveyapp.models.organisation import Organisation


class Evaluation(Base):
    """A client's study. ``slug`` names it in addresses."""

    __tablename__ = "evaluation"
    __table_args__ = (NEVER_REUSED,)

    id: Mapped[int] = plain(primary_key=True)
    slug: Mapped[str] = plain(String(80), unique=True)
    title: Mapped[dict[str, str]] = plain(JSON)
    client: Mapped[str] = plain(String(200))
    """Who asks for it, as respondents read it."""
    created_at: Mapped[datetime] = plain(UtcDateTime)

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
