"""The municipalities of the Netherlands; ``reference/README.md`` names source and year."""

import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

_TABLE: Final = Path(__file__).parent / "reference" / "municipalities.csv"


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
