"""Finding the links with which organisations see their own response."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from surveyapp.models import CountLink, Evaluation, Membership, Organisation, Wave
from surveyapp.models.wave import state
from surveyapp.queries.tokens import token_hash


@dataclass(frozen=True)
class Counted:
    """Of what a link shows the response."""

    wave_id: int
    membership_id: int
    organisation: str
    title: dict[str, str]
    """Of the evaluation."""
    client: str
    sender: str
    contact_name: str
    contact_email: str
    languages: list[str]
    ready_at: datetime | None
    opens_at: datetime
    closes_at: datetime
    closed_at: datetime | None

    def state_at(self, moment: datetime) -> str:
        """Of the wave: ``draft``, ``planned``, ``open`` or ``closed``."""
        return state(self.ready_at, self.opens_at, self.closes_at, self.closed_at, moment)


_BY_TOKEN: Final = (
    select(
        Wave.id,
        Membership.id,
        Organisation.name,
        Evaluation.title,
        Evaluation.client,
        Wave.sender,
        Wave.contact_name,
        Wave.contact_email,
        Wave.languages,
        Wave.ready_at,
        Wave.opens_at,
        Wave.closes_at,
        Wave.closed_at,
    )
    .select_from(CountLink)
    .join(CountLink.wave)
    .join(Wave.evaluation)
    .join(CountLink.membership)
    .join(Membership.organisation)
    .where(CountLink.token_hash == bindparam("token_hash"), CountLink.revoked_at.is_(None))
)


def by_token(session: Session, token: str) -> Counted | None:
    """What this link is about; None when unknown or withdrawn."""
    row: Iterable[Any] | None = session.execute(_BY_TOKEN, {"token_hash": token_hash(token)}).one_or_none()
    return Counted(*row) if row is not None else None


def of_wave(session: Session, wave: Wave) -> dict[int, CountLink]:
    """Membership -> its link, withdrawn ones too."""
    return {link.membership_id: link for link in session.scalars(select(CountLink).filter_by(wave_id=wave.id))}


def by_id(session: Session, wave: Wave, number: int) -> CountLink | None:
    """The link of this wave with this number."""
    return session.scalar(select(CountLink).filter_by(id=number, wave_id=wave.id))
