"""A reason that stands in the log for ever: it is there, it is no story, and it names nobody."""

from collections.abc import Collection
from typing import Final

from surveyapp.errors import InvalidContent

LONGEST_REASON: Final = 500
_TELLING: Final = 4
"""A part of a name of fewer letters may be any word."""


def told(reason: str, about: Collection[str]) -> str:
    """The reason as it will stand in the log. Raises ``InvalidContent``: ``reason-missing``, ``reason-too-long``, and
    ``reason-names-person`` where it holds one of the names or addresses ``about`` whom it is."""
    why = " ".join(reason.split())
    if not why:
        raise InvalidContent("reason-missing", field="reason")
    if len(why) > LONGEST_REASON:
        raise InvalidContent("reason-too-long", field="reason", most=LONGEST_REASON)
    words = {word.strip(".,;:()").lower() for word in why.split()}
    theirs = {part.lower() for known in about for part in [known, *known.split()] if len(part) >= _TELLING}
    if words & theirs or any(known in why.lower() for known in theirs if "@" in known):
        raise InvalidContent("reason-names-person", field="reason")
    return why
