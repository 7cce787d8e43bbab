"""Invented people: how many of each organisation and role, and what they are called."""

from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Final

from ruamel.yaml import YAML

REGION: Final = (
    "GM0141",
    "GM0147",
    "GM1774",
    "GM0153",
    "GM0158",
    "GM0163",
    "GM0164",
    "GM1735",
    "GM0168",
    "GM0173",
    "GM1742",
    "GM0183",
    "GM1700",
    "GM0189",
)
"""The fourteen municipalities of Twente, by name."""

BODY: Final = ("SAMEN14", "OZJT/Samen14")
"""The regional body that bought for them."""

SMALL: Final = frozenset({"GM0158", "GM0183", "GM1774"})
"""Municipalities where one governor and four officials are asked."""


@dataclass(frozen=True)
class Person:
    """Somebody to invite."""

    name: str
    email: str
    organisation: str
    role: str


def first_study(random: Random) -> list[Person]:
    """Two or three governors and four to nine officials in most municipalities, one and four in three."""
    sizes = {code: (1, 4) if code in SMALL else (random.randint(2, 3), random.randint(5, 9)) for code in REGION}
    sizes["GM0147"] = (2, 7)
    return _people(random, sizes, project=8)


def second_study(random: Random) -> list[Person]:
    """Enough people to fill in with: three governors and twenty-eight officials everywhere."""
    return _people(random, dict.fromkeys(REGION, (3, 28)), project=6)


def _people(random: Random, sizes: dict[str, tuple[int, int]], project: int) -> list[Person]:
    wanted = [
        (code, role)
        for code, (governors, officials) in sizes.items()
        for role, number in (("governor", governors), ("official", officials))
        for _ in range(number)
    ]
    wanted += [(BODY[0], "project")] * project
    stock = YAML(typ="safe", pure=True).load(Path(__file__).with_name("names.yaml"))
    names = [f"{first} {last}" for first in stock["first"] for last in stock["last"]]
    chosen = random.sample(names, len(wanted))
    return [
        Person(name, f"{name.lower().replace(' ', '.')}@{code.lower()}.example", code, role)
        for name, (code, role) in zip(chosen, wanted, strict=True)
    ]
