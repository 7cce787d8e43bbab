"""What has a form of its own: addresses, numbers, dates. Spans are characters of the text as it is."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from stdnum import iban
from stdnum.nl import bsn

EMAIL: Final = "email"
URL: Final = "url"
IBAN: Final = "iban"
PHONE: Final = "phone"
BSN: Final = "bsn"
ADDRESS: Final = "address"
DATE: Final = "date"
HANDLE: Final = "handle"


@dataclass(frozen=True, order=True)
class Span:
    """Something that looks personal: ``text[begins:ends]``."""

    begins: int
    ends: int
    kind: str


_MONTH: Final = (
    r"(?:jan(?:uari)?|feb(?:ruari)?|mrt|maart|apr(?:il)?|mei|juni?|juli?|aug(?:ustus)?|sept?(?:ember)?|okt(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_POSTCODE: Final = r"[1-9]\d{3}(?:\s?(?!SA|SD|SS)[A-Z]{2}|(?!sa|sd|ss)[a-z]{2})(?![A-Za-z0-9])"
_STREET: Final = (
    r"(?=[A-Z])(?:[A-Z][\w'’.-]*\s(?:van\s|de\s|den\s|der\s){0,2}){0,3}?[\w'’.-]*"
    r"(?i:straat|laan|weg|plein|gracht|kade|dijk|hof|steeg|singel|pad|dreef|brink|ring|park|markt)"
)
_HOUSE: Final = r"\d{1,5}(?:\s?[-/]?\s?[A-Za-z]\b|[-/]\d{1,4})?(?!\d)"
_ADDRESS: Final = re.compile(
    rf"(?<!\w)(?:{_STREET}\s{_HOUSE}(?:,?\s(?:in\s)?{_POSTCODE})?|{_POSTCODE}(?:,?\s(?:nr\.?\s|nummer\s)?{_HOUSE})?)"
)
_EMAIL: Final = re.compile(r"(?<![\w.+-])[\w.+-]+\s?@\s?[\w-]+(?:\.[\w-]+)+")
_URL: Final = re.compile(
    r"(?<![\w@.])(?:https?://\S+|www\.\S+|[\w-]+(?:\.[\w-]+)*\.(?:nl|com|eu|org|net|info)\b(?:/\S*)?)", re.IGNORECASE
)
_IBAN: Final = re.compile(r"(?<!\w)[A-Z]{2}\d{2}(?:[ .]?[A-Z0-9]){11,30}(?!\w)", re.IGNORECASE)
_DUTCH_ACCOUNT: Final = re.compile(r"NL\d{2}[ .]?[A-Z]{4}(?:[ .]?\d){10}", re.IGNORECASE)
_PHONE: Final = re.compile(r"(?<![\w+])\(?(?:(?:\+|00)31[\s.-]{0,2}(?:\(0\))?|0)(?:[\s.()/-]{0,3}\d){9}(?!\d)")
_BSN: Final = re.compile(r"(?<![\w.-])\d(?:[ .-]?\d){8}(?![\w-])")
_SHORT_BSN: Final = re.compile(r"(?i:bsn|burgerservicenummer|sofinummer)\D{1,12}(?P<number>\d{8})(?!\d)")
_DATE: Final = re.compile(
    rf"(?<![\w-])(?:\d{{1,2}}\s{_MONTH}(?:\s?'?\d{{2,4}})?(?!\w)|\d{{1,2}}([-/.])\d{{1,2}}\1(?:\d{{4}}|\d{{2}})(?![\w-])"
    r"|(?:19|20)\d{2}-\d{2}-\d{2}(?![\w-]))",
    re.IGNORECASE,
)
_HANDLE: Final = re.compile(r"(?<![\w@.])@[A-Za-z_]\w{2,}")
_AFTER: Final = ".,;:!?)]}\"'”’"
"""What follows an address in a sentence and is no part of it."""


def found(text: str) -> list[Span]:
    """Everything with a form of its own, without overlap: of two at one place the surer comes first."""
    spans: list[Span] = []
    for kind, search in _SEARCHES:
        for begins, ends in search(text):
            if all(ends <= taken.begins or begins >= taken.ends for taken in spans):
                spans.append(Span(begins, ends, kind))
    return sorted(spans)


_Search = Callable[[str], Iterator[tuple[int, int]]]


def _of(pattern: re.Pattern[str]) -> _Search:
    return lambda text: (match.span() for match in pattern.finditer(text))


def _urls(text: str) -> Iterator[tuple[int, int]]:
    for match in _URL.finditer(text):
        yield match.start(), match.start() + len(match.group().rstrip(_AFTER))


def _accounts(text: str) -> Iterator[tuple[int, int]]:
    """Every number laid out as a Dutch account, mistyped too; others where the check digits are right, tried from the
    longest, as words may follow."""
    taken = [match.span() for match in _DUTCH_ACCOUNT.finditer(text)]
    yield from taken
    for match in _IBAN.finditer(text):
        pieces = match.group()
        ends = (end for end in range(len(pieces), 14, -1) if not pieces[end : end + 1].isalnum())
        right = next((end for end in ends if iban.is_valid(pieces[:end].replace(".", ""))), None)
        if right is not None and match.start() not in {begins for begins, _ends in taken}:
            yield match.start(), match.start() + right


def _citizens(text: str) -> Iterator[tuple[int, int]]:
    """Nine digits that pass the check of a citizen service number; eight behind its name, as a zero is often lost."""
    for match in _BSN.finditer(text):
        if bsn.is_valid(match.group()):
            yield match.span()
    for match in _SHORT_BSN.finditer(text):
        if bsn.is_valid("0" + match["number"]):
            yield match.span("number")


_SEARCHES: Final[tuple[tuple[str, _Search], ...]] = (
    (EMAIL, _of(_EMAIL)),
    (URL, _urls),
    (IBAN, _accounts),
    (PHONE, _of(_PHONE)),
    (DATE, _of(_DATE)),
    (BSN, _citizens),
    (ADDRESS, _of(_ADDRESS)),
    (HANDLE, _of(_HANDLE)),
)
