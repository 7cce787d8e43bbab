"""The names under which themes, statements, organisations and roles appear on pages."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self

from surveyapp.analysis.attacking.facts import EVERYBODY

KEY, ORGANISATION, ROLE = "key", "organisation", "role"
_REGION = ("region", "regio", "alle organisaties", "all organisations", "de regio", "the region")
_EVERY_ROLE = ("mean", "gemiddelde", "score", "everybody", "iedereen", "alle rollen", "all roles")


@dataclass(frozen=True)
class Labels:
    """Words -> (what it is, its key); upper and lower case are the same."""

    known: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    themes: frozenset[str] = frozenset()

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

    def within(self, words: str) -> dict[str, str]:
        """What a title speaks of: the longest label of each sort in it."""
        plain = " ".join(words.split()).casefold()
        found: dict[str, str] = {}
        for label in sorted(self.known, key=len, reverse=True):
            if label and label in plain:
                found.setdefault(*self.known[label])
        return found
