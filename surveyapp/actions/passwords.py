"""Passwords: made unreadable with Argon2id, a few at a time, because each check takes much memory on purpose."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from threading import BoundedSemaphore
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from surveyapp.errors import Unavailable

HASHER = PasswordHasher()
"""Argon2id with the library's parameters: 64 MiB, 3 passes, 4 lanes (RFC 9106, low memory)."""
AT_ONCE: Final = 2
"""In one process; who comes while they are busy waits, and not for ever: there are others to answer."""
PATIENCE = 10.0
"""Seconds."""
_TURNS: Final = BoundedSemaphore(AT_ONCE)


def unreadable(password: str) -> str:
    """What is stored instead of the password. Raises ``Unavailable`` (``too-busy``) when too many are at it."""
    with _turn():
        return HASHER.hash(password)


def matches(stored: str | None, password: str) -> bool:
    """Whether this is the password. Takes as long where nothing is stored, so that time tells nothing.

    Raises ``Unavailable`` (``too-busy``) when too many are at it.
    """
    reference = stored if stored is not None else _nobodys(HASHER)
    with _turn():
        try:
            HASHER.verify(reference, password)
        except (VerificationError, InvalidHashError):
            return False
    return stored is not None


def outdated(stored: str) -> bool:
    """Whether it was made with weaker parameters than today's."""
    return HASHER.check_needs_rehash(stored)


@contextmanager
def _turn() -> Iterator[None]:
    if not _TURNS.acquire(timeout=PATIENCE):
        raise Unavailable("too-busy")
    try:
        yield
    finally:
        _TURNS.release()


@cache
def _nobodys(hasher: PasswordHasher) -> str:
    return hasher.hash("the password of no account")
