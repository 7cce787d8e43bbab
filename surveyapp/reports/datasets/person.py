"""One person's answers, as a download gets them."""

from collections.abc import Mapping
from typing import NamedTuple


class Person(NamedTuple):
    """``number`` is drawn for one download and leads nowhere; ``answers`` maps the key of a stored answer to what was
    given, empty where a question that a condition showed was skipped; who is ``excluded`` counts in no result."""

    number: int
    organisation: str
    role: str
    answers: Mapping[str, str]
    excluded: bool = False
