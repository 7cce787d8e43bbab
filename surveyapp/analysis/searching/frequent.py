"""Which words return in many texts: something to look for, and no more than that."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from surveyapp.analysis.searching.finding import Texts
from surveyapp.analysis.searching.stop_words import STOP_WORDS
from surveyapp.analysis.searching.words import fold, spelled

_CANDIDATES: Final = 60
"""The words that occur in most texts, of which the forms are counted together."""
_SHORTEST: Final = 3


@dataclass(frozen=True)
class FrequentWord:
    """A word, with its accents, and in how many texts it or another form of it occurs."""

    word: str
    texts: int


def frequent(texts: Texts, *, most: int = 10, least: int = 2) -> tuple[FrequentWord, ...]:
    """The words that occur in most texts, at most ``most`` of them, each in ``least`` texts or more.

    Of forms of one word only the commonest is named. A search for it finds exactly the texts that are counted here.
    """
    telling = (word for word in texts.places if _tells(word, texts.languages))
    candidates = sorted(telling, key=lambda word: (-len(texts.places[word]), word))[:_CANDIDATES]
    found: dict[str, int] = {}
    named: set[str] = set()
    for word in candidates:
        if word not in named:
            forms = texts.forms(word)
            named |= forms
            found[word] = len(texts.having(forms))
    chosen = sorted((word for word in found if found[word] >= least), key=lambda word: (-found[word], word))[:most]
    spelling = _spelling(chosen, texts.texts)
    return tuple(FrequentWord(spelling.get(word, word), found[word]) for word in chosen)


def _tells(word: str, languages: Iterable[str]) -> bool:
    """Whether a word can say what a text is about."""
    if len(word) < _SHORTEST or word.isdecimal():
        return False
    return not any(word in STOP_WORDS.get(language, ()) for language in languages)


def _spelling(chosen: Iterable[str], texts: Iterable[str]) -> dict[str, str]:
    """How those of these folded words that somebody wrote with accents are spelled most among who uses accents."""
    wanted = set(chosen)
    accented = (text for text in texts if not text.isascii())
    spellings = Counter(word.lower() for text in accented for word in spelled(text) if fold(word) in wanted)
    best: dict[str, str] = {}
    for word in sorted(spellings, key=lambda word: (-spellings[word], word)):
        best.setdefault(fold(word), word)
    return best
