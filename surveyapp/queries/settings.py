"""The settings that live in the database."""

from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.models import Setting

DEMONSTRATION: Final = "demonstration"


def is_demonstration(session: Session) -> bool:
    """Whether this database is a demonstration, in which links sign in without a password."""
    return session.scalar(select(Setting.value).where(Setting.name == DEMONSTRATION)) == "on"
