"""Mail to the readers of a review: who would get it now, and what became of it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp.models import Mail, Review, Reviewer
from surveyapp.queries.mailings import REACHED

LINK: Final = "review"
REMINDER: Final = "review-reminder"
PAUSE: Final = timedelta(days=1)
"""How long nobody is reminded after a mail: a second press never mails anybody twice."""
_UNDONE: Final = frozenset({"failed", "cancelled"})
"""States of mail that nobody got, and nobody will."""


def recipients(session: Session, review: Review, purpose: str, now: datetime) -> list[Reviewer]:
    """The readers who would get this mail, in the order in which they were added.

    Never: who has no address, no link any more, or has answered. The link goes to who has not been mailed it; a
    reminder to who was mailed, not in the last ``PAUSE``, where that mail did not fail or come back.
    """
    mails = of_readers(session, review)
    wants = _wants_link if purpose == LINK else _wants_reminder
    return [reader for reader in review.readers if _can_be_asked(reader) and wants(mails.get(reader.id, ()), now)]


def of_readers(session: Session, review: Review) -> dict[int, list[Mail]]:
    """Reader -> every mail to them, in the order in which they were made."""
    found: dict[int, list[Mail]] = {}
    mails = select(Mail).join(Reviewer, Reviewer.id == Mail.reviewer_id).where(Reviewer.review_id == review.id)
    for mail in session.scalars(mails.order_by(Mail.id)):
        if mail.reviewer_id is not None:
            found.setdefault(mail.reviewer_id, []).append(mail)
    return found


def last_number(session: Session, reader: Reviewer, purpose: str) -> int:
    """Of the mails for this purpose to this reader; 0 where there is none."""
    asked = select(func.max(Mail.number)).where(Mail.reviewer_id == reader.id, Mail.purpose == purpose)
    return session.scalar(asked) or 0


def has_answered(reader: Reviewer) -> bool:
    """Whether this reader made a remark or said what they think of the whole."""
    return reader.answered_at is not None


def _can_be_asked(reader: Reviewer) -> bool:
    return bool(reader.email) and reader.token_hash is not None and not has_answered(reader)


def _wants_link(mails: Sequence[Mail], _now: datetime) -> bool:
    return all(mail.state in _UNDONE for mail in mails)


def _wants_reminder(mails: Sequence[Mail], now: datetime) -> bool:
    counted = [mail for mail in mails if mail.state != "cancelled"]
    if not counted:
        return False
    return counted[-1].state in REACHED and now - (counted[-1].sent_at or counted[-1].due_at) >= PAUSE
