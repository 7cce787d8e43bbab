"""The settings of one installation, read once from the environment, failing with advice."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import log2
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

_EMAIL = re.compile(r"[^@\s<>\"']+@[^@\s<>\"']+\.[^@\s<>\"']+")


class MissingSetting(Exception):
    """A setting is absent or unusable; the message says which and what to do."""


@dataclass(frozen=True)
class Smtp:
    """Through which server mail goes, and from whom it is."""

    host: str
    sender: str
    """The address in From; answers go to the contact of the study."""
    port: int = 587
    security: str = "starttls"
    """``starttls``, ``tls`` from the first byte, or ``none``: only for a server on this machine."""
    user: str = ""
    password: str = field(default="", repr=False)
    per_minute: int = 60
    """Mails a minute, unless a mailing says otherwise."""
    ca_file: Path | None = None
    """The certificates that vouch for the server, instead of those that the machine trusts."""


@dataclass(frozen=True)
class IdentityProvider:
    """Where staff sign in with an account of their own organisation (OpenID Connect, code flow with PKCE)."""

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    name: str
    """On the button."""
    groups_claim: str = "groups"
    groups: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Group -> staff role and the slug of an evaluation (empty for the owner's role)."""


@dataclass(frozen=True)
class Settings:
    """One installation. ``docs/reference/settings.md`` lists the environment names."""

    database_url: str = field(repr=False)
    """May hold a password, so that it is never printed with the rest."""
    secret_key: str = field(repr=False)
    """Signs forms and derives invitation links; changing it ends every link that was sent."""
    base_url: str = "http://127.0.0.1:8000"
    """Where people reach the pages; the links in letters start with it."""
    secure_cookies: bool = False
    """True behind TLS, which is when ``base_url`` starts with https."""
    content: Path | None = None
    """An owner's own folder with ``questionnaires/``, ``reports/``, ``translations/`` and ``house-style/``."""
    contact: str | None = None
    """The e-mail address for questions about accessibility and privacy, on those pages."""
    smtp: Smtp | None = None
    """None where this installation sends no mail: letters are printed and links downloaded."""
    identity_provider: IdentityProvider | None = None
    second_factor: bool = False
    """Whether everybody who can see answers must show more than a password."""
    four_eyes: bool = False
    """Whether what cannot be undone or leaves the team is asked by one and approved by another."""


ENVIRONMENT = (
    (
        "SURVEYAPP_SECRET_KEY",
        "",
        "derives invitation links and signs forms: keep it with the backups, never change it",
    ),
    ("SURVEYAPP_SECRET_KEY_FILE", "none", "a file that holds the secret key, instead of the variable"),
    ("SURVEYAPP_DATABASE_URL", "`sqlite:///var/surveyapp.db`", "the database, SQLite or `postgresql://user@host/name`"),
    ("SURVEYAPP_BASE_URL", "`http://127.0.0.1:8000`", "where people reach the pages; links in letters start with it"),
    (
        "SURVEYAPP_CONTENT",
        "none",
        "the owner's own folder with `questionnaires/`, `reports/`, `translations/` and `house-style/tokens.css`",
    ),
    ("SURVEYAPP_CONTACT", "none", "the e-mail address for questions, on the pages about accessibility and privacy"),
    ("SURVEYAPP_SMTP_HOST", "none", "the server that sends mail; without it letters are printed and links downloaded"),
    ("SURVEYAPP_SMTP_PORT", "`587`", "its port"),
    ("SURVEYAPP_SMTP_SECURITY", "`starttls`", "`starttls`, `tls` or `none` (only for a server on this machine)"),
    ("SURVEYAPP_SMTP_USER", "none", "the account at that server"),
    ("SURVEYAPP_SMTP_PASSWORD", "none", "its password; or name a file with it in `SURVEYAPP_SMTP_PASSWORD_FILE`"),
    (
        "SURVEYAPP_SMTP_CA_FILE",
        "what the machine trusts",
        "a file with the certificates that vouch for the server, such as an organisation's own authority",
    ),
    ("SURVEYAPP_MAIL_FROM", "none", "the address that mail is sent from; required with a server"),
    ("SURVEYAPP_MAILS_PER_MINUTE", "`60`", "how fast mail is sent, unless a mailing says otherwise"),
    ("SURVEYAPP_OIDC_ISSUER", "none", "the identity provider with which staff may sign in (OpenID Connect)"),
    ("SURVEYAPP_OIDC_CLIENT_ID", "none", "as which client; required with an issuer"),
    ("SURVEYAPP_OIDC_CLIENT_SECRET", "none", "its secret; or name a file in `SURVEYAPP_OIDC_CLIENT_SECRET_FILE`"),
    ("SURVEYAPP_OIDC_NAME", "the issuer's host", "what the button calls it"),
    ("SURVEYAPP_OIDC_GROUPS_CLAIM", "`groups`", "the claim that lists somebody's groups"),
    (
        "SURVEYAPP_OIDC_GROUPS",
        "none",
        "who gets which right: `group=role@evaluation`, separated by commas; `group=owner` for the owner's",
    ),
    ("SURVEYAPP_SECOND_FACTOR", "`off`", "`on`: whoever can see answers signs in with a second factor"),
    ("SURVEYAPP_FOUR_EYES", "`off`", "`on`: publishing, exporting answers and deleting take a second person"),
)
"""Name, default (empty where required) and meaning of every setting; ``docs/reference/settings.md`` is made of it."""


def from_environment(environment: Mapping[str, str] = os.environ) -> Settings:
    """Read ``SURVEYAPP_*``; a secret may also come from the file that ``SURVEYAPP_SECRET_KEY_FILE`` names."""
    base_url = environment.get("SURVEYAPP_BASE_URL", Settings.base_url).rstrip("/")
    if urlsplit(base_url).scheme not in {"http", "https"}:
        raise MissingSetting(f"SURVEYAPP_BASE_URL is {base_url!r}: start it with http:// or https://")
    own = environment.get("SURVEYAPP_CONTENT")
    if own and not Path(own).is_dir():
        raise MissingSetting(f"SURVEYAPP_CONTENT is {own!r}, which is no folder: make it, or leave the setting out")
    contact = environment.get("SURVEYAPP_CONTACT", "").strip()
    if contact and not _EMAIL.fullmatch(contact):
        raise MissingSetting(f"SURVEYAPP_CONTACT is {contact!r}: write an e-mail address, such as help@example.org")
    return Settings(
        database_url=environment.get("SURVEYAPP_DATABASE_URL", "sqlite:///var/surveyapp.db"),
        secret_key=_secret(environment, production=base_url.startswith("https://")),
        base_url=base_url,
        secure_cookies=base_url.startswith("https://"),
        content=Path(own) if own else None,
        contact=contact or None,
        smtp=_smtp(environment),
        identity_provider=_identity_provider(environment),
        second_factor=_on(environment, "SURVEYAPP_SECOND_FACTOR"),
        four_eyes=_on(environment, "SURVEYAPP_FOUR_EYES"),
    )


def _smtp(environment: Mapping[str, str]) -> Smtp | None:
    host = environment.get("SURVEYAPP_SMTP_HOST", "").strip()
    if not host:
        return None
    sender = environment.get("SURVEYAPP_MAIL_FROM", "").strip()
    if not _EMAIL.fullmatch(sender):
        raise MissingSetting(f"SURVEYAPP_MAIL_FROM is {sender!r}: write the address that mail is sent from")
    security = environment.get("SURVEYAPP_SMTP_SECURITY", Smtp.security)
    if security not in {"starttls", "tls", "none"}:
        raise MissingSetting(f"SURVEYAPP_SMTP_SECURITY is {security!r}: choose starttls, tls or none")
    if security == "none" and host not in _THIS_MACHINE:
        raise MissingSetting("SURVEYAPP_SMTP_SECURITY is none: mail to another machine must go over starttls or tls")
    trusted = environment.get("SURVEYAPP_SMTP_CA_FILE", "").strip()
    if trusted and not Path(trusted).is_file():
        raise MissingSetting(f"SURVEYAPP_SMTP_CA_FILE is {trusted!r}, which is no file: name one with certificates")
    return Smtp(
        host=host,
        sender=sender,
        port=_number(environment, "SURVEYAPP_SMTP_PORT", Smtp.port),
        security=security,
        user=environment.get("SURVEYAPP_SMTP_USER", ""),
        password=_read(environment, "SURVEYAPP_SMTP_PASSWORD"),
        per_minute=_number(environment, "SURVEYAPP_MAILS_PER_MINUTE", Smtp.per_minute),
        ca_file=Path(trusted) if trusted else None,
    )


_THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})


def _identity_provider(environment: Mapping[str, str]) -> IdentityProvider | None:
    issuer = environment.get("SURVEYAPP_OIDC_ISSUER", "").strip()
    if not issuer:
        return None
    host = urlsplit(issuer).hostname or ""
    if urlsplit(issuer).scheme != "https" and host not in _THIS_MACHINE:
        raise MissingSetting(f"SURVEYAPP_OIDC_ISSUER is {issuer!r}: start it with https://")
    client_id = environment.get("SURVEYAPP_OIDC_CLIENT_ID", "").strip()
    secret = _read(environment, "SURVEYAPP_OIDC_CLIENT_SECRET")
    if not client_id or not secret:
        raise MissingSetting("SURVEYAPP_OIDC_CLIENT_ID and SURVEYAPP_OIDC_CLIENT_SECRET are needed beside an issuer")
    return IdentityProvider(
        issuer=issuer,
        client_id=client_id,
        client_secret=secret,
        name=environment.get("SURVEYAPP_OIDC_NAME", "").strip() or host,
        groups_claim=environment.get("SURVEYAPP_OIDC_GROUPS_CLAIM", "").strip() or IdentityProvider.groups_claim,
        groups=_groups(environment.get("SURVEYAPP_OIDC_GROUPS", "")),
    )


def _groups(written: str) -> dict[str, tuple[str, str]]:
    found = {}
    for part in filter(None, (part.strip() for part in written.split(","))):
        group, _, right = part.partition("=")
        role, _, slug = right.partition("@")
        if not group or not role:
            raise MissingSetting(f"SURVEYAPP_OIDC_GROUPS has {part!r}: write group=owner or group=role@evaluation")
        found[group] = (role, slug)
    return found


def _on(environment: Mapping[str, str], name: str) -> bool:
    written = environment.get(name, "off").strip().lower()
    if written not in {"on", "off"}:
        raise MissingSetting(f"{name} is {written!r}: write on or off")
    return written == "on"


def _number(environment: Mapping[str, str], name: str, default: int) -> int:
    written = environment.get(name, str(default))
    if not written.isdecimal() or not 1 <= int(written) <= 65_535:
        raise MissingSetting(f"{name} is {written!r}: write a whole number from 1 to 65535")
    return int(written)


def _read(environment: Mapping[str, str], name: str) -> str:
    """A secret from its variable, or from the file that ``<name>_FILE`` names."""
    file = environment.get(f"{name}_FILE")
    if not file:
        return environment.get(name, "")
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as problem:
        raise MissingSetting(f"{name}_FILE cannot be read: {problem}") from problem


def _secret(environment: Mapping[str, str], *, production: bool) -> str:
    key = _read(environment, "SURVEYAPP_SECRET_KEY")
    if not key:
        raise MissingSetting(f"SURVEYAPP_SECRET_KEY is not set: {_ADVICE}")
    if len(key) < 32:
        raise MissingSetting("SURVEYAPP_SECRET_KEY is shorter than 32 characters: use `openssl rand -hex 32`")
    if production and (why := weakness(key)):
        raise MissingSetting(f"SURVEYAPP_SECRET_KEY {why}: {_ADVICE}")
    return key


_ADVICE: Final = "make one with `openssl rand -hex 32` and keep it with the backups"
_EXAMPLES: Final = (
    *("secret", "change", "example", "password", "geheim", "wachtwoord", "default", "insecure", "surveyapp", "flask"),
    *("letmein", "qwerty", "azerty", "0123456789", "1234567890", "abcdefgh", "deadbeef", "testtest", "your-", "your_"),
)
"""What keys begin with or hold that were copied out of an example, or thought up."""
_LEAST_BITS: Final = 100


def weakness(key: str) -> str:
    """What makes a key easy to guess, as the end of a sentence; empty for one that was drawn at random.

    It holds words of an example or spaces, repeats itself, or has fewer than 100 bits by how often each character
    occurs (Shannon 1948); 32 random hexadecimal digits have more.
    """
    lower = key.lower()
    if any(word in lower for word in _EXAMPLES):
        return "is or holds an example"
    if any(character.isspace() for character in key):
        return "is a phrase"
    if (key + key).find(key, 1) < len(key) or lower == lower[::-1]:
        return "repeats itself"
    shares = [key.count(character) / len(key) for character in set(key)]
    bits = -len(key) * sum(share * log2(share) for share in shares)
    return f"is too easy to guess ({bits:.0f} bits of the {_LEAST_BITS} needed)" if bits < _LEAST_BITS else ""
