"""Verbs on sessions: being used, and ended from elsewhere; ``sign_ins`` begins them, and signs out."""

from datetime import timedelta
from typing import Final

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.actions import log
from surveyapp.models import SignIn, User

SEEN_EVERY: Final = timedelta(minutes=15)


def seen(session: Session, *, token_hash: str) -> None:
    """Note that this session is in use, at most once in a quarter of an hour."""
    moment = clock.now()
    session.execute(
        update(SignIn)
        .where(SignIn.token_hash == token_hash, SignIn.seen_at <= moment - SEEN_EVERY)
        .values(seen_at=moment)
        .execution_options(synchronize_session=False)
    )


def strengthen(session: Session, *, sign_in: SignIn) -> None:
    """A second factor was shown in this session."""
    sign_in.second_factor = True
    session.flush()


def end_one(session: Session, *, user: User, token_hash: str, by: User | None) -> None:
    """End this session of the user, wherever it is; one that is not theirs, or has ended, is left alone."""
    ended = delete(SignIn).where(SignIn.user_id == user.id, SignIn.token_hash == token_hash)
    if session.execute(ended.returning(SignIn.token_hash)).first() is not None:
        log.record(session, verb="user.end-session", subject=user, by=by)


def end_others(session: Session, *, user: User, keep: str, by: User | None) -> int:
    """End every session of the user but the one with this hash; returns how many."""
    ended = delete(SignIn).where(SignIn.user_id == user.id, SignIn.token_hash != keep)
    number = len(session.execute(ended.returning(SignIn.token_hash)).all())
    if number:
        log.record(session, verb="user.end-sessions", subject=user, by=by, sessions=number)
    return number
