"""Interviews: the agenda that a researcher made of the machine's, who talks when and where, and what was said.

A note is by one person about one topic, so two interviewers never write over one another; its id comes from the device
it was written on, so what is sent twice is kept once.
"""

from datetime import datetime
from typing import Final

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, relationship

from surveyapp.models.base import NEVER_REUSED, Base, UtcDateTime, personal, plain, unique_where_empty
from surveyapp.models.evaluation import Membership
from surveyapp.models.invitation import Invitee
from surveyapp.models.user import User
from surveyapp.models.wave import Wave

TOPIC_KINDS: Final = ("topic", "strength", "regional", "own")
INTERVIEW_STATES: Final = ("planned", "held", "cancelled")
MARKS: Final = ("confirms", "contradicts", "nuance", "new")
CONSENTS: Final = ("none", "paraphrase", "unattributed", "role", "name")
"""What somebody agreed to for their words: not quoted, only in other words, without saying whose, with the role, by
name."""


class Agenda(Base):
    """The topics of the interviews of an organisation, or of the programme team, with one group or with everybody.

    It exists from the moment that a researcher changed what the machine proposed.
    """

    __tablename__ = "agenda"
    __table_args__ = (
        UniqueConstraint("wave_id", "membership_id", "role"),
        unique_where_empty("uq_agenda_of_the_programme", "wave_id", "role", empty="membership_id"),
        NEVER_REUSED,
    )

    id: Mapped[int] = plain(primary_key=True)
    wave_id: Mapped[int] = plain(ForeignKey("wave.id", ondelete="CASCADE"), index=True)
    membership_id: Mapped[int | None] = plain(ForeignKey("membership.id", ondelete="CASCADE"))
    """Empty for the programme team: what is asked about the whole."""
    role: Mapped[str] = plain(String(40), default="")
    """The group it is for; empty for everybody together."""
    minutes: Mapped[int] = plain(default=60)
    version: Mapped[int] = plain(default=1)
    """Counts changes: who saves an older one is told so."""
    data_digest: Mapped[str] = plain(String(64))
    """Of the tallies that it was last compared with."""

    wave: Mapped[Wave] = relationship()
    membership: Mapped[Membership | None] = relationship()
    topics: Mapped[list["AgendaTopic"]] = relationship(
        back_populates="agenda", order_by="AgendaTopic.position", cascade="all, delete-orphan"
    )


class AgendaTopic(Base):
    """A topic on an agenda: the machine's, as it was then, or the researcher's own."""

    __tablename__ = "agenda_topic"
    __table_args__ = (
        UniqueConstraint("agenda_id", "key"),
        CheckConstraint(f"kind IN {TOPIC_KINDS}", name="kind"),
        NEVER_REUSED,
    )

    id: Mapped[int] = plain(primary_key=True)
    agenda_id: Mapped[int] = plain(ForeignKey("agenda.id", ondelete="CASCADE"), index=True)
    position: Mapped[int] = plain()
    kind: Mapped[str] = plain(String(20))
    key: Mapped[str] = plain(String(40))
    """Of a theme or item of the questionnaire; a topic of the researcher's own has a key that starts with ``own-``."""
    title: Mapped[str] = plain(String(300), default="")
    """Of a topic of the researcher's own, or the researcher's words for the machine's."""
    questions: Mapped[list[str]] = plain(JSON, default=list)
    """The researcher's own; empty for those of the guide."""
    minutes: Mapped[int | None] = plain()
    """As the researcher set them; empty for its share."""
    dropped: Mapped[bool] = plain(default=False)
    merged_into: Mapped[str] = plain(String(40), default="")
    """The key of the topic that it is discussed with."""
    reason: Mapped[str] = plain(Text, default="")
    """Why the researcher added, dropped, moved or merged it."""
    proposed: Mapped[dict[str, object]] = plain(JSON, default=dict)
    """What the machine said when it was taken over or last updated: rank, priority, signals, steadiness."""

    agenda: Mapped[Agenda] = relationship(back_populates="topics")


class Interview(Base):
    """A conversation that is planned, or was held."""

    __tablename__ = "interview"
    __table_args__ = (CheckConstraint(f"state IN {INTERVIEW_STATES}", name="state"), NEVER_REUSED)

    id: Mapped[int] = plain(primary_key=True)
    wave_id: Mapped[int] = plain(ForeignKey("wave.id", ondelete="CASCADE"), index=True)
    membership_id: Mapped[int | None] = plain(ForeignKey("membership.id", ondelete="CASCADE"), index=True)
    """Empty for a conversation with the programme team."""
    role: Mapped[str] = plain(String(40), default="")
    """The group that is talked with, as of an agenda."""
    state: Mapped[str] = plain(String(20), default="planned")
    starts_at: Mapped[datetime | None] = plain(UtcDateTime)
    minutes: Mapped[int] = plain(default=60)
    place: Mapped[str] = personal(String(300), default="")
    language: Mapped[str] = plain(String(10), default="nl")
    calendar_uid: Mapped[str] = plain(String(64), unique=True)
    calendar_sequence: Mapped[int] = plain(default=0)
    """Counts changes of when and where, so that a calendar replaces what it has."""
    version: Mapped[int] = plain(default=1)
    created_at: Mapped[datetime] = plain(UtcDateTime)

    wave: Mapped[Wave] = relationship()
    membership: Mapped[Membership | None] = relationship()
    participants: Mapped[list["Participant"]] = relationship(
        back_populates="interview", order_by="Participant.id", cascade="all, delete-orphan"
    )
    interviewers: Mapped[list["Interviewer"]] = relationship(
        back_populates="interview", order_by="Interviewer.user_id", cascade="all, delete-orphan"
    )


class Participant(Base):
    """Somebody who is talked with."""

    __tablename__ = "participant"
    __table_args__ = (NEVER_REUSED,)

    id: Mapped[int] = plain(primary_key=True)
    interview_id: Mapped[int] = plain(ForeignKey("interview.id", ondelete="CASCADE"), index=True)
    invitee_id: Mapped[int | None] = personal(ForeignKey("invitee.id", ondelete="SET NULL"), index=True)
    """Who was invited to the questionnaire too."""
    name: Mapped[str] = personal(String(200))
    job: Mapped[str] = personal(String(200), default="")
    """The function, as in a list of who was talked with."""
    email: Mapped[str] = personal(String(254), default="")
    role: Mapped[str] = plain(String(40), default="")

    interview: Mapped[Interview] = relationship(back_populates="participants")
    invitee: Mapped[Invitee | None] = relationship()


class Interviewer(Base):
    """Who of the team holds an interview."""

    __tablename__ = "interviewer"

    interview_id: Mapped[int] = plain(ForeignKey("interview.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[int] = plain(ForeignKey("user.id"), primary_key=True)

    interview: Mapped[Interview] = relationship(back_populates="interviewers")
    user: Mapped[User] = relationship()


class Note(Base):
    """What one interviewer wrote down about one topic; ``topic`` is a key of the agenda, ``opening`` or ``closing``."""

    __tablename__ = "note"
    __table_args__ = (
        Index(None, "interview_id", "topic"),
        CheckConstraint(f"mark IN {('', *MARKS)}", name="mark"),
    )

    id: Mapped[str] = plain(String(36), primary_key=True)
    """A UUID, made where it was written."""
    interview_id: Mapped[int] = plain(ForeignKey("interview.id", ondelete="CASCADE"))
    topic: Mapped[str] = plain(String(40))
    author_id: Mapped[int] = plain(ForeignKey("user.id"))
    text: Mapped[str] = personal(Text)
    mark: Mapped[str] = plain(String(20), default="")
    version: Mapped[int] = plain(default=1)
    """Counts changes; from an older version, what came in is kept as a note of its own."""
    written_at: Mapped[datetime] = plain(UtcDateTime)

    interview: Mapped[Interview] = relationship()
    author: Mapped[User] = relationship()


class ConversationDraft(Base):
    """The report of a conversation as it is being written, before it is frozen for who was talked with to read."""

    __tablename__ = "conversation_draft"

    interview_id: Mapped[int] = plain(ForeignKey("interview.id", ondelete="CASCADE"), primary_key=True)
    texts: Mapped[dict[str, str]] = personal(JSON)
    """By topic."""
    version: Mapped[int] = plain(default=1)
    """Counts changes: who saves an older one is told so."""
    saved_by: Mapped[int] = plain(ForeignKey("user.id"))
    saved_at: Mapped[datetime] = plain(UtcDateTime)

    interview: Mapped[Interview] = relationship()
    author: Mapped[User] = relationship()


class Quote(Base):
    """Somebody's own words in an interview, with what they agreed to; for readers only once released as a text."""

    __tablename__ = "quote"
    __table_args__ = (CheckConstraint(f"consent IN {CONSENTS}", name="consent"),)

    id: Mapped[str] = plain(String(36), primary_key=True)
    interview_id: Mapped[int] = plain(ForeignKey("interview.id", ondelete="CASCADE"), index=True)
    topic: Mapped[str] = plain(String(40))
    participant_id: Mapped[int | None] = personal(ForeignKey("participant.id", ondelete="SET NULL"))
    text: Mapped[str] = personal(Text)
    consent: Mapped[str] = plain(String(20), default="none")
    author_id: Mapped[int] = plain(ForeignKey("user.id"))
    version: Mapped[int] = plain(default=1)
    written_at: Mapped[datetime] = plain(UtcDateTime)

    interview: Mapped[Interview] = relationship()
    participant: Mapped[Participant | None] = relationship()


class Reference(Base):
    """A document that an interview or a finding points to: what it is and where it is kept, never the file itself."""

    __tablename__ = "reference"
    __table_args__ = (NEVER_REUSED,)

    id: Mapped[int] = plain(primary_key=True)
    wave_id: Mapped[int] = plain(ForeignKey("wave.id", ondelete="CASCADE"), index=True)
    interview_id: Mapped[int | None] = plain(ForeignKey("interview.id", ondelete="SET NULL"), index=True)
    title: Mapped[str] = plain(String(300))
    place: Mapped[str] = plain(String(500), default="")
    """An address or a case number."""
    dated: Mapped[str] = plain(String(40), default="")
