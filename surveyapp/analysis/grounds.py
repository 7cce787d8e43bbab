"""How strong what a finding rests on is, from its links alone: no weighing by hand, so that everybody can follow it.

Three families of evidence are independent of one another: what the questionnaire measured, what was said in
interviews, what documents say. Within a family sources are counted: two scores are two, two quotes of one interview
are one. Whatever contradicts is never outvoted: it is told first. (Triangulation: Denzin, The Research Act, 1978.)
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

Family = Literal["survey", "interview", "document"]
Level = Literal["none", "one", "several", "independent", "contradicted"]

FAMILIES: Final[tuple[Family, ...]] = ("survey", "interview", "document")
LEVELS: Final[tuple[Level, ...]] = ("none", "one", "several", "independent", "contradicted")
"""From nothing that supports it to families that agree; ``contradicted`` stands apart, whatever supports it."""


@dataclass(frozen=True)
class Ground:
    """One link: the family that it belongs to, which source in it, and whether it supports or contradicts."""

    family: Family
    source: str
    supports: bool = True


@dataclass(frozen=True)
class Strength:
    """A level, and why: how many sources of each family support and contradict; families without one are left out."""

    level: Level
    supporting: tuple[tuple[Family, int], ...] = ()
    contradicting: tuple[tuple[Family, int], ...] = ()

    @property
    def sources(self) -> int:
        """How many sources support it."""
        return sum(count for _family, count in self.supporting)


def strength(grounds: Iterable[Ground]) -> Strength:
    """The strength of these links; the same source linked twice counts once.

    ``contradicted`` where anything contradicts; else ``independent`` where sources of two families or more support,
    ``several`` where two sources or more of one family do, ``one``, or ``none``.
    """
    found = frozenset(grounds)
    supporting = _by_family(ground for ground in found if ground.supports)
    contradicting = _by_family(ground for ground in found if not ground.supports)
    return Strength("contradicted" if contradicting else _level(supporting), supporting, contradicting)


def _level(supporting: tuple[tuple[Family, int], ...]) -> Level:
    if not supporting:
        return "none"
    if len(supporting) > 1:
        return "independent"
    return "several" if supporting[0][1] > 1 else "one"


def _by_family(grounds: Iterable[Ground]) -> tuple[tuple[Family, int], ...]:
    counts = Counter(ground.family for ground in grounds)
    return tuple((family, counts[family]) for family in FAMILIES if counts[family])
