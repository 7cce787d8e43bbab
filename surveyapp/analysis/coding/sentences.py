"""The sentences of a text, as parts of it that can be chosen."""

import re
from typing import Final

_SENTENCE: Final = re.compile(r"\S.*?(?:[.!?…]+[\"'”’)\]]*(?=\s|$)|(?=\n)|$)", re.DOTALL)


def sentences(text: str) -> list[tuple[int, int]]:
    """Where each begins and ends, in characters; every character but white space is in one of them."""
    return [match.span() for line in re.finditer(r"[^\n]+", text) for match in _inside(text, *line.span())]


def _inside(text: str, begins: int, ends: int) -> list[re.Match[str]]:
    return list(_SENTENCE.finditer(text, begins, ends))
