"""Secrets that must be read back, such as that of an authenticator app: unreadable without the server's key.

AES-256-GCM (NIST SP 800-38D) with a key of its own for every purpose, derived with HKDF-SHA-256 (RFC 5869).
"""

import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_FORM: Final = "1."
"""What a sealed text begins with: the way in which it was sealed."""
_NONCE: Final = 12


def seal(text: str, *, secret_key: str, purpose: str, whose: str = "") -> str:
    """The text, unreadable and fit for a column or a cookie; it opens for the same purpose and owner only."""
    hidden = seal_bytes(text.encode(), secret_key=secret_key, purpose=purpose, whose=whose)
    return _FORM + urlsafe_b64encode(hidden).decode()


def unseal(sealed: str, *, secret_key: str, purpose: str, whose: str = "") -> str | None:
    """The text again; None where it was sealed with another key, for something or somebody else, or was changed."""
    if not sealed.startswith(_FORM):
        return None
    try:
        hidden = urlsafe_b64decode(sealed.removeprefix(_FORM))
    except ValueError:
        return None
    text = unseal_bytes(hidden, secret_key=secret_key, purpose=purpose, whose=whose)
    return text.decode() if text is not None else None


def seal_bytes(content: bytes, *, secret_key: str, purpose: str, whose: str = "") -> bytes:
    """The same for a file: a random nonce, then the ciphertext with its tag."""
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(_key(secret_key, purpose)).encrypt(nonce, content, whose.encode())


def unseal_bytes(sealed: bytes, *, secret_key: str, purpose: str, whose: str = "") -> bytes | None:
    """The file again; None where ``unseal`` gives none."""
    try:
        return AESGCM(_key(secret_key, purpose)).decrypt(sealed[:_NONCE], sealed[_NONCE:], whose.encode())
    except (InvalidTag, ValueError):
        return None


def _key(secret_key: str, purpose: str) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=f"surveyapp {purpose}".encode()).derive(secret_key.encode())
