"""Everything in a text that looks personal, and the text without it."""

from collections.abc import Mapping, Sequence
from typing import Final

from surveyapp.analysis.redaction import functions, patterns
from surveyapp.analysis.redaction.functions import FUNCTION
from surveyapp.analysis.redaction.names import NAME, Names
from surveyapp.analysis.redaction.patterns import Span

KINDS: Final = (
    patterns.EMAIL,
    patterns.URL,
    patterns.IBAN,
    patterns.PHONE,
    patterns.BSN,
    patterns.ADDRESS,
    patterns.DATE,
    patterns.HANDLE,
    NAME,
    FUNCTION,
)
WARNINGS: Final = frozenset({FUNCTION, patterns.DATE})
"""What is pointed out and left to who reads it."""


def suggested(text: str, names: Names) -> list[Span]:
    """What looks personal, in order and without overlap: patterns go before names, names before functions."""
    found: list[Span] = []
    for spans in (patterns.found(text), names.found(text), functions.found(text)):
        found += [span for span in spans if all(span.ends <= one.begins or span.begins >= one.ends for one in found)]
    return sorted(found)


def redacted(text: str, spans: Sequence[Span], words: Mapping[str, str]) -> str:
    """The text with each of these spans (in order, without overlap) replaced by the word for its kind."""
    pieces, end = [], 0
    for span in spans:
        pieces += [text[end : span.begins], words[span.kind]]
        end = span.ends
    return "".join((*pieces, text[end:]))
