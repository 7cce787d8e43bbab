"""The settings of one installation, read once from the environment, failing with advice."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

_EMAIL = re.compile(r"[^@\s<>\"']+@[^@\s<>\"']+\.[^@\s<>\"']+")


class MissingSetting(Exception):
    """A setting is absent or unusable; the message says which and what to do."""


@dataclass(frozen=True)
class Settings:
    """One installation. ``docs/reference/settings.md`` lists the environment names."""

    database_url: str
    secret_key: str
    """Signs forms and derives invitation links; changing it ends every link that was sent."""
    base_url: str = "http://127.0.0.1:8000"
    """Where people reach the pages; the links in letters start with it."""
    secure_cookies: bool = False
    """True behind TLS, which is when ``base_url`` starts with https."""
    content: Path | None = None
    """An owner's own folder with ``questionnaires/``, ``reports/``, ``translations/`` and ``house-style/``."""
    contact: str | None = None
    """The e-mail address for questions about accessibility and privacy, on those pages."""


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
        secret_key=_secret(environment),
        base_url=base_url,
        secure_cookies=base_url.startswith("https://"),
        content=Path(own) if own else None,
        contact=contact or None,
    )


def _secret(environment: Mapping[str, str]) -> str:
    key = environment.get("SURVEYAPP_SECRET_KEY")
    file = environment.get("SURVEYAPP_SECRET_KEY_FILE")
    if file:
        try:
            key = Path(file).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as problem:
            raise MissingSetting(f"SURVEYAPP_SECRET_KEY_FILE cannot be read: {problem}") from problem
    if not key:
        raise MissingSetting(
            "SURVEYAPP_SECRET_KEY is not set: make one with `openssl rand -hex 32` and keep it with the backups"
        )
    if len(key) < 32:
        raise MissingSetting("SURVEYAPP_SECRET_KEY is shorter than 32 characters: use `openssl rand -hex 32`")
    return key
