"""A real identity provider, as a program of its own on loopback; what it warns about stays with it."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import requests

from surveyapp.config import IdentityProvider
from tests.journeys.servers import free_port, running

CLIENT = "surveyapp"
GROUPS = {"onderzoek": ("researcher", "samen"), "beheer": ("owner", ""), "weg": ("researcher", "gone")}


@dataclass(frozen=True)
class Served:
    """Where it is."""

    address: str

    @property
    def settings(self) -> IdentityProvider:
        """How an installation knows it."""
        return IdentityProvider(self.address, CLIENT, "a secret between the two", "Gemeentelogin", groups=GROUPS)

    def knows(self, subject: str, **claims: object) -> None:
        """Somebody with an account there, and what it tells of them."""
        answer = requests.put(f"{self.address}/users/{subject}", json=claims, timeout=10)
        assert answer.ok, answer.text

    def let(self, address: str, subject: str) -> str:
        """Let somebody sign in there, who was sent to this address; the address they are sent back to."""
        answer = requests.post(address, data={"sub": subject}, timeout=10, allow_redirects=False)
        assert answer.status_code == 302, answer.text
        return str(answer.headers["Location"])


@contextmanager
def served(log: Path) -> Iterator[Served]:
    """The provider, while the block lasts."""
    port = free_port()
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port)]
    with running(command, {}, port=port, log=log):
        yield Served(f"http://127.0.0.1:{port}")
