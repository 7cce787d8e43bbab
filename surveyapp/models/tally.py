"""The two tallies: counts of submitted answers, small however many respond, from which everything is analysed."""

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped

from surveyapp.models.base import Base, plain


class ItemTally(Base):
    """How many submitted responses of an organisation and role gave this answer to this question.

    Kept for every question but those of words. ``answer`` is ``1``..``c``, ``dk``, ``na``, an option's key, a mark, a
    number, or empty for skipped, so that the counts of one question add up to everyone it was put to. An answer about
    several options counts each of them by itself (``next.a``): whether it was chosen, its place, its points.
    """

    __tablename__ = "item_tally"

    wave_id: Mapped[int] = plain(ForeignKey("wave.id", ondelete="CASCADE"), primary_key=True)
    question: Mapped[str] = plain(String(81), primary_key=True)
    membership_id: Mapped[int] = plain(ForeignKey("membership.id"), primary_key=True)
    role: Mapped[str] = plain(String(120), primary_key=True)
    answer: Mapped[str] = plain(String(40), primary_key=True)
    count: Mapped[int] = plain()


class ThemeTally(Base):
    """How many submitted responses answered this many scored items of a theme with this sum.

    ``total`` adds the codes after reversing reverse-worded items.
    """

    __tablename__ = "theme_tally"

    wave_id: Mapped[int] = plain(ForeignKey("wave.id", ondelete="CASCADE"), primary_key=True)
    theme: Mapped[str] = plain(String(40), primary_key=True)
    membership_id: Mapped[int] = plain(ForeignKey("membership.id"), primary_key=True)
    role: Mapped[str] = plain(String(120), primary_key=True)
    answered: Mapped[int] = plain(primary_key=True, autoincrement=False)
    total: Mapped[int] = plain(primary_key=True, autoincrement=False)
    count: Mapped[int] = plain()


Index("ix_item_tally_membership_id", ItemTally.membership_id)
Index("ix_theme_tally_membership_id", ThemeTally.membership_id)
