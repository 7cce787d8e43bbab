"""Secrets in addresses, derived instead of stored: a letter, a reminder or a poster derives them again."""

import base64
import hashlib
import hmac


def derived(secret_key: str, purpose: str, *parts: int) -> str:
    """128 bits that only the holder of the server key can derive.

    HMAC-SHA256 of the purpose and the numbers (such as an id and a generation), its first 16 bytes, base64url without
    padding: 22 characters.
    """
    message = ":".join([purpose, *map(str, parts)]).encode()
    digest = hmac.new(secret_key.encode(), message, hashlib.sha256).digest()[:16]
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
