"""Organisations, whatever their kind: a municipality, a regional body, a neighbourhood, a provider."""

from typing import get_args

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped

from surveyapp.models.base import NEVER_REUSED, Base, plain
from surveyapp.questionnaires.condition import OrganisationKind

KINDS = get_args(OrganisationKind)


class Organisation(Base):
    """An organisation; ``code`` is official for a municipality (CBS ``GM0147``), else given by the installation."""

    __tablename__ = "organisation"
    __table_args__ = (CheckConstraint(f"kind IN {KINDS}", name="kind"), NEVER_REUSED)

    id: Mapped[int] = plain(primary_key=True)
    code: Mapped[str] = plain(String(20), unique=True)
    name: Mapped[str] = plain(String(200))
    kind: Mapped[str] = plain(String(20))
    parent_id: Mapped[int | None] = plain(ForeignKey("organisation.id"))
