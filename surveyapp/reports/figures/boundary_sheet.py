"""Boundaries on a sheet: projected, in whole units, and with no more corners than can be seen.

What two areas share stays shared: borders are simplified stretch by stretch between the places where areas meet, so
that no gap opens between neighbours. Source: Douglas & Peucker 1973, Cartographica 10.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import pairwise
from math import cos, hypot, radians
from typing import Final

from surveyapp.reports.figures.boundaries import Boundaries

LONGEST: Final = 2000
"""Units of the longer side of a sheet: about two to a pixel on a wide page."""
TOLERANCE: Final = 1.6
"""Units that a border may move."""
_FEWEST: Final = 3

Corner = tuple[int, int]
Ring = tuple[Corner, ...]


@dataclass(frozen=True)
class Sheet:
    """For a ``BoundaryMap``: its size, and the rings of each area by code; an area without boundaries is not there."""

    width: int
    height: int
    rings: dict[str, tuple[Ring, ...]]


def on_sheet(boundaries: Boundaries, codes: Collection[str]) -> Sheet:
    """These areas, as large as fits, north at the top.

    Degrees become a plane on which the distances of the middle latitude are right: for a region, and for the
    Netherlands as a whole, the shapes stay recognisable.
    """
    areas = {code: rings for code, rings in boundaries.rings.items() if code in set(codes)}
    if not areas:
        return Sheet(1, 1, {})
    latitudes = [y for rings in areas.values() for ring in rings for _, y in ring]
    narrowing = cos(radians((min(latitudes) + max(latitudes)) / 2)) if boundaries.degrees else 1.0
    across = [x * narrowing for rings in areas.values() for ring in rings for x, _ in ring]
    left, top = min(across), max(latitudes)
    unit = LONGEST / (max(max(across) - left, top - min(latitudes)) or 1.0)

    def placed(ring: Iterable[tuple[float, float]]) -> list[Corner]:
        return _unrepeated([(round((x * narrowing - left) * unit), round((top - y) * unit)) for x, y in ring])

    snapped = {code: [placed(ring) for ring in rings] for code, rings in areas.items()}
    found = _simplified(snapped)
    corners = [corner for rings in found.values() for ring in rings for corner in ring]
    width, height = (max((corner[axis] for corner in corners), default=1) for axis in (0, 1))
    return Sheet(max(width, 1), max(height, 1), found)


def _unrepeated(corners: list[Corner]) -> list[Corner]:
    """Without corners that fell on the one before, and without there-and-back."""
    kept: list[Corner] = []
    for corner in corners:
        if len(kept) > 1 and corner == kept[-2]:
            kept.pop()
        elif not kept or corner != kept[-1]:
            kept.append(corner)
    while len(kept) > 1 and kept[0] == kept[-1]:
        kept.pop()
    return kept


def _simplified(areas: dict[str, list[list[Corner]]]) -> dict[str, tuple[Ring, ...]]:
    meeting = _meeting_places(areas)
    found = {}
    for code, rings in areas.items():
        whole = [ring for ring in rings if len(ring) >= _FEWEST]
        kept = [tuple(simple) for ring in whole if len(simple := _simplified_ring(ring, meeting)) >= _FEWEST]
        found[code] = tuple(kept) or (_speck(rings),)
    return found


def _meeting_places(areas: dict[str, list[list[Corner]]]) -> set[Corner]:
    """Where borders come together: corners with more than two neighbours."""
    neighbours: dict[Corner, set[Corner]] = {}
    for rings in areas.values():
        for ring in rings:
            for one, other in pairwise([*ring, ring[0]]):
                neighbours.setdefault(one, set()).add(other)
                neighbours.setdefault(other, set()).add(one)
    return {corner for corner, found in neighbours.items() if len(found) > 2}


def _simplified_ring(ring: list[Corner], meeting: set[Corner]) -> list[Corner]:
    """Stretch by stretch; each in the same direction, whichever of the two areas it is read from."""
    fixed = [place for place, corner in enumerate(ring) if corner in meeting]
    if not fixed:
        first = ring.index(min(ring))
        furthest = max(range(len(ring)), key=lambda place: (_apart(ring[place], ring[first]), ring[place]))
        fixed = sorted({first, furthest})
    turned = [*ring[fixed[0] :], *ring[: fixed[0]]]
    ends = [place - fixed[0] for place in fixed] + [len(ring)]
    turned.append(turned[0])
    kept: list[Corner] = []
    for start, end in pairwise(ends):
        kept += _stretch(turned[start : end + 1])[:-1]
    return _unrepeated(kept)


def _stretch(corners: list[Corner]) -> list[Corner]:
    backwards = corners[::-1]
    return _thinned(corners) if corners <= backwards else _thinned(backwards)[::-1]


def _thinned(corners: list[Corner]) -> list[Corner]:
    kept = {0, len(corners) - 1}
    waiting = [(0, len(corners) - 1)]
    while waiting:
        start, end = waiting.pop()
        between = range(start + 1, end)
        furthest = max(between, key=lambda place: _off(corners[place], corners[start], corners[end]), default=None)
        if furthest is not None and _off(corners[furthest], corners[start], corners[end]) > TOLERANCE:
            kept.add(furthest)
            waiting += [(start, furthest), (furthest, end)]
    return [corners[place] for place in sorted(kept)]


def _off(corner: Corner, start: Corner, end: Corner) -> float:
    """How far a corner lies from the line between two others."""
    length = _apart(start, end)
    if not length:
        return _apart(corner, start)
    along = ((corner[0] - start[0]) * (end[0] - start[0]) + (corner[1] - start[1]) * (end[1] - start[1])) / length**2
    along = min(max(along, 0.0), 1.0)
    return hypot(corner[0] - start[0] - along * (end[0] - start[0]), corner[1] - start[1] - along * (end[1] - start[1]))


def _apart(one: Corner, other: Corner) -> float:
    return hypot(one[0] - other[0], one[1] - other[1])


def _speck(rings: list[list[Corner]]) -> Ring:
    """An area too small to see, as the smallest that can be seen."""
    x, y = rings[0][0]
    return ((x, y), (x + 2, y), (x + 2, y + 2), (x, y + 2))
