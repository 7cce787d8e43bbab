"""How a secret is looked up: by its hash, so that a copy of the database lets nobody in."""

import hashlib


def token_hash(token: str) -> str:
    """SHA-256, hexadecimal. A token has 128 random bits or more, so a fast hash is enough."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
