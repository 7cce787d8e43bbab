"""The words of a text, as they are compared: without accents, and small."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

_WORD: Final = re.compile(r"[\w\u0300-\u036f]+(?:['’][\w\u0300-\u036f]+)*")
"""Letters and digits, with accents that stand apart; an apostrophe inside a word belongs to it (``foto's``)."""
_REMEMBERED: Final = 65_536


@dataclass(frozen=True)
class Word:
    """A word and where it stands in its text: ``text[start:end]``."""

    start: int
    end: int
    folded: str


def words(text: str) -> tuple[str, ...]:
    """Every word, folded, in the order of the text."""
    if text.isascii():
        return tuple(_WORD.findall(text.lower()))
    return tuple(map(fold, _WORD.findall(text)))


def placed(text: str) -> list[Word]:
    """The same words, with their places."""
    return [Word(found.start(), found.end(), fold(found.group())) for found in _WORD.finditer(text)]


def spelled(text: str) -> list[str]:
    """The same words as they were spelled."""
    return _WORD.findall(text)


@lru_cache(_REMEMBERED)
def fold(word: str) -> str:
    """Small letters without accents: ``Coördinatie`` and ``COORDINATIE`` are one word."""
    if word.isascii():
        return word.lower()
    apart = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter)).replace("’", "'")
