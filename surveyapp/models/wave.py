"""A wave: one time that an evaluation asks; it opens and closes and has invitations."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, relationship

from surveyapp.models.base import NEVER_REUSED, Base, UtcDateTime, personal, plain
from surveyapp.models.evaluation import Evaluation

ANONYMOUS = "anonymous"
REGIMES = ("attributable", "confidential", ANONYMOUS)


class EditionDocument(Base):
    """An edition as it was asked: framework, questionnaire and guide in one JSON text under its digest."""

    __tablename__ = "edition_document"

    digest: Mapped[str] = plain(String(64), primary_key=True)
    name: Mapped[str] = plain(String(80))
    document: Mapped[str] = plain(Text)


class Wave(Base):
    """One round of asking. Its state is derived from its times: see ``state_at``."""

    __tablename__ = "wave"
    __table_args__ = (
        UniqueConstraint("evaluation_id", "number"),
        CheckConstraint(f"regime IN {REGIMES}", name="regime"),
        CheckConstraint("closes_at > opens_at", name="period"),
        UniqueConstraint("id", "regime"),
        NEVER_REUSED,
    )

    id: Mapped[int] = plain(primary_key=True)
    evaluation_id: Mapped[int] = plain(ForeignKey("evaluation.id", ondelete="CASCADE"))
    number: Mapped[int] = plain()
    edition_digest: Mapped[str] = plain(ForeignKey("edition_document.digest"))
    regime: Mapped[str] = plain(String(20))
    ready_at: Mapped[datetime | None] = plain(UtcDateTime)
    """When it was opened: from then on questionnaire, participants and regime stand; empty while it is set up."""
    opens_at: Mapped[datetime] = plain(UtcDateTime)
    closes_at: Mapped[datetime] = plain(UtcDateTime)
    closed_at: Mapped[datetime | None] = plain(UtcDateTime)
    """When a researcher closed it; a wave whose ``closes_at`` has passed is closed too."""
    sender: Mapped[str] = plain(String(200))
    """The bureau that asks, as respondents read it."""
    contact_name: Mapped[str] = personal(String(200))
    contact_email: Mapped[str] = personal(String(254))
    languages: Mapped[list[str]] = plain(JSON, default=lambda: ["nl", "en"])
    """In which it asks and writes; the first is for whoever told no language."""
    targets: Mapped[dict[str, int]] = plain(JSON, default=dict)
    """Role -> the percentage that should answer."""
    expected: Mapped[dict[str, int]] = plain(JSON, default=dict)
    """Role -> how many people of each organisation will be asked, until they are known."""
    settled: Mapped[list[str]] = plain(JSON, default=list)
    """What somebody said during the set-up, where there would be a usual value: ``regime``, ``roles``, ``period``."""

    for_public: Mapped[bool] = plain(default=False)
    """Whether results may be published for everybody; respondents are told before the first question."""
    searchable: Mapped[bool] = plain(default=False)
    """Whether search engines may list the public page."""

    evaluation: Mapped[Evaluation] = relationship()
    edition: Mapped[EditionDocument] = relationship()

    def state_at(self, moment: datetime) -> str:
        """``draft``, ``planned``, ``open`` or ``closed``."""
        return state(self.ready_at, self.opens_at, self.closes_at, self.closed_at, moment)


def state(
    ready_at: datetime | None, opens_at: datetime, closes_at: datetime, closed_at: datetime | None, moment: datetime
) -> str:
    """``draft``, ``planned``, ``open`` or ``closed``, of a wave with these times. Drafts are tried only."""
    if ready_at is None:
        return "draft"
    if closed_at is not None or moment > closes_at:
        return "closed"
    return "open" if moment >= opens_at else "planned"
