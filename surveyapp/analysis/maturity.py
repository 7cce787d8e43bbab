"""How mature is a practice? By criteria that build on one another, never by an average alone.

A level is a gate: it is reached when everything that belongs to it, and to every level below, is in place. One strong
statement cannot make up for a missing one. The band of a mean says something else, and both are shown.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import isnan
from typing import Final

REACHED: Final = 3.5
"""The mean, on five points, from which a statement counts as in place."""
NEAR: Final = 0.1
"""Scale points from a cut within which a score is on the edge."""


@dataclass(frozen=True)
class Band:
    """A range of means, from ``lowest`` up to the next band."""

    key: str
    lowest: float


BANDS: Final = (Band("beginning", 1.0), Band("developing", 2.0), Band("in-order", 3.0), Band("exemplary", 4.0))
"""On five points."""


@dataclass(frozen=True)
class Maturity:
    """The level that was reached by criteria; 0 when not even the first was."""

    level: int
    missing: tuple[str, ...]
    """What keeps the next level closed: statements with too low a score, or without one; in the order of ``levels``."""


def reached(
    levels: Mapping[str, int],
    scores: Mapping[str, float | None],
    evidence: Collection[str] = (),
    *,
    least: float = REACHED,
) -> Maturity:
    """The highest level of which all statements, also those of every level below, score ``least`` or have evidence.

    ``levels`` tags statements with the level that they belong to (1 and up); ``scores`` are their means, NaN or None or
    absent where nobody gave one, which opens no gate; ``evidence`` names the statements that documents show to be in
    place, whatever people answered. ``missing`` is empty at the top, and where there are no statements at all.
    """
    level = 0
    for gate in sorted(set(levels.values())):
        missing = tuple(
            key
            for key, tagged in levels.items()
            if tagged == gate and key not in evidence and not _at_least(scores.get(key), least)
        )
        if missing:
            return Maturity(level, missing)
        level = gate
    return Maturity(level, ())


def band(score: float, bands: Sequence[Band] = BANDS) -> Band | None:
    """The band of a mean; None for NaN. A mean on a cut belongs to the upper band."""
    if isnan(score):
        return None
    return next((found for found in reversed(bands) if score >= found.lowest), bands[0])


def on_the_edge(
    score: float, lower: float = float("nan"), upper: float = float("nan"), bands: Sequence[Band] = BANDS
) -> bool:
    """Whether another band is as likely: the score lies within ``NEAR`` of a cut, or the bounds reach past one.

    ``lower`` and ``upper`` are the bounds of non-response; NaN where there are none.
    """
    cuts = [found.lowest for found in bands[1:]]
    near = any(abs(score - cut) <= NEAR + 1e-9 for cut in cuts)
    return near or any(lower < cut <= upper for cut in cuts)


def report_mark(score: float, points: int = 5) -> float:
    """A mean on 1..c put on 1..10, end to end: 1 + 9 (y - 1)/(c - 1) (Dawes 2008 on rescaling by end points).

    Off unless asked for, and then called converted: 3 of 5, neither good nor bad, becomes 5.5, below a pass.
    """
    return 1 + 9 * (score - 1) / (points - 1)


def _at_least(score: float | None, least: float) -> bool:
    return score is not None and score >= least - 1e-9
