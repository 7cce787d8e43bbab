"""What somebody looks for, read from what they typed.

``samenwerking cijfers`` asks for both words, in whatever form; ``"goede cijfers"`` for these words exactly, one after
the other; ``-geld`` leaves out texts with the word; ``inkoop*`` finds every word that begins so.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from surveyapp.analysis.searching.words import words

LONGEST: Final = 200
"""Characters that are read."""
_QUOTES: Final = str.maketrans(dict.fromkeys("“”„‟«»″", '"'))
_PIECE: Final = re.compile(r'(?P<minus>(?<!\S)[-−–])?(?:"(?P<phrase>[^"]*)(?:"|$)|(?P<run>[^\s"]+))')


class Manner(StrEnum):
    """How a word is compared."""

    FORMS = "forms"
    EXACT = "exact"
    BEGINNING = "beginning"


@dataclass(frozen=True)
class Term:
    """Words that must stand one after the other, or must not."""

    words: tuple[str, ...]
    """Folded; one or more."""
    manner: Manner = Manner.FORMS
    without: bool = False


@dataclass(frozen=True)
class Search:
    """All terms must be met; without terms everything is found."""

    terms: tuple[Term, ...] = ()
    unclosed: bool = False
    """A quotation mark was opened and not closed: all that follows is taken as one phrase."""
    wordless: bool = False
    """Something was typed in which there is no word to look for."""
    shortened: bool = False
    """More was typed than is read."""

    @property
    def wanted(self) -> tuple[Term, ...]:
        """The terms that are to be found, which can be marked in a text."""
        return tuple(term for term in self.terms if not term.without)


def parse(typed: str) -> Search:
    """Whatever is typed can be read; see ``Search`` for what is to be told about it."""
    read = typed[:LONGEST].translate(_QUOTES)
    terms = tuple(dict.fromkeys(term for piece in _PIECE.finditer(read) if (term := _term(piece)).words))
    return Search(
        terms,
        unclosed=read.count('"') % 2 == 1,
        wordless=bool(read.strip()) and not terms,
        shortened=len(typed.rstrip()) > LONGEST,
    )


def _term(piece: re.Match[str]) -> Term:
    without = piece["minus"] is not None
    if piece["phrase"] is not None:
        return Term(words(piece["phrase"]), Manner.EXACT, without)
    manner = Manner.BEGINNING if piece["run"].endswith("*") else Manner.FORMS
    return Term(words(piece["run"]), manner, without)
