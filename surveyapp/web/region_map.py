"""The owner's own maps of the region: boundaries as a mapping agency hands them out, and tiles; read at the start."""

from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from flask import Flask, current_app

from surveyapp.config import MissingSetting
from surveyapp.errors import InvalidContent
from surveyapp.reports.figures import boundaries, boundary_faults, boundary_sheet, tile_layout
from surveyapp.reports.figures.boundaries import Boundaries
from surveyapp.reports.figures.boundary_sheet import Sheet
from surveyapp.reports.figures.tile_map import Place

FILE: Final = Path("reports") / "boundaries.geojson"
"""Where the owner's boundaries are, in their own folder of content."""
_EXTENSION: Final = "surveyapp.region_map"


@dataclass
class _Maps:
    own: Path | None
    boundaries: Boundaries | None
    sheets: dict[frozenset[str], Sheet] = field(default_factory=dict)
    """Simplifying takes a second for a whole country, and regions are few."""


def add_region_map(app: Flask, own: Path | None) -> None:
    """Read the owner's files; raises ``MissingSetting`` with everything that is wrong in them."""
    app.extensions[_EXTENSION] = _Maps(own, _read(own) if own is not None else None)


def _read(own: Path) -> Boundaries | None:
    try:
        tile_layout.places((), own)
    except InvalidContent as invalid:
        raise MissingSetting(f"A map of tiles cannot be used: {invalid}") from invalid
    file = own / FILE
    if not file.exists():
        return None
    try:
        return boundaries.parse(file.read_bytes())
    except boundaries.InvalidBoundaries as invalid:
        faults = "\n".join(boundary_faults.sentence(fault, "en") for fault in invalid.faults)
        raise MissingSetting(f"{file} cannot be used as a map:\n{faults}") from invalid


def sheet(codes: Collection[str]) -> Sheet | None:
    """The areas of these organisations; None where there is no map, or one that knows fewer than half of them."""
    maps: _Maps = current_app.extensions[_EXTENSION]
    wanted = frozenset(codes)
    if maps.boundaries is None or 2 * len(wanted & maps.boundaries.rings.keys()) < len(wanted):
        return None
    if wanted not in maps.sheets:
        maps.sheets[wanted] = boundary_sheet.on_sheet(maps.boundaries, wanted)
    return maps.sheets[wanted]


def tiles(codes: Collection[str]) -> dict[str, Place]:
    """The place of each organisation on a map of tiles; none where no map knows them."""
    maps: _Maps = current_app.extensions[_EXTENSION]
    return tile_layout.places(codes, maps.own)
