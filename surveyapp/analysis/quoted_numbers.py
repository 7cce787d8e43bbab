"""Numbers in a sentence that somebody wrote, and which of them readers cannot find in what was published."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

_NUMBER: Final = re.compile(
    r"(?<![\w.,])(?P<number>\d{1,6}(?:[.,]\d{1,4})?)(?![\d]|[.,]\d)"
    r"(?:\s?(?P<percent>%|procent\b|percent\b)|\s(?:van de|van het|of the|out of)\s(?P<whole>\d{1,6})\b)?"
)
_CLOSE: Final = 1e-9


@dataclass(frozen=True)
class Known:
    """What readers can find of a place: numbers as they are printed, shares (0-1), and counts of people."""

    numbers: frozenset[float] = frozenset()
    shares: frozenset[float] = frozenset()
    counts: frozenset[int] = frozenset()


def unpublished(text: str, known: Known) -> tuple[str, ...]:
    """The numbers of a text, as they stand there, that say something of a study and are not among what is known.

    Looked at are numbers with decimals (``3,4``), percentages (``62%``, ``62 procent``) and parts of a whole (``3 van
    de 5``); a bare whole number may be a year or a list. A number with fewer decimals than was published is known where
    it is that number rounded.
    """
    found = (match for match in _NUMBER.finditer(text) if _tells(match))
    return tuple(dict.fromkeys(match.group(0) for match in found if not _is_known(match, known)))


def _tells(match: re.Match[str]) -> bool:
    return bool(match["percent"] or match["whole"] or re.search(r"[.,]", match["number"]))


def _is_known(match: re.Match[str], known: Known) -> bool:
    written = match["number"].replace(",", ".")
    decimals = len(written.partition(".")[2])
    if match["whole"]:
        return {int(float(written)), int(match["whole"])} <= known.counts
    if match["percent"]:
        return _among(float(written), (100 * share for share in known.shares), decimals)
    return _among(float(written), known.numbers, decimals)


def _among(number: float, others: Iterable[float], decimals: int) -> bool:
    """Whether it is one of these to its own precision; at a half both ways of rounding count."""
    half = 0.5 * 10**-decimals + _CLOSE
    return any(abs(number - other) <= half for other in others)
