"""Bytes of a text file into lines, whatever wrote them: UTF-8, UTF-16 or Windows-1252, row by row if need be."""

import codecs
from dataclasses import dataclass, field
from typing import Final

UNDECODABLE: Final = "undecodable"
MIXED: Final = "mixed-encoding"
_LOST: Final = "\ufffd"


@dataclass(frozen=True)
class Text:
    """Lines without their ends, and the code of what is wrong with a line, by its place."""

    lines: list[str]
    faults: dict[int, str] = field(default_factory=dict)


def decode(content: bytes) -> Text | None:
    """The lines of a text; None for what is no text."""
    if content.startswith(codecs.BOM_UTF8):
        return _each_line(content.removeprefix(codecs.BOM_UTF8))
    wide = _wide(content)
    if wide is not None:
        return _marked(content.decode(wide, errors="replace").removeprefix("\ufeff"))
    return None if b"\0" in content else _each_line(content)


def repaired(words: str) -> str | None:
    """What was meant where text was read in the wrong encoding before it came here (``JosÃ©``); None where it reads
    well."""
    if words.isascii():
        return None
    try:
        meant = words.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return None
    return meant if meant != words else None


def _wide(content: bytes) -> str | None:
    """Which UTF-16 it is: as its mark says, or as the zeros between plain letters show."""
    if content.startswith(codecs.BOM_UTF16_LE):
        return "utf-16-le"
    if content.startswith(codecs.BOM_UTF16_BE):
        return "utf-16-be"
    beginning = content[:2000]
    half = len(beginning) // 2
    for codec, zeros in (("utf-16-le", beginning[1::2]), ("utf-16-be", beginning[::2])):
        if half > 3 and zeros.count(0) > half * 0.6 and beginning.count(0) - zeros.count(0) < half * 0.2:
            return codec
    return None


def _marked(text: str) -> Text:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return Text(lines, {place: UNDECODABLE for place, line in enumerate(lines) if _LOST in line})


def _each_line(content: bytes) -> Text:
    """As UTF-8; where that cannot be, as Windows-1252, in which a file must be as a whole."""
    try:
        return _marked(content.decode("utf-8"))
    except UnicodeDecodeError:
        lines = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
    telling = {place: _is_utf_8(line) for place, line in enumerate(lines) if not line.isascii()}
    fewest = list(telling.values()).count(True) <= len(telling) / 2
    faults = {place: MIXED for place, modern in telling.items() if modern is fewest}
    words = [_line(line, modern=telling.get(place, True)) for place, line in enumerate(lines)]
    faults |= {place: UNDECODABLE for place, line in enumerate(words) if _LOST in line}
    return Text(words, faults)


def _is_utf_8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _line(line: bytes, *, modern: bool) -> str:
    return line.decode("utf-8" if modern else "cp1252", errors="replace")
