"""Asking an identity provider who somebody is: OpenID Connect, the code flow with PKCE.

What it says is checked (see ``id_token``), and what it tells of the user must be about the same subject. What is not
right is refused with ``NotAllowed``; a provider that is away is ``Unavailable``.
"""

import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, Final
from urllib.parse import urlsplit

import requests
from authlib.common.errors import AuthlibBaseError  # type: ignore[import-untyped]
from authlib.integrations.requests_client import OAuth2Session  # type: ignore[import-untyped]

from surveyapp import clock
from surveyapp.config import IdentityProvider
from surveyapp.errors import NotAllowed, Unavailable
from surveyapp.web.account.id_token import UnknownKey, checked, is_strong

KEPT: Final = 3600.0
"""Seconds that what it publishes about itself is kept."""
PATIENCE: Final = 10
"""Seconds to wait for it."""
_ON_THIS_MACHINE: Final = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True)
class Begun:
    """A visit to the provider: the address to go to, and what to remember until the visitor is back."""

    address: str
    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True)
class Told:
    """Who somebody is, as the provider vouches."""

    issuer: str
    subject: str
    email: str
    """Empty unless the provider has verified it."""
    name: str
    groups: tuple[str, ...]
    second_factor: bool


@dataclass
class Provider:
    """The provider of this installation."""

    known: IdentityProvider
    _published: dict[str, tuple[float, dict[str, Any]]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def begin(self, back: str) -> Begun:
        """Where to send a visitor, who comes ``back`` to this address."""
        verifier, nonce = secrets.token_urlsafe(48), secrets.token_urlsafe(24)
        with self._client(back) as client:
            address, state = client.create_authorization_url(
                self._endpoint("authorization_endpoint"), code_verifier=verifier, nonce=nonce
            )
        return Begun(str(address), str(state), nonce, verifier)

    def finish(self, begun: Begun, answer: Mapping[str, str], back: str) -> Told:
        """Who came back with this answer.

        Raises ``NotAllowed`` (``provider-refused`` where the provider or the visitor said no, ``provider-not-trusted``
        where something is not as it must be) and ``Unavailable`` (``provider-away``).
        """
        if "error" in answer:  # from whomever: nobody comes in
            raise NotAllowed("provider-refused")
        if not hmac.compare_digest(answer.get("state", "").encode(), begun.state.encode()):
            raise NotAllowed("provider-not-trusted")
        if answer.get("iss", self.known.issuer) != self.known.issuer or not answer.get("code"):
            raise NotAllowed("provider-not-trusted")
        with self._client(back) as client:
            token = self._exchanged(client, answer["code"], begun.verifier)
            claims = self.checked(str(token.get("id_token") or ""), begun.nonce)
            told = claims | self._more(client, claims["sub"])
        return self._told(claims, told)

    def checked(self, token: str, nonce: str) -> dict[str, Any]:
        """What an ID token says, if everything about it is right; else ``NotAllowed`` (``provider-not-trusted``).

        A key that is not known may be a new one: they are read again, once.
        """
        address = self._endpoint("jwks_uri")
        try:
            return checked(token, self._read(address), self.known, nonce)
        except UnknownKey:
            with self._lock:
                self._published.pop(address, None)
        try:
            return checked(token, self._read(address), self.known, nonce)
        except UnknownKey as problem:
            raise NotAllowed("provider-not-trusted") from problem

    def _more(self, client: OAuth2Session, subject: str) -> dict[str, Any]:
        """What its page about the user adds, which must be about the same subject; nothing where there is none."""
        if "userinfo_endpoint" not in self._metadata():
            return {}
        try:
            answer = client.get(self._endpoint("userinfo_endpoint"), timeout=PATIENCE, allow_redirects=False)
            found = answer.json() if answer.ok else None
        except (requests.RequestException, ValueError, AuthlibBaseError) as problem:
            raise Unavailable("provider-away") from problem
        if not isinstance(found, dict) or found.get("sub") != subject:
            raise NotAllowed("provider-not-trusted")
        return found

    def _told(self, claims: dict[str, Any], told: dict[str, Any]) -> Told:
        groups = told.get(self.known.groups_claim)
        email = told.get("email") if told.get("email_verified") is True else None
        return Told(
            issuer=self.known.issuer,
            subject=claims["sub"],
            email=email if isinstance(email, str) else "",
            name=str(told.get("name") or told.get("preferred_username") or "").replace("\x00", "").strip(),
            groups=tuple(each for each in groups if isinstance(each, str)) if isinstance(groups, list) else (),
            second_factor=is_strong(claims),
        )

    def _exchanged(self, client: OAuth2Session, code: str, verifier: str) -> dict[str, Any]:
        """The tokens that the code stands for."""
        try:
            return dict(
                client.fetch_token(
                    self._endpoint("token_endpoint"),
                    grant_type="authorization_code",
                    code=code,
                    code_verifier=verifier,
                    timeout=PATIENCE,
                    allow_redirects=False,
                )
            )
        except AuthlibBaseError as problem:
            raise NotAllowed("provider-refused") from problem
        except (requests.RequestException, ValueError) as problem:
            raise Unavailable("provider-away") from problem

    def _client(self, back: str) -> OAuth2Session:
        methods = self._metadata().get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        return OAuth2Session(
            self.known.client_id,
            self.known.client_secret,
            scope="openid profile email",
            redirect_uri=back,
            code_challenge_method="S256",
            token_endpoint_auth_method=(
                "client_secret_basic" if "client_secret_basic" in methods else "client_secret_post"
            ),
        )

    def _endpoint(self, name: str) -> str:
        """An address of the provider, over TLS unless it stands on this machine."""
        address = self._metadata().get(name)
        parts = urlsplit(address if isinstance(address, str) else "")
        if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _ON_THIS_MACHINE):
            raise NotAllowed("provider-not-trusted")
        return parts.geturl()

    def _metadata(self) -> dict[str, Any]:
        """What the provider says of itself; it must be the issuer that we know."""
        found = self._read(f"{self.known.issuer.rstrip('/')}/.well-known/openid-configuration")
        if found.get("issuer") != self.known.issuer:
            raise NotAllowed("provider-not-trusted")
        return found

    def _read(self, address: str) -> dict[str, Any]:
        """A document that it publishes, kept for a while."""
        moment = clock.now().timestamp()
        with self._lock:
            since, kept = self._published.get(address, (0.0, {}))
        if kept and moment < since + KEPT:
            return kept
        try:
            answer = requests.get(address, timeout=PATIENCE, allow_redirects=False)
            answer.raise_for_status()
            found = answer.json()
        except (requests.RequestException, ValueError) as problem:
            raise Unavailable("provider-away") from problem
        if not isinstance(found, dict):
            raise Unavailable("provider-away")
        with self._lock:
            self._published[address] = (moment, found)
        return found
