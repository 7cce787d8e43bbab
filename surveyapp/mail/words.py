"""Subject and text of a mail: ours, in files beside this module, for a study that has none of its own."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Final

from babel.dates import format_date

from surveyapp import clock
from surveyapp.questionnaires.text import DEFAULT_LANGUAGE

PURPOSES: Final = (
    *("invitation", "reminder", "thanks", "closing", "delegation", "account", "approval", "decision"),
    *("review", "review-reminder"),
)
"""What a mail is for."""
TO_STAFF: Final = frozenset({"account", "approval", "decision"})
"""Mail of the installation to its staff, which no study words."""
TO_READERS: Final = frozenset({"review", "review-reminder"})
"""Mail to who reads a draft or the report of a conversation; always in our own words."""
ALWAYS_OURS: Final = TO_STAFF | TO_READERS
LONGEST_SUBJECT: Final = 200
LONGEST_BODY: Final = 20_000
_TEXTS: Final = Path(__file__).parent / "texts"


@dataclass(frozen=True)
class MailWords:
    """A subject and a text, with places such as ``{name}``.

    An empty line ends a paragraph; a line that begins with ``# `` is a heading and lines with ``- `` are a list.
    """

    subject: str
    body: str


def languages() -> tuple[str, ...]:
    """In which we have words of our own; Dutch comes first."""
    found = sorted(folder.name for folder in _TEXTS.iterdir() if folder.is_dir())
    return tuple(sorted(found, key=lambda language: language != DEFAULT_LANGUAGE))


def shipped(purpose: str, language: str) -> MailWords:
    """Our words for this purpose, in Dutch where we do not speak the language."""
    if purpose not in PURPOSES:
        raise ValueError(f"mail has no purpose {purpose!r}")
    subject, _, body = _read(purpose, language).partition("\n")
    return MailWords(subject, body.strip("\n"))


def promise(regime: str, language: str) -> str:
    """Who will see what, in one paragraph with places: the short form of what is promised before the first question."""
    return _read(f"promise.{regime}", language).strip()


def label(name: str, language: str) -> str:
    """A few words, such as what a link is called; empty where there are none."""
    lines = (line.partition(": ") for line in _read("labels", language).splitlines())
    return {key: words for key, _, words in lines}.get(name, "")


def moment(at: datetime, language: str) -> str:
    """A day and time on an Amsterdam clock: ``vrijdag 18 december 2026, 23:59 uur``."""
    here = clock.local(at)
    spoken = language if language in languages() else DEFAULT_LANGUAGE
    day = format_date(here.date(), "EEEE d MMMM y", locale=spoken)
    return label("moment", spoken).format(day=day, time=f"{here:%H:%M}")


@cache
def _read(name: str, language: str) -> str:
    spoken = language if language in languages() else DEFAULT_LANGUAGE
    return (_TEXTS / spoken / f"{name}.txt").read_text(encoding="utf-8")
