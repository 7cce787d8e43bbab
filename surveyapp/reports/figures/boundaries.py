"""Boundaries of areas, read from the GeoJSON (RFC 7946) that a mapping agency hands out."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Any, Final

from surveyapp.errors import InvalidContent

MOST_BYTES: Final = 25_000_000
MOST_CORNERS: Final = 1_500_000
MOST_FAULTS: Final = 25
"""More than these are not told; the first ones show what is the matter."""
_CODE_NAMES: Final = ("statcode", "identificatie", "gemeentecode", "gm_code", "code")
"""Properties in which a municipality's code is looked for, in this order, in any case."""
_CODE: Final = re.compile(r"(?:GM)?(\d{4})")
_FEWEST: Final = 4
"""Corners of a ring, of which the last is the first again."""
_FURTHEST: Final = 1e8

Corner = tuple[float, float]
Ring = tuple[Corner, ...]


@dataclass(frozen=True)
class Fault:
    """What is wrong (``kind``), in which object of the file (from 1; None: in the file as a whole), and with what."""

    kind: str
    feature: int | None = None
    value: str = ""


class InvalidBoundaries(InvalidContent):
    """A file with boundaries that cannot be used; ``boundary_faults`` words its ``faults``."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__("boundaries", faults=len(faults))
        self.faults = faults[:MOST_FAULTS]


@dataclass(frozen=True)
class Boundaries:
    """Code (``GM0141``) -> the rings of its polygons, outer and inner ones alike, without their repeated last corner.

    In ``degrees`` (longitude, latitude), or in metres on a plane, both with north at the top.
    """

    rings: Mapping[str, tuple[Ring, ...]]
    degrees: bool


def parse(content: bytes) -> Boundaries:
    """Read a FeatureCollection of polygons with a code each. Raises InvalidBoundaries with everything that is wrong."""
    features = _features(content)
    faults: list[Fault] = []
    found: dict[str, tuple[Ring, ...]] = {}
    first: dict[str, int] = {}
    for number, feature in enumerate(features, 1):
        try:
            code, rings = _area(feature, number)
        except InvalidBoundaries as invalid:
            faults += invalid.faults
            continue
        if code in found:
            faults.append(Fault("twice", number, f"{code} ({first[code]})"))
        found[code], first[code] = rings, number
    if sum(len(ring) for rings in found.values() for ring in rings) > MOST_CORNERS:
        faults.append(Fault("too-fine", None, str(MOST_CORNERS)))
    if faults:
        raise InvalidBoundaries(*faults)
    corners = (corner for rings in found.values() for ring in rings for corner in ring)
    return Boundaries(found, all(abs(x) <= 180 and abs(y) <= 90 for x, y in corners))


def _features(content: bytes) -> list[Any]:
    if len(content) > MOST_BYTES:
        raise InvalidBoundaries(Fault("too-large", None, str(MOST_BYTES // 1_000_000)))
    try:
        document = json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as unreadable:
        raise InvalidBoundaries(Fault("not-utf8")) from unreadable
    except json.JSONDecodeError as unreadable:
        raise InvalidBoundaries(Fault("not-json", None, str(unreadable.lineno))) from unreadable
    except (RecursionError, ValueError) as unreadable:
        raise InvalidBoundaries(Fault("not-json", None, "1")) from unreadable
    features = document.get("features") if isinstance(document, dict) else None
    if not isinstance(features, list) or document.get("type") != "FeatureCollection":
        raise InvalidBoundaries(Fault("not-a-collection"))
    if not features:
        raise InvalidBoundaries(Fault("empty"))
    return features


def _area(feature: object, number: int) -> tuple[str, tuple[Ring, ...]]:
    if not isinstance(feature, dict) or not isinstance(feature.get("properties"), dict):
        raise InvalidBoundaries(Fault("no-properties", number))
    code = _code(feature["properties"], number)
    geometry = feature.get("geometry")
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if not isinstance(geometry, dict) or kind not in {"Polygon", "MultiPolygon"}:
        raise InvalidBoundaries(Fault("not-an-area", number, str(kind)[:40]))
    coordinates = geometry.get("coordinates")
    polygons = [coordinates] if kind == "Polygon" else coordinates
    rings = tuple(_ring(ring, number) for polygon in _items(polygons, number) for ring in _items(polygon, number))
    return code, rings


def _code(properties: Mapping[str, object], number: int) -> str:
    known = {name.lower(): value for name, value in properties.items()}
    present = [name for name in _CODE_NAMES if name in known]
    for name in present:
        match = _CODE.fullmatch(str(known[name]).strip())
        if match:
            return f"GM{match[1]}"
    if present:
        raise InvalidBoundaries(Fault("bad-code", number, f"{present[0]} = {str(known[present[0]])[:40]}"))
    raise InvalidBoundaries(Fault("no-code", number, ", ".join(sorted(known))[:120]))


def _items(value: object, number: int) -> Iterator[object]:
    if not isinstance(value, list) or not value:
        raise InvalidBoundaries(Fault("bad-coordinates", number))
    yield from value


def _ring(value: object, number: int) -> Ring:
    corners = tuple(_corner(position, number) for position in _items(value, number))
    if len(corners) < _FEWEST:
        raise InvalidBoundaries(Fault("short-ring", number, str(len(corners))))
    if corners[0] != corners[-1]:
        raise InvalidBoundaries(Fault("open-ring", number))
    return corners[:-1]


def _corner(position: object, number: int) -> Corner:
    """Longitude and latitude, or metres; a height is left out."""
    if isinstance(position, list) and len(position) >= 2:
        x, y = position[:2]
        if type(x) in {int, float} and type(y) in {int, float} and _is_near(x) and _is_near(y):
            return float(x), float(y)
    raise InvalidBoundaries(Fault("bad-position", number, str(position)[:40]))


def _is_near(number: float) -> bool:
    return isfinite(number) and abs(number) < _FURTHEST
