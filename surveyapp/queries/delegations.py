"""Sections that respondents passed to colleagues."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from surveyapp.models import Answer, Delegation, Invitation, Invitee, Response
from surveyapp.queries.responses import Answering
from surveyapp.queries.tokens import token_hash


@dataclass(frozen=True)
class Delegated:
    """A section in the hands of a colleague."""

    id: int
    section: str
    name: str
    email: str
    language: str
    finished_at: datetime | None
    ended_at: datetime | None

    @property
    def lasts(self) -> bool:
        """Whether the colleague's link works."""
        return self.ended_at is None


@dataclass(frozen=True)
class Received:
    """The same as the colleague comes with it: of whose invitation, and who asked."""

    delegated: Delegated
    invitation_id: int
    asker: str
    """The name of the respondent who passed the section on."""


_COLUMNS: Final = (
    Delegation.id,
    Delegation.section,
    Delegation.name,
    Delegation.email,
    Delegation.language,
    Delegation.finished_at,
    Delegation.ended_at,
)
_OF_RESPONSE: Final = (
    select(*_COLUMNS).where(Delegation.response_id == bindparam("response_id")).order_by(Delegation.id)
)
_BY_TOKEN: Final = (
    select(*_COLUMNS, Invitation.id.label("invitation_id"), Invitee.name.label("asker"))
    .select_from(Delegation)
    .join(Response, Response.id == Delegation.response_id)
    .join(Invitation, Invitation.id == Response.invitation_id)
    .join(Invitee, Invitee.id == Invitation.invitee_id)
    .where(Delegation.token_hash == bindparam("token_hash"))
)
_GIVEN: Final = select(Answer.question, Answer.delegation_id).where(
    Answer.response_id == bindparam("response_id"), Answer.delegation_id.is_not(None)
)


def of(session: Session, response: Answering) -> tuple[Delegated, ...]:
    """Everything that was passed on, in that order, what was taken back among it."""
    rows = session.connection().execute(_OF_RESPONSE, {"response_id": response.id})
    return tuple(Delegated(**row) for row in rows.mappings())


def by_token(session: Session, token: str) -> Received | None:
    """What a colleague's link leads to, taken back or not; None when unknown, or withdrawn with its answers."""
    row = session.connection().execute(_BY_TOKEN, {"token_hash": token_hash(token)}).mappings().one_or_none()
    if row is None:
        return None
    columns = dict(row)
    invitation_id, asker = columns.pop("invitation_id"), columns.pop("asker")
    return Received(Delegated(**columns), invitation_id, asker)


def given(session: Session, response: Answering) -> dict[str, int]:
    """Key of an answer -> the delegation through which it was last changed; the respondent's own are not in it."""
    rows = session.connection().execute(_GIVEN, {"response_id": response.id})
    return {row.question: row.delegation_id for row in rows}
