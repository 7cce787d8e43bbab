"""Files with boundaries: a region of square municipalities with crooked borders, and everything that can be wrong."""

import json
import random
from typing import Any

CODES = ("GM0141", "GM0147", "GM0153", "GM0158")


def crooked(start: tuple[float, float], end: tuple[float, float], points: int = 200) -> list[list[float]]:
    """A line with bends, the same one from either side; without its end."""
    if start > end:
        return [*crooked(end, start, points)[1:], list(end)][::-1] if points else []
    shifts = random.Random(f"{start}{end}")  # noqa: S311  not a secret
    found = []
    for step in range(points):
        share = step / points
        bend = 0.0 if step == 0 else shifts.uniform(-0.0004, 0.0004)
        found.append([start[0] + share * (end[0] - start[0]) + bend, start[1] + share * (end[1] - start[1]) + bend])
    return found


def square(column: int, row: int) -> list[list[float]]:
    """A municipality of a twentieth of a degree near Almelo, in degrees, closed."""
    west, south = 6.5 + column * 0.1, 52.2 + row * 0.06
    east, north = west + 0.1, south + 0.06
    west, east, south, north = (round(number, 6) for number in (west, east, south, north))
    corners = [(west, south), (east, south), (east, north), (west, north)]
    ring = [
        position
        for start, end in zip(corners, [*corners[1:], corners[0]], strict=True)
        for position in (crooked(start, end) if start < end else [list(start), *crooked(end, start)[:0:-1]])
    ]
    return [*ring, ring[0]]


def feature(code: object = "GM0141", coordinates: object = None, kind: str = "Polygon") -> dict[str, Any]:
    """An object as a mapping agency hands it out."""
    geometry = {"type": kind, "coordinates": [square(0, 0)] if coordinates is None else coordinates}
    return {"type": "Feature", "properties": {"statcode": code, "statnaam": "Almelo"}, "geometry": geometry}


def collection(*features: object) -> bytes:
    """A file with these."""
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def region() -> bytes:
    """Two by two municipalities."""
    return collection(*(feature(code, [square(place % 2, place // 2)]) for place, code in enumerate(CODES)))
