"""Settings that live in the database because they belong to its data."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped

from surveyapp.models.base import Base, plain


class Setting(Base):
    """A named value; ``demonstration`` = ``on`` marks a database whose sign-in links may be used on loopback."""

    __tablename__ = "setting"

    name: Mapped[str] = plain(String(40), primary_key=True)
    value: Mapped[str] = plain(String(200))
