"""The municipalities of the Netherlands and their youth regions; ``reference/README.md`` names sources and years."""

import csv
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

_TABLE: Final = Path(__file__).parent / "reference" / "municipalities.csv"
_YOUTH_REGIONS: Final = Path(__file__).parent / "reference" / "youth_regions.csv"


@dataclass(frozen=True)
class Municipality:
    """``code`` is the official one (``GM0147``); ``province`` its name."""

    code: str
    name: str
    province: str


@lru_cache(maxsize=1)
def municipalities() -> tuple[Municipality, ...]:
    """All of them, by code."""
    with _TABLE.open(encoding="utf-8", newline="") as file:
        return tuple(Municipality(**row) for row in csv.DictReader(file))


@dataclass(frozen=True)
class YouthRegion:
    """Municipalities that work together on youth care; ``code`` is that of CBS (``JZ14``)."""

    code: str
    name: str
    municipalities: tuple[Municipality, ...]


@lru_cache(maxsize=1)
def youth_regions() -> tuple[YouthRegion, ...]:
    """All of them, by name; their municipalities by name."""
    known = {one.code: one for one in municipalities()}
    members: dict[tuple[str, str], list[Municipality]] = {}
    with _YOUTH_REGIONS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            members.setdefault((row["code"], row["name"]), []).append(known[row["municipality"]])
    regions = (
        YouthRegion(code, name, tuple(sorted(inside, key=lambda one: plain(one.name))))
        for (code, name), inside in members.items()
    )
    return tuple(sorted(regions, key=lambda region: plain(region.name)))


def search(words: str) -> tuple[Municipality, ...]:
    """The municipalities whose code, name or province begins a word with each of these words, by name.

    Accents and capitals do not matter: ``fryslan`` finds Fryslân. Nothing finds nothing.
    """
    wanted = plain(words).split()
    if not wanted:
        return ()
    found = (one for one in municipalities() if all(_found(word, one) for word in wanted))
    return tuple(sorted(found, key=lambda one: plain(one.name)))


def plain(words: str) -> str:
    """Without capitals, accents and apostrophes, to search and sort by."""
    letters = (one for one in unicodedata.normalize("NFD", words.casefold()) if not unicodedata.combining(one))
    return "".join(" " if letter in "-,." else letter for letter in letters if letter not in "'’")


def _found(word: str, municipality: Municipality) -> bool:
    said = plain(f"{municipality.code} {municipality.name} {municipality.province}").split()
    return any(part.startswith(word) for part in said)
