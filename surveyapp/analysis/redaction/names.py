"""Names: those that a study knows, in whole or in part, and what stands behind a title.

``Jan de Vries`` gives ``Jan``, ``Vries`` and the whole. A part is found in small letters too, unless it is a common
word; a part that is the name of a municipality only within the whole name.
"""

import re
from collections.abc import Collection, Iterable
from typing import Final

from surveyapp.analysis.redaction.patterns import Span
from surveyapp.analysis.searching.stop_words import STOP_WORDS
from surveyapp.analysis.searching.words import Word, fold, placed, words

NAME: Final = "name"
_PARTICLES: Final = frozenset(
    ["van", "de", "der", "den", "ten", "ter", "te", "het", "t", "von", "el", "la", "le", "du", "in", "op", "bij", "s"]
)
_TITLES: Final = frozenset(
    ["dhr", "mevr", "mw", "mevrouw", "meneer", "heer", "drs", "mr", "ir", "ing", "dr", "prof", "msc", "bsc", "ba", "ma"]
)
_ALSO_WORDS: Final = """
    april baan bakker beek berg bergen bloem boer bos broek bruin dam dekker dijk echt eerste floor goed groen groot
    haan heel heuvel hoek hof hoop huis jong juli juni kaart kamer klaar klein klerk koning koper kort kuiper laan lang
    lange linden maan mark mei meer mens molen mooi nieuw ons oud park post recht rijk roos ruiter scholten schipper
    schouten slager smid snel sterk stap steen storm tak tuin veen veld vink visser vos vrij waard water wal werk wever
    wijk wil wind winter wit woud zand zee zijn zomer zwart
"""
_COMMON: Final = frozenset(_ALSO_WORDS.split())
"""Words that are names as well: found with a capital only."""
_TITLE: Final = (
    r"(?:[Mm]evrouw|[Mm]evr\.?|[Mm]w\.?|[Mm]eneer|[Dd]hr\.?|[Dd]e heer|[Ww]ethouder|[Bb]urgemeester|[Cc]ollega"
    r"|[Gg]emeentesecretaris|[Dd]irecteur|[Dd]rs\.|[Ii]r\.|[Mm]r\.|[Dd]r\.|[Pp]rof\.)"
)
_CAPITAL: Final = r"[A-ZÀ-Þ][\w'’-]*[\w]"
_SMALL: Final = r"(?:(?:[Vv]an|[Dd]e|[Dd]er|[Dd]en|[Tt]en|[Tt]er|'t)\s+)*"
_INITIALS: Final = r"(?:[A-Z]\.\s?)+"
_BEHIND_TITLE: Final = re.compile(
    rf"(?<!\w){_TITLE}\s+(?P<name>(?:{_INITIALS})?{_SMALL}{_CAPITAL}(?:\s+{_SMALL}{_CAPITAL})?)"
)
_INITIALLED: Final = re.compile(rf"(?<![\w.]){_INITIALS}{_SMALL}{_CAPITAL}")
_PORTFOLIOS: Final = frozenset(
    [
        "jeugd",
        "jeugdzorg",
        "zorg",
        "wmo",
        "sociaal",
        "financien",
        "onderwijs",
        "wonen",
        "welzijn",
        "ozjt",
        "participatie",
    ]
)
"""What stands behind ``wethouder`` and is what somebody governs."""


class Names:
    """The names that a study knows; ``allowed`` are those of places, which are no names of people by themselves."""

    def __init__(self, names: Iterable[str], allowed: Iterable[str] = ()) -> None:
        self._allowed = {word for place in allowed for word in words(place)}
        self._whole = {parts for name in names if len(parts := words(name)) > 1}
        told = {part for name in names for part in _parts(name)}
        self._parts = told - self._allowed
        self._longest = max(map(len, self._whole), default=0)

    def found(self, text: str) -> list[Span]:
        """Every name, with the particles and initials that belong to it; without overlap, in order."""
        inside = placed(text)
        spans = [*self._wholes(inside), *self._single(text, inside), *self._titled(text)]
        return _together(spans, text)

    def _wholes(self, inside: list[Word]) -> Iterable[Span]:
        for first in range(len(inside)):
            for length in range(self._longest, 1, -1):
                run = inside[first : first + length]
                if tuple(word.folded for word in run) in self._whole:
                    yield Span(run[0].start, run[-1].end, NAME)
                    break

    def _single(self, text: str, inside: list[Word]) -> Iterable[Span]:
        for place, word in enumerate(inside):
            if word.folded in self._parts and (word.folded not in _COMMON or text[word.start].isupper()):
                first = place
                while first and _belongs(text, inside[first - 1]):
                    first -= 1
                yield Span(inside[first].start, word.end, NAME)

    def _titled(self, text: str) -> Iterable[Span]:
        """What stands behind a title or initials, known or not."""
        for match in _BEHIND_TITLE.finditer(text):
            if not self._is_no_name(match["name"]):
                yield Span(*match.span("name"), NAME)
        for match in _INITIALLED.finditer(text):
            yield Span(*match.span(), NAME)

    def _is_no_name(self, found: str) -> bool:
        telling = [word for word in words(found) if word not in _PARTICLES]
        return bool(telling) and telling[0] in self._allowed | _PORTFOLIOS


def _parts(name: str) -> Collection[str]:
    """First and last names, and those on either side of a hyphen."""
    small = _PARTICLES | _TITLES
    return {
        part for part in words(name) if len(part) > 1 and part not in small and part not in STOP_WORDS["nl"] - _COMMON
    }


def _belongs(text: str, word: Word) -> bool:
    """Whether a word before a name is part of it: ``de``, ``van``, an initial with a capital."""
    spelled = text[word.start : word.end]
    return fold(spelled) in _PARTICLES - {"in", "op", "bij", "het", "te", "s"} or (
        len(spelled) == 1 and spelled.isupper()
    )


def _together(spans: Iterable[Span], text: str) -> list[Span]:
    """Spans that overlap, or have only a space between them, made one."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and not text[merged[-1].ends : span.begins].strip(" "):
            merged[-1] = Span(merged[-1].begins, max(merged[-1].ends, span.ends), NAME)
        else:
            merged.append(span)
    return merged
