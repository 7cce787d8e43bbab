"""Whether two words are forms of one another: ``gemeente`` and ``gemeenten``, ``besluit`` and ``besluiten``.

Stems by Snowball (https://snowballstem.org): for Dutch the algorithm of Kraaij and Pohlmann (1994, Porter's stemming
algorithm for Dutch), which knows plurals and verbs best; Porter's for words that begin with *ge*, from which the other
takes that off as if each were a participle (*gezin* would be *zin*). For English Porter's second.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import snowballstemmer  # type: ignore[import-untyped]

_REMEMBERED: Final = 65_536
_OWN_S: Final = frozenset({"advies", "grens", "kans", "mens", "proces", "succes", "wens"})
"""Nouns whose last letter is not that of a plural."""
_DOUBLED: Final = re.compile(r"(.)\1")
_DOUBLE_END: Final = re.compile(r"([b-df-hj-np-tv-z])\1$")


def alike(one: str, other: str, languages: Sequence[str]) -> bool:
    """Whether these folded words are the same, or forms of one word in one of the languages.

    Forms of a word begin alike, but for a doubled letter (*taak*, *taken*): it keeps *beleid* and *begeleiding* apart.
    """
    if one == other:
        return True
    return head(one) == head(other) and any(stem(one, each) == stem(other, each) for each in languages)


@lru_cache(_REMEMBERED)
def head(word: str) -> str:
    """How every form of this word begins: at most three letters, doubled ones taken once."""
    single = _DOUBLED.sub(r"\1", word)
    return (single.removesuffix("en") or single)[:3]


@lru_cache(_REMEMBERED)
def stem(word: str, language: str) -> str:
    """The stem of a folded word; the word itself in a language of which we know no stems."""
    if language == "nl":
        return _dutch(word)
    return _snowball("english", word) if language == "en" else word


def _dutch(word: str) -> str:
    if word in _OWN_S:
        return word
    if word.startswith("ge"):
        return _DOUBLE_END.sub(r"\1", _snowball("dutch_porter", word))  # gezinnen
    if word.endswith(("eeen", "ieen")):  # idee, categorie
        word = word.removesuffix("en")
    found = _snowball("dutch", word)
    if found.endswith("e") and not found.endswith(("ee", "ie")):  # grote, keuze
        return _snowball("dutch", found + "n")
    return found


def _snowball(algorithm: str, word: str) -> str:
    """With a stemmer of its own, which costs next to nothing: one that is shared between threads mixes up words."""
    stemmed: str = snowballstemmer.stemmer(algorithm).stemWord(word)
    return stemmed
