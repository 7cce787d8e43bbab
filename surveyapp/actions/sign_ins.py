"""Verbs on signing in: with a password, with a link that works once, and out."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.actions import attempts, log, passwords
from surveyapp.actions import users as accounts
from surveyapp.errors import InvalidContent, NotAllowed
from surveyapp.models import OneTimeLink, SignIn, User
from surveyapp.models.database import READ_ONLY
from surveyapp.queries import settings, users
from surveyapp.queries.tokens import token_hash

LASTS: Final = timedelta(hours=12)
PURPOSES: Final = ("password", "demonstration")


@dataclass(frozen=True)
class SignedIn:
    """Somebody who came in through a link: ``token`` is for the cookie, ``purpose`` says where to go next."""

    token: str
    user: User
    purpose: str


def with_password(
    session: Session, *, email: str, password: str, secret_key: str, address: str | None = None, device: str = ""
) -> str | None:
    """Sign in: the token for the cookie, or None when address or password is wrong (commit that too: it is counted).

    Who failed too often, under this e-mail address or from this network ``address``, gets ``NotAllowed``
    (``too-many-attempts``, ``seconds``) until the wait is over, whether or not the password is right: see ``attempts``.
    An unknown address takes as long as a wrong password and is counted as one. The slow check happens before this
    session's transaction needs anything, so that nobody's answers wait for it.
    """
    names = [attempts.who("account", users.normal(email), secret_key)]
    names += [attempts.who("address", address, secret_key)] if address else []
    known, stored = _look_up(session, email, names)
    right = passwords.matches(stored, password)
    user = session.get(User, known, with_for_update=True, populate_existing=True) if known is not None else None
    attempts.must_wait_no_longer(session.connection(), names)
    if user is None or not right or stored is None or user.password_hash != stored or user.disabled_at is not None:
        attempts.failed(session, names)
        if user is not None:
            log.record(session, verb="user.fail-sign-in", subject=user, by=None)
        return None
    attempts.succeeded(session, names[:1])
    if passwords.outdated(stored):
        user.password_hash = passwords.unreadable(password)
    log.record(session, verb="user.sign-in", subject=user, by=user)
    return begin(session, user=user, device=device)


def with_link(session: Session, *, token: str, loopback: bool) -> SignedIn:
    """Sign in with a one-time link; raises ``NotAllowed`` (``link-not-valid``) when it is used, expired or unknown.

    A ``demonstration`` link works again and again, but only in a demonstration and on ``loopback``.
    """
    link = _locked(session, token)
    if not _usable(session, link, loopback=loopback):
        raise NotAllowed("link-not-valid")
    if link.purpose != "demonstration":
        link.used_at = clock.now()
    log.record(session, verb="user.sign-in-with-link", subject=link.user, by=link.user, purpose=link.purpose)
    return SignedIn(begin(session, user=link.user), link.user, link.purpose)


def with_new_password(session: Session, *, token: str, password: str) -> SignedIn:
    """Set a password with a link that was made for it, and sign in; of two at the same moment only one succeeds."""
    link = _locked(session, token)
    if link.purpose != "password" or link.used_at is not None:
        raise NotAllowed("link-not-valid")
    link.used_at = clock.now()
    accounts.set_password(session, user=link.user, password=password, by=link.user)
    return SignedIn(begin(session, user=link.user), link.user, link.purpose)


def one_time_link(session: Session, *, user: User, purpose: str, expires_at: datetime, by: User | None) -> str:
    """Make a link for this user and return its token: 128 random bits, of which only the hash is kept."""
    if purpose not in PURPOSES:
        raise InvalidContent("unknown-purpose", purpose=purpose)
    token = secrets.token_urlsafe(16)
    session.add(OneTimeLink(token_hash=token_hash(token), user=user, purpose=purpose, expires_at=expires_at))
    log.record(session, verb="user.make-link", subject=user, by=by, purpose=purpose)
    return token


def begin(session: Session, *, user: User, device: str = "", second_factor: bool = False) -> str:
    """Let this user in, who has just proved who they are; returns the token for the cookie.

    ``device`` is browser and system in words; ``second_factor`` says that more than a password was shown.
    """
    token = secrets.token_urlsafe(32)
    moment = clock.now()
    session.execute(delete(SignIn).where(SignIn.user_id == user.id, SignIn.expires_at <= moment))
    session.add(
        SignIn(
            token_hash=token_hash(token),
            user=user,
            created_at=moment,
            seen_at=moment,
            expires_at=moment + LASTS,
            device=device[:80],
            second_factor=second_factor,
        )
    )
    session.flush()
    return token


def end(session: Session, *, token: str) -> None:
    """Sign out; an unknown token is signed out already."""
    found = session.scalar(select(SignIn).where(SignIn.token_hash == token_hash(token)))
    if found is not None:
        log.record(session, verb="user.sign-out", subject=found.user, by=found.user)
        session.delete(found)
        session.flush()


def _look_up(session: Session, email: str, names: list[str]) -> tuple[int | None, str | None]:
    """The account's id and stored password, read beside the session so that its transaction need not begin yet."""
    reading = session.get_bind().engine.execution_options(**{READ_ONLY: True, "postgresql_readonly": True})
    with reading.connect() as connection:
        attempts.must_wait_no_longer(connection, names)
        found = select(User.id, User.password_hash).where(User.email == users.normal(email))
        row = connection.execute(found).one_or_none()
    return (None, None) if row is None else (row.id, row.password_hash)


def _locked(session: Session, token: str) -> OneTimeLink:
    """The link, looked at again under a lock, so that of two uses at the same moment one finds it used."""
    found = select(OneTimeLink).where(OneTimeLink.token_hash == token_hash(token)).with_for_update()
    link = session.scalar(found.execution_options(populate_existing=True))
    if link is None or link.expires_at <= clock.now():
        raise NotAllowed("link-not-valid")
    return link


def _usable(session: Session, link: OneTimeLink, *, loopback: bool) -> bool:
    if link.purpose == "demonstration":
        return loopback and settings.is_demonstration(session)
    return link.used_at is None
