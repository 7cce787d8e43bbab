"""How one text differs from another, word by word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

_WORD: Final = re.compile(r"\w+|\s+|[^\w\s]")


@dataclass(frozen=True)
class Piece:
    """A run of characters: ``before`` in the one text and ``after`` in the other; the same where nothing changed."""

    before: str
    after: str

    @property
    def same(self) -> bool:
        """Whether nothing changed."""
        return self.before == self.after


def difference(before: str, after: str) -> list[Piece]:
    """The pieces of either text, in order; all ``before`` together are the one, all ``after`` the other."""
    return list(_pieces(_WORD.findall(before), _WORD.findall(after)))


def _pieces(before: list[str], after: list[str]) -> Iterator[Piece]:
    for _how, first, last, begin, end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        yield Piece("".join(before[first:last]), "".join(after[begin:end]))
