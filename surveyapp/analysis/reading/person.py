"""The name and address of one person, from a list or a form: what is wrong with them and what was probably meant."""

import re
from typing import Final

from surveyapp.analysis.reading.decoding import repaired

LONGEST_NAME: Final = 200
LONGEST_EMAIL: Final = 254
_LOCAL: Final = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
_DOMAIN: Final = r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]{0,61}[A-Za-z0-9]"
_EMAIL: Final = re.compile(rf"{_LOCAL}@{_DOMAIN}")
_LOCAL_LENGTH: Final = 64
_FORMULA: Final = ("=", "+", "@")


def address_key(email: str) -> str:
    """By which two addresses are the same: capitals make no difference in any mailbox that we know of."""
    return email.strip().casefold()


def email_fault(email: str) -> tuple[str, str]:
    """The code of what is wrong with an address and what it should probably be; empty where it is well."""
    if len(email) > LONGEST_EMAIL:
        return "email-too-long", ""
    if _EMAIL.fullmatch(email):
        return ("email-too-long", "") if email.index("@") > _LOCAL_LENGTH else ("", "")
    inside = _EMAIL.findall(email)
    if len(inside) > 1:
        return "two-addresses", inside[0]
    if not email.isascii():
        return "email-letters", ""
    return "bad-email", _mended(email)


def name_fault(name: str) -> tuple[str, str]:
    """The same for a name."""
    if not name.isprintable():
        return "unprintable", ""
    if len(name) > LONGEST_NAME:
        return "name-too-long", ""
    if name.startswith(_FORMULA):
        return "formula", ""
    meant = repaired(name)
    return ("garbled", meant) if meant else ("", "")


def _mended(email: str) -> str:
    """The address in ``Bram <bram@almelo.nl>``, ``mailto:bram@almelo.nl`` or ``bram @almelo,nl``; empty if unclear."""
    inside = re.search(r"[<:(]\s*([^<>()\s]+@[^<>()\s]+?)[>)]?\s*$", email)
    tried = [inside[1]] if inside else []
    bare = re.sub(r"\s+", "", email).strip(".,;:<>()[]\"'")
    tried += [bare, bare.replace(",", "."), re.sub(r"\.{2,}", ".", bare), bare.replace("@@", "@")]
    tried += [re.sub(r"\((?:at|apenstaartje)\)|\[at\]", "@", bare, flags=re.IGNORECASE)]
    return next((each for each in tried if _EMAIL.fullmatch(each)), "")
