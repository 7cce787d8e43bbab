"""When a mail may go: so many a minute for each mailing, also after a server or a worker was away for a while."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from surveyapp.models import Mail, Mailing

LATENESS: Final = timedelta(seconds=10)
"""How much later than its turn a mail still goes without waiting for another turn."""


def interval(mailing: Mailing) -> timedelta:
    """Between two mails of a mailing."""
    return timedelta(minutes=1) / mailing.per_minute


def turn(session: Session, mailing: Mailing | None, *, earliest: datetime) -> datetime:
    """The first moment from ``earliest`` that comes after all that went and all that wait their first turn.

    The caller holds the mailing, so that no two mails get the same turn. Mail of no mailing has no turn to wait for.
    """
    if mailing is None:
        return earliest
    in_line = or_(Mail.state.not_in(("waiting", "cancelled")), (Mail.state == "waiting") & (Mail.attempts == 0))
    last = session.scalar(select(func.max(Mail.due_at)).where(Mail.mailing_id == mailing.id, in_line))
    return earliest if last is None else max(earliest, last + interval(mailing))
