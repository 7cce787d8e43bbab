"""Organisations, whatever their kind: a municipality, a regional body, a neighbourhood, a provider."""

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped

from surveyapp.models.base import NEVER_REUSED, Base, plain

KINDS = ("municipality", "region_body", "neighbourhood", "provider", "programme_team")


class Organisation(Base):
    """An organisation; ``code`` is official for a municipality (CBS ``GM0147``), else given by the installation."""

    __tablename__ = "organisation"
    __table_args__ = (CheckConstraint(f"kind IN {KINDS}", name="kind"), NEVER_REUSED)

    id: Mapped[int] = plain(primary_key=True)
    code: Mapped[str] = plain(String(20), unique=True)
    name: Mapped[str] = plain(String(200))
    kind: Mapped[str] = plain(String(20))
    parent_id: Mapped[int | None] = plain(ForeignKey("organisation.id"))
