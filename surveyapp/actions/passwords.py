"""Passwords: made unreadable with Argon2id, a few at a time, because each check takes much memory on purpose."""

from functools import cache
from threading import BoundedSemaphore
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

HASHER = PasswordHasher()
"""Argon2id with the library's parameters: 64 MiB, 3 passes, 4 lanes (RFC 9106, low memory)."""
_AT_ONCE: Final = BoundedSemaphore(2)


def unreadable(password: str) -> str:
    """What is stored instead of the password."""
    with _AT_ONCE:
        return HASHER.hash(password)


def matches(stored: str | None, password: str) -> bool:
    """Whether this is the password. Takes as long where nothing is stored, so that time tells nothing."""
    reference = stored if stored is not None else _nobodys(HASHER)
    with _AT_ONCE:
        try:
            HASHER.verify(reference, password)
        except (VerificationError, InvalidHashError):
            return False
    return stored is not None


def outdated(stored: str) -> bool:
    """Whether it was made with weaker parameters than today's."""
    return HASHER.check_needs_rehash(stored)


@cache
def _nobodys(hasher: PasswordHasher) -> str:
    return hasher.hash("the password of no account")
