"""Letters: which font file, how wide a text is, and where a line may break."""

from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import matplotlib as mpl
from matplotlib.font_manager import FontProperties, get_font
from matplotlib.ft2font import LoadFlags
from pyphen import LANGUAGES, Pyphen

_SHIPPED = {False: "fira-sans-400.ttf", True: "fira-sans-700.ttf"}
_SPARE = {False: "DejaVuSans.ttf", True: "DejaVuSans-Bold.ttf"}

MISSING = "\N{REPLACEMENT CHARACTER}"


@dataclass(frozen=True)
class Lettering:
    """The fonts of one drawing. Without a folder, or for letters that its fonts lack, matplotlib's own serve."""

    language: str
    folder: Path | None = None

    def font(self, text: str, *, bold: bool = False) -> FontProperties:
        """The font that has every letter of this text."""
        return FontProperties(fname=self._file(text, bold=bold))

    def printable(self, text: str, *, bold: bool = False) -> str:
        """The text with a sign in the place of each letter that its font does not have."""
        known = _letters(self._file(text, bold=bold))
        return text.translate({ord(letter): MISSING for letter in text if ord(letter) not in known})

    def width(self, text: str, size: float, *, bold: bool = False) -> float:
        """Pixels that the text takes at this size."""
        file = self._file(text, bold=bold)
        return sum(_advance(file, letter) for letter in self.printable(text, bold=bold)) * size / 100

    def lines(self, text: str, size: float, room: float, *, bold: bool = False) -> list[str]:
        """The text broken to fit the room: between words, else at a hyphen of the language, else between letters."""
        lines: list[str] = []
        current = ""
        words = text.split()
        while words:
            word = words.pop(0)
            candidate = f"{current} {word}" if current else word
            if self.width(candidate, size, bold=bold) <= room:
                current = candidate
            elif current:
                lines.append(current)
                current, words = "", [word, *words]
            else:
                head, tail = self._split(word, size, room, bold=bold)
                lines.append(head)
                words = [tail, *words]
        return [*lines, current] if current else lines

    def _split(self, word: str, size: float, room: float, *, bold: bool) -> tuple[str, str]:
        """A word that is too long for a line: the longest start that fits, and the rest."""
        places = [place for place in range(len(word) - 1, 0, -1) if word[place - 1] in "-/"]
        starts = [(word[:place], word[place:]) for place in places]
        starts += [(f"{head}-", tail) for head, tail in _hyphenation(self.language).iterate(word)]
        starts += [(word[:place], word[place:]) for place in range(len(word) - 1, 0, -1)]
        fitting = (start for start in starts if self.width(start[0], size, bold=bold) <= room)
        return next(fitting, (word[:1], word[1:]))

    def _file(self, text: str, *, bold: bool) -> Path:
        shipped = self.folder / _SHIPPED[bold] if self.folder else None
        if shipped is not None and shipped.is_file() and _letters(shipped).issuperset(map(ord, text)):
            return shipped
        return Path(mpl.get_data_path(), "fonts", "ttf", _SPARE[bold])


@lru_cache(maxsize=10_000)
def _advance(file: Path, letter: str) -> float:
    """How far a letter of a hundred pixels moves the next one along; pairs that are set closer count in full."""
    font = get_font(file)
    font.set_size(100, 72)
    return float(font.load_char(ord(letter), flags=LoadFlags.NO_HINTING).linearHoriAdvance) / 65536


@cache
def _letters(file: Path) -> frozenset[int]:
    return frozenset(get_font(file).get_charmap())


@cache
def _hyphenation(language: str) -> Pyphen:
    return Pyphen(lang=language if language in LANGUAGES else "nl")
