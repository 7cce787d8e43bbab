"""Checking an ID token: who signed it, for whom it is, when, and in answer to what (OpenID Connect Core 3.1.3.7)."""

from collections.abc import Mapping
from typing import Any, Final

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from surveyapp import clock
from surveyapp.config import IdentityProvider
from surveyapp.errors import NotAllowed

ALGORITHMS: Final = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
"""With which a token may be signed: by a key that only the provider has; never ``none``, never a shared secret."""
SKEW: Final = 60
"""Seconds that its clock and ours may differ."""
OLDEST: Final = 600
"""Seconds since a token was issued."""
LONGEST_SUBJECT: Final = 255
_STRONG: Final = frozenset({"mfa", "otp", "hwk", "sc", "pop"})
"""Ways of authentication (RFC 8176) that are more than a password; ``mfa`` says so itself."""
_STRONG_CLASSES: Final = ("phr", "phrh", "http://eidas.europa.eu/LoA/substantial", "http://eidas.europa.eu/LoA/high")


class UnknownKey(Exception):
    """No key of the set has signed this."""


def checked(token: str, keys: Mapping[str, Any], known: IdentityProvider, nonce: str) -> dict[str, Any]:
    """What the token says, if one of the ``keys`` of this provider signed it, for us, now, in answer to ``nonce``.

    Raises ``UnknownKey``, and ``NotAllowed`` (``provider-not-trusted``).
    """
    claims = _signed(token, keys)
    rules = jwt.JWTClaimsRegistry(
        now=int(clock.now().timestamp()),
        leeway=SKEW,
        iss={"essential": True, "value": known.issuer},
        aud={"essential": True, "value": known.client_id},
        sub={"essential": True},
        exp={"essential": True},
        iat={"essential": True},
        nonce={"essential": True, "value": nonce},
    )
    try:
        rules.validate(claims)
    except (JoseError, ValueError, TypeError) as problem:
        raise NotAllowed("provider-not-trusted") from problem
    if not _is_for(known.client_id, claims) or claims["iat"] < clock.now().timestamp() - OLDEST:
        raise NotAllowed("provider-not-trusted")
    return claims


def is_strong(claims: Mapping[str, Any]) -> bool:
    """Whether the signed token vouches for more than a password."""
    ways = claims.get("amr")
    shown = {way for way in ways if isinstance(way, str)} if isinstance(ways, list) else set()
    return bool(shown & _STRONG) or claims.get("acr") in _STRONG_CLASSES


def _signed(token: str, keys: Mapping[str, Any]) -> dict[str, Any]:
    try:
        return dict(jwt.decode(token, KeySet.import_key_set(dict(keys)), algorithms=ALGORITHMS).claims)  # type: ignore[arg-type]
    except (JoseError, ValueError, TypeError, KeyError) as problem:
        raise UnknownKey from problem


def _is_for(client: str, claims: Mapping[str, Any]) -> bool:
    """Meant for this client; where it is for others too, it must say that this one asked. With one nonce."""
    audience = claims["aud"] if isinstance(claims["aud"], list) else [claims["aud"]]
    asked = claims.get("azp", client if len(audience) == 1 else None)
    subject = claims["sub"]
    fits = isinstance(subject, str) and 0 < len(subject) <= LONGEST_SUBJECT and "\x00" not in subject
    return client in audience and asked == client and fits and isinstance(claims["nonce"], str)
