"""Who is invited, by which link, and that they answered (not what)."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, relationship

from surveyapp.models.base import NEVER_REUSED, Base, UtcDateTime, personal, plain
from surveyapp.models.evaluation import Membership
from surveyapp.models.wave import Wave


class Invitee(Base):
    """A person asked to answer for an organisation in a role, in one wave."""

    __tablename__ = "invitee"
    __table_args__ = (Index(None, "wave_id", "membership_id", "role"), NEVER_REUSED)

    id: Mapped[int] = plain(primary_key=True)
    wave_id: Mapped[int] = plain(ForeignKey("wave.id", ondelete="CASCADE"))
    membership_id: Mapped[int] = plain(ForeignKey("membership.id"))
    role: Mapped[str] = plain(String(40))
    name: Mapped[str] = personal(String(200))
    email: Mapped[str] = personal(String(254))
    language: Mapped[str] = plain(String(10))
    test: Mapped[bool] = plain(default=False)
    """Nobody: made to try a wave that is being set up, and gone with everything answered when it opens."""
    opted_out_at: Mapped[datetime | None] = personal(UtcDateTime)
    """Since when this person wants no more mail."""

    wave: Mapped[Wave] = relationship()
    membership: Mapped[Membership] = relationship()


class OpenLink(Base):
    """One link for everybody in a role and place: who follows it says themselves who they are.

    An empty ``membership_id`` or ``role`` is chosen by who follows the link. Nothing of who followed it is kept: the
    numbers of starts hold off floods.
    """

    __tablename__ = "open_link"
    __table_args__ = (NEVER_REUSED,)

    id: Mapped[int] = plain(primary_key=True)
    wave_id: Mapped[int] = plain(ForeignKey("wave.id", ondelete="CASCADE"), index=True)
    membership_id: Mapped[int | None] = plain(ForeignKey("membership.id"))
    role: Mapped[str | None] = plain(String(40))
    generation: Mapped[int] = plain(default=1)
    """Counts reissues, as of an invitation."""
    token_hash: Mapped[str | None] = plain(String(64), unique=True)
    revoked_at: Mapped[datetime | None] = plain(UtcDateTime)
    most: Mapped[int | None] = plain()
    """Participants at most; empty for no limit."""
    started: Mapped[int] = plain(default=0)
    """How often it was started."""
    minute: Mapped[datetime | None] = plain(UtcDateTime)
    """The minute in which it was last started, for ``started_in_minute``."""
    started_in_minute: Mapped[int] = plain(default=0)

    wave: Mapped[Wave] = relationship()
    membership: Mapped[Membership | None] = relationship()


class Invitation(Base):
    """A personal link: of an invitee, or of somebody who came through an open link and said who they are.

    The token is derived from the server key, the id and the generation; only its hash is here.
    """

    __tablename__ = "invitation"
    __table_args__ = (
        CheckConstraint("(invitee_id IS NULL) <> (open_link_id IS NULL)", name="either"),
        CheckConstraint(
            "(open_link_id IS NULL) = (declared_membership_id IS NULL)"
            " AND (open_link_id IS NULL) = (declared_role IS NULL)",
            name="declared",
        ),
        NEVER_REUSED,
    )

    id: Mapped[int] = plain(primary_key=True)
    invitee_id: Mapped[int | None] = plain(ForeignKey("invitee.id", ondelete="CASCADE"), unique=True)
    open_link_id: Mapped[int | None] = plain(ForeignKey("open_link.id", ondelete="CASCADE"), index=True)
    declared_membership_id: Mapped[int | None] = plain(ForeignKey("membership.id"))
    declared_role: Mapped[str | None] = plain(String(40))
    repeated: Mapped[bool] = plain(default=False)
    """Somebody took part before on the same device, and said to be another person."""
    begun_with: Mapped[str | None] = personal(String(64), unique=True)
    """SHA-256, hexadecimal, of a random number in the form with which an open link was followed: pressing twice is
    starting once."""
    generation: Mapped[int] = plain(default=1)
    """Counts reissues: a higher generation gives another token and ends the old one."""
    token_hash: Mapped[str | None] = personal(String(64), unique=True)
    """SHA-256 of the token, hexadecimal; empty only between the insert and the derivation that needs the id."""
    revoked_at: Mapped[datetime | None] = plain(UtcDateTime)

    invitee: Mapped[Invitee | None] = relationship()
    open_link: Mapped[OpenLink | None] = relationship()
    declared_membership: Mapped[Membership | None] = relationship()

    @property
    def wave(self) -> Wave:
        """In which this answers."""
        through = self.invitee or self.open_link
        if through is None:
            raise ValueError("an invitation belongs to an invitee or to an open link")
        return through.wave

    @property
    def membership(self) -> Membership:
        """The organisation that is answered for: as invited, or as they said themselves."""
        found = self.invitee.membership if self.invitee is not None else self.declared_membership
        if found is None:
            raise ValueError("who comes through an open link says for which organisation")
        return found

    @property
    def role(self) -> str:
        """As what they answer: as invited, or as they said themselves."""
        found = self.invitee.role if self.invitee is not None else self.declared_role
        if found is None:
            raise ValueError("who comes through an open link says as what")
        return found


class Receipt(Base):
    """That an invitation was answered; what was answered is a ``Response``."""

    __tablename__ = "receipt"

    invitation_id: Mapped[int] = plain(
        ForeignKey("invitation.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
