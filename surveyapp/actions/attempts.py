"""Slowing down who guesses: failures are counted in the database, per account and per address, known or not."""

import hashlib
import hmac
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, delete, select
from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.errors import NotAllowed
from surveyapp.models import Attempt, upsert

FREE: Final = {"account": 5, "address": 30, "code": 5, "forgotten": 3}
"""Failures before there is a wait: at an account's password, from one network address (many people may share it), at
an account's second step, and requests for a new password."""
LONGEST_WAIT: Final = timedelta(minutes=15)
FORGOTTEN: Final = timedelta(days=1)


def who(kind: str, value: str, secret_key: str) -> str:
    """Whose attempts: ``kind`` is one of ``FREE``; nobody without the server key can tell which."""
    return f"{kind}:{hmac.new(secret_key.encode(), f'{kind}:{value}'.encode(), hashlib.sha256).hexdigest()[:48]}"


def must_wait_no_longer(connection: Connection, names: Iterable[str]) -> None:
    """Raise ``NotAllowed`` (``too-many-attempts``, ``seconds``) while any of these must wait.

    After the free failures each next one doubles the wait, from one second to a quarter of an hour.
    """
    found = select(Attempt.who, Attempt.failures, Attempt.last_at).where(Attempt.who.in_(list(names)))
    left = max((_seconds_left(*row) for row in connection.execute(found)), default=0.0)
    if left > 0:
        raise NotAllowed("too-many-attempts", seconds=int(left) + 1)


def failed(session: Session, names: Iterable[str]) -> None:
    """Count one more for each; who failed long ago begins afresh."""
    moment = clock.now()
    session.execute(delete(Attempt).where(Attempt.last_at < moment - FORGOTTEN))
    for name in sorted(names):
        upsert.insert_missing(session, Attempt, {"who": name, "failures": 0, "last_at": moment})
        counted = session.get_one(Attempt, name, with_for_update=True, populate_existing=True)
        counted.failures, counted.last_at = counted.failures + 1, moment
    session.flush()


def succeeded(session: Session, names: Iterable[str]) -> None:
    """Forget these failures."""
    session.execute(delete(Attempt).where(Attempt.who.in_(list(names))))


def _seconds_left(name: str, failures: int, last_at: datetime) -> float:
    free = FREE[name.partition(":")[0]]
    if failures < free:
        return 0.0
    wait = min(timedelta(seconds=2 ** min(failures - free, 20)), LONGEST_WAIT)
    return (last_at + wait - clock.now()).total_seconds()
