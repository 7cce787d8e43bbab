"""One person's response and answers."""

from dataclasses import dataclass
from typing import Final, Protocol

from sqlalchemy import bindparam, exists, select
from sqlalchemy.orm import Session

from surveyapp.models import Answer, Invitation, Receipt, Response
from surveyapp.questionnaires.condition import Standing


class Answering(Protocol):
    """A response by what its verbs need of it: the row itself (``Response``), or the part that a request has."""

    @property
    def id(self) -> int: ...
    @property
    def invitation_id(self) -> int | None: ...
    @property
    def wave_id(self) -> int: ...
    @property
    def regime(self) -> str: ...
    @property
    def membership_id(self) -> int: ...
    @property
    def role(self) -> str: ...
    @property
    def standing(self) -> Standing: ...


@dataclass(frozen=True)
class Begun:
    """A response as one request knows it."""

    id: int
    invitation_id: int
    wave_id: int
    regime: str
    membership_id: int
    standing: Standing

    @property
    def role(self) -> str:
        """Under which the answers are kept."""
        return self.standing.role


_OF: Final = select(Response).where(Response.invitation_id == bindparam("invitation_id"))
_ANSWERS: Final = select(Answer.question, Answer.value).where(Answer.response_id == bindparam("response_id"))
_COUNTED: Final = _ANSWERS.where(~Answer.hidden)
_SENT: Final = select(exists().where(Receipt.invitation_id == bindparam("invitation_id")))


def of(session: Session, invitation: Invitation) -> Response | None:
    """What was begun with this invitation, if anything."""
    return session.scalar(_OF, {"invitation_id": invitation.id})


def answers(session: Session, response: Answering) -> dict[str, str]:
    """Question -> answer as it stands now; empty where it was taken back."""
    rows = session.connection().execute(_ANSWERS, {"response_id": response.id})
    return {row[0]: row[1] for row in rows.all()}


def counted_answers(session: Session, response: Answering) -> dict[str, str]:
    """The same without what was handed in while its question was not shown."""
    rows = session.connection().execute(_COUNTED, {"response_id": response.id})
    return {row[0]: row[1] for row in rows.all()}


def is_sent(session: Session, invitation_id: int) -> bool:
    """Whether there is a receipt."""
    return bool(session.connection().scalar(_SENT, {"invitation_id": invitation_id}))
