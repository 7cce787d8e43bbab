"""The names under which themes, statements, organisations and roles appear on pages."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self

from surveyapp.analysis.attacking.facts import EVERYBODY

KEY, ORGANISATION, ROLE = "key", "organisation", "role"
EXPLAINED = frozenset(
    number.replace(".", mark) for number in ("0.15", "0.33", "0.47", "0.8", "2.0", "3.0", "4.0") for mark in ".,"
)
"""Boundaries that explanations name wherever they apply: of Cliff's delta, of deviations, and of maturity in bands."""
_REGION = (
    *("region", "regio", "alle organisaties", "all organisations", "de regio", "the region"),
    *("score van de regio", "score of the region"),
)
_TO_A_PAGE = re.compile(r"( ?\.){2,} *\d*$")
_EVERY_ROLE = ("mean", "gemiddelde", "score", "everybody", "iedereen", "alle rollen", "all roles")


@dataclass(frozen=True)
class Labels:
    """Words -> (what it is, its key); upper and lower case are the same."""

    known: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    themes: frozenset[str] = frozenset()
    explained: frozenset[str] = EXPLAINED
    """Numbers that explanations of the method name, as they are written."""

    @classmethod
    def of(
        cls,
        themes: Mapping[str, str],
        items: Mapping[str, str],
        organisations: Mapping[str, str],
        roles: Mapping[str, str],
    ) -> Self:
        """Each a mapping of words to keys."""
        pairs = [*((words, (KEY, key)) for words, key in {**themes, **items}.items())]
        pairs += [(words, (ORGANISATION, key)) for words, key in organisations.items()]
        pairs += [(words, (ROLE, key)) for words, key in roles.items()]
        return cls({words.casefold(): about for words, about in pairs}, frozenset(themes.values()))

    def of_words(self, words: str) -> tuple[str, str] | None:
        """What a label names."""
        plain = " ".join(words.split()).casefold()
        if plain in self.known:
            return self.known[plain]
        if plain in _REGION:
            return ORGANISATION, EVERYBODY
        return (ROLE, EVERYBODY) if plain in _EVERY_ROLE else None

    def is_numbered(self, words: str, number: str) -> bool:
        """Whether words are a label behind the number of a section: ``7.1 Almelo``, maybe with its page after it."""
        plain = _TO_A_PAGE.sub("", words.strip())
        label = plain.removeprefix(f"{number} ")
        return "." in number and label != plain and self.of_words(label) is not None

    def roles_in(self, words: str) -> list[str]:
        """The roles that are named, in the order in which they are."""
        plain = " ".join(words.split()).casefold()
        places = {
            key: plain.index(label)
            for label, (sort, key) in self.known.items()
            if sort == ROLE and re.search(rf"(?<!\w){re.escape(label)}(?!\w)", plain)
        }
        return sorted(places, key=lambda key: places[key])

    def within(self, words: str) -> dict[str, str]:
        """What a title speaks of: the longest label of each sort in it."""
        plain = " ".join(words.split()).casefold()
        found: dict[str, str] = {}
        for label in sorted(self.known, key=len, reverse=True):
            if label and label in plain:
                found.setdefault(*self.known[label])
        return found
