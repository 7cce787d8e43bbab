"""Where in an area is there room for words?"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

Corner = tuple[float, float]
Rings = Sequence[Sequence[Corner]]
Stretch = tuple[float, float]
_STEPS = 24
_AMPLE = 1.6


def room_for(rings: Rings, width: float, height: float) -> Corner | None:
    """The middle of a box of this size inside the area, as near to half its height as there is ample room.

    What lies in an odd number of rings is inside. None where no box fits.
    """
    heights = [y for ring in rings for _, y in ring]
    spare = max(heights) - min(heights) - height
    levels = [step / _STEPS - 0.5 for step in range(_STEPS + 1)] if spare >= 0 else []
    found = []
    for level in levels:
        y = (min(heights) + max(heights)) / 2 + level * spare
        left, right = _widest(rings, y - height / 2, y + height / 2)
        if right - left >= width:
            found.append((min(right - left, _AMPLE * width), -abs(level), ((left + right) / 2, y)))
    return max(found)[2] if found else None


def _widest(rings: Rings, top: float, bottom: float) -> Stretch:
    """The widest stretch between two levels that is inside and that no border enters."""
    edges = [(one, other) for ring in rings for one, other in pairwise([*ring, ring[0]])]
    borders = sorted(_within(edges, top, bottom))
    free = []
    reached = borders[0][1] if borders else 0.0
    for left, right in borders[1:]:
        if left > reached and _is_inside(edges, ((reached + left) / 2, (top + bottom) / 2)):
            free.append((reached, left))
        reached = max(reached, right)
    return max(free, key=lambda stretch: stretch[1] - stretch[0], default=(0.0, 0.0))


def _within(edges: list[tuple[Corner, Corner]], top: float, bottom: float) -> Iterator[Stretch]:
    """From where to where each edge goes across between two levels."""
    for one, other in edges:
        (x, y), (to_x, to_y) = sorted((one, other), key=lambda corner: corner[1])
        if to_y < top or y > bottom:
            continue
        ends = (x, to_x)
        if to_y > y:
            slope = (to_x - x) / (to_y - y)
            ends = (x + (max(top, y) - y) * slope, x + (min(bottom, to_y) - y) * slope)
        yield min(ends), max(ends)


def _is_inside(edges: list[tuple[Corner, Corner]], place: Corner) -> bool:
    x, y = place
    crossed = 0
    for (x1, y1), (x2, y2) in edges:
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) / (y2 - y1) * (x2 - x1):
            crossed += 1
    return crossed % 2 == 1
