"""The places in a mail, such as ``{name}``: which there are, what is wrong with a text, and filling them in."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from surveyapp.mail.words import LONGEST_BODY, LONGEST_SUBJECT

_STUDY: Final = (
    *("name", "organisation", "role", "title", "client", "sender", "closes", "contact_name", "contact_email"),
    "privacy",
)
_ASKED: Final = (*_STUDY, "purpose", "minutes", "promise", "link", "opt_out")
_READ: Final = (
    *("name", "draft", "title", "client", "sender", "closes", "contact_name", "contact_email", "privacy", "link"),
)
PLACES: Final[Mapping[str, tuple[str, ...]]] = {
    "invitation": _ASKED,
    "reminder": _ASKED,
    "thanks": (*_STUDY, "promise", "link", "opt_out"),
    "closing": (*_STUDY, "promise", "opt_out"),
    "delegation": (*_STUDY, "promise", "section", "from_name", "link"),
    "account": ("name", "site", "closes", "link"),
    "approval": ("name", "title", "act", "closes", "link"),
    "decision": ("name", "title", "act", "link"),
    "review": _READ,
    "review-reminder": _READ,
}
"""Purpose -> what can be filled in."""
REQUIRED: Final[Mapping[str, tuple[str, ...]]] = {
    "invitation": ("link", "opt_out"),
    "reminder": ("link", "opt_out"),
    "thanks": (),
    "closing": (),
    "delegation": ("link",),
    "account": ("link",),
    "approval": ("link",),
    "decision": ("link",),
    "review": ("link",),
    "review-reminder": ("link",),
}
"""Purpose -> what its text cannot do without."""
NOT_IN_SUBJECT: Final = frozenset({"link", "opt_out", "privacy", "promise", "purpose"})
"""A subject is shown on locked screens and in overviews."""
_PLACE: Final = re.compile(r"\{([^{}]*)\}")
_BRACE: Final = re.compile(r"[{}]")


@dataclass(frozen=True)
class PlaceProblem:
    """What is wrong with a ``subject`` or ``body``.

    Codes: ``subject-empty``, ``subject-too-long``, ``subject-lines``, ``body-empty``, ``body-too-long``,
    ``broken-brace``, and with a ``place`` ``unknown-place``, ``missing-place`` and ``not-in-subject``.
    """

    field: str
    code: str
    place: str = ""


def problems(subject: str, body: str, purpose: str) -> list[PlaceProblem]:
    """Everything that keeps this text from being sent; empty when it can be."""
    return [*_subject_problems(subject, purpose), *_body_problems(body, purpose)]


def places(text: str) -> list[str]:
    """The places in a text, in their order."""
    return _PLACE.findall(text)


def fill(text: str, values: Mapping[str, str], shown: Callable[[str, str], str] = lambda _place, value: value) -> str:
    """The text with its places filled in, once: what is filled in is never looked through for places.

    ``shown`` makes of a place and its value what stands there. A value is one line of printable characters, whatever
    it was. A place without a value stays as it is.
    """

    def filled(found: re.Match[str]) -> str:
        place = found.group(1)
        return shown(place, one_line(values[place])) if place in values else found.group()

    return _PLACE.sub(filled, text)


def one_line(value: str) -> str:
    """The same on one line, with single spaces, without what cannot be seen (control characters, reversed writing)."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in value).split())


def _subject_problems(subject: str, purpose: str) -> Iterator[PlaceProblem]:
    if not subject.strip():
        yield PlaceProblem("subject", "subject-empty")
    if len(subject) > LONGEST_SUBJECT:
        yield PlaceProblem("subject", "subject-too-long")
    if len(subject.strip().splitlines()) > 1:
        yield PlaceProblem("subject", "subject-lines")
    yield from _place_problems("subject", subject, purpose)
    for place in places(subject):
        if place in NOT_IN_SUBJECT:
            yield PlaceProblem("subject", "not-in-subject", place)


def _body_problems(body: str, purpose: str) -> Iterator[PlaceProblem]:
    if not body.strip():
        yield PlaceProblem("body", "body-empty")
    if len(body) > LONGEST_BODY:
        yield PlaceProblem("body", "body-too-long")
    yield from _place_problems("body", body, purpose)
    for place in REQUIRED[purpose]:
        if place not in places(body):
            yield PlaceProblem("body", "missing-place", place)


def _place_problems(field: str, text: str, purpose: str) -> Iterator[PlaceProblem]:
    for place in dict.fromkeys(places(text)):
        if place not in PLACES[purpose]:
            yield PlaceProblem(field, "unknown-place", place)
    if _BRACE.search(_PLACE.sub("", text)):
        yield PlaceProblem(field, "broken-brace")
