"""Verbs on signing in: with a password and a second step, with a link that works once, and out."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.actions import attempts, log, passkeys, passwords, second_factors
from surveyapp.actions import users as accounts
from surveyapp.errors import InvalidContent, NotAllowed
from surveyapp.models import OneTimeLink, SignIn, User
from surveyapp.models.database import READ_ONLY
from surveyapp.queries import settings, users
from surveyapp.queries.tokens import token_hash

LASTS: Final = timedelta(hours=12)
LINK_LASTS: Final = timedelta(days=7)
"""For a colleague to choose a first password."""
FORGOTTEN_LASTS: Final = timedelta(days=1)
"""For who has a password and forgot it."""
HALFWAY_LASTS: Final = timedelta(minutes=10)
"""Between a password and the second step."""
PURPOSES: Final = ("password", "demonstration")


@dataclass(frozen=True)
class SignedIn:
    """Somebody who came in: ``token`` is for the cookie, ``purpose`` says how they came.

    Who has a second factor has no token yet: a second step must follow, with ``halfway`` to begin it.
    """

    token: str | None
    user: User
    purpose: str


def with_password(
    session: Session, *, email: str, password: str, secret_key: str, address: str | None = None, device: str = ""
) -> SignedIn | None:
    """Sign in, or come halfway; None when address or password is wrong (commit that too: it is counted).

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
    return _first_step(session, user, "password", device)


def with_code(
    session: Session, *, state: str, code: str, secret_key: str, address: str | None = None, device: str = ""
) -> SignedIn | None:
    """The second step: a code of the app, or a recovery code; None when it is wrong (commit that too: it is counted).

    ``state`` is what ``halfway`` gave; raises ``NotAllowed`` (``second-step-expired``) when that is no longer good.
    """
    user = of_halfway(session, state, secret_key)
    if not second_factors.prove(session, user=user, code=code, secret_key=secret_key, address=address):
        return None
    log.record(session, verb="user.sign-in", subject=user, by=user, way="code")
    return SignedIn(begin(session, user=user, device=device, second_factor=True), user, "code")


def with_passkey(
    session: Session,
    *,
    at: passkeys.Place,
    asked: passkeys.Asked,
    credential: str,
    secret_key: str,
    state: str | None = None,
    address: str | None = None,
    device: str = "",
) -> SignedIn | None:
    """Sign in with a passkey, or with ``state`` take the second step with one of the same user; None when it is
    refused (commit that too: it is counted)."""
    whose = of_halfway(session, state, secret_key) if state is not None else None
    user = passkeys.prove(
        session, at=at, asked=asked, credential=credential, secret_key=secret_key, address=address, whose=whose
    )
    if user is None:
        return None
    log.record(session, verb="user.sign-in", subject=user, by=user, way="passkey")
    return SignedIn(begin(session, user=user, device=device, second_factor=True), user, "passkey")


def halfway(user: User, secret_key: str) -> str:
    """A signed note that this user has shown a password; it lasts minutes, and gives nothing but the second step."""
    until = (clock.now() + HALFWAY_LASTS).timestamp()
    return str(_halfway(secret_key).dumps([user.id, _mark(user), int(until)]))


def of_halfway(session: Session, state: str, secret_key: str) -> User:
    """Whose note this is; raises ``NotAllowed`` (``second-step-expired``) when it is forged or old, or when password or
    account changed since."""
    try:
        number, mark, until = _halfway(secret_key).loads(state)
    except BadSignature:
        raise NotAllowed("second-step-expired") from None
    user = session.get(User, number)
    late = until <= clock.now().timestamp()
    if late or user is None or user.disabled_at is not None or _mark(user) != mark:
        raise NotAllowed("second-step-expired")
    return user


def with_link(session: Session, *, token: str, loopback: bool, device: str = "") -> SignedIn:
    """Sign in with a one-time link; raises ``NotAllowed`` (``link-not-valid``) when it is used, expired or unknown.

    A ``demonstration`` link works again and again, but only in a demonstration and on ``loopback``.
    """
    link = _locked(session, token)
    if not _usable(session, link, loopback=loopback):
        raise NotAllowed("link-not-valid")
    if link.purpose != "demonstration":
        link.used_at = clock.now()
    log.record(session, verb="user.sign-in-with-link", subject=link.user, by=link.user, purpose=link.purpose)
    return SignedIn(begin(session, user=link.user, device=device), link.user, link.purpose)


def with_new_password(session: Session, *, token: str, password: str, device: str = "") -> SignedIn:
    """Set a password with a link that was made for it, and sign in, or come halfway; of two at the same moment only one
    succeeds."""
    link = _locked(session, token)
    if link.purpose != "password" or link.used_at is not None:
        raise NotAllowed("link-not-valid")
    accounts.set_password(session, user=link.user, password=password, by=link.user)
    link.used_at = clock.now()
    return _first_step(session, link.user, link.purpose, device)


def one_time_link(session: Session, *, user: User, purpose: str, expires_at: datetime, by: User | None) -> str:
    """Make a link for this user and return its token: 128 random bits, of which only the hash is kept."""
    if purpose not in PURPOSES:
        raise InvalidContent("unknown-purpose", purpose=purpose)
    if user.disabled_at is not None:
        raise NotAllowed("account-disabled")
    token = secrets.token_urlsafe(16)
    session.add(OneTimeLink(token_hash=token_hash(token), user=user, purpose=purpose, expires_at=expires_at))
    log.record(session, verb="user.make-link", subject=user, by=by, purpose=purpose)
    return token


def link_lasts(user: User) -> timedelta:
    """How long a link to choose a password is good, for this user."""
    return LINK_LASTS if user.password_hash is None else FORGOTTEN_LASTS


def begin(session: Session, *, user: User, device: str = "", second_factor: bool = False) -> str:
    """Let this user in, who has just proved who they are; returns the token for the cookie.

    ``device`` is browser and system in words; ``second_factor`` says that more than a password was shown. Raises
    ``NotAllowed`` (``account-disabled``).
    """
    if user.disabled_at is not None:
        raise NotAllowed("account-disabled")
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


def _first_step(session: Session, user: User, purpose: str, device: str) -> SignedIn:
    """In, or halfway for who has a second factor."""
    if users.has_second_factor(session, user):
        log.record(session, verb="user.pass-first-step", subject=user, by=user)
        return SignedIn(None, user, purpose)
    log.record(session, verb="user.sign-in", subject=user, by=user)
    return SignedIn(begin(session, user=user, device=device), user, purpose)


def _halfway(secret_key: str) -> URLSafeSerializer:
    return URLSafeSerializer(secret_key, salt="surveyapp.halfway", signer_kwargs={"digest_method": hashlib.sha256})


def _mark(user: User) -> str:
    """Changes with the password."""
    return hashlib.sha256(f"halfway {user.password_hash}".encode()).hexdigest()[:16]


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
    if link is None or link.expires_at <= clock.now() or link.user.disabled_at is not None:
        raise NotAllowed("link-not-valid")
    return link


def _usable(session: Session, link: OneTimeLink, *, loopback: bool) -> bool:
    if link.purpose == "demonstration":
        return loopback and settings.is_demonstration(session)
    return link.used_at is None
