"""Where in the region? The areas themselves, from boundaries that somebody loaded."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from surveyapp.questionnaires.shape import Content
from surveyapp.reports.figures.figure import Cell, Count
from surveyapp.reports.figures.tile_map import RegionMap

Coordinate = Annotated[int, Field(ge=0)]
Ring = Annotated[tuple[tuple[Coordinate, Coordinate], ...], Field(min_length=3)]
"""Corners of an area or of a hole in it; the last is joined to the first."""


class Area(Content):
    """An organisation and its rings; what lies in an odd number of them belongs to it. Without rings it is listed."""

    label: str
    cell: Cell
    rings: tuple[Ring, ...] = ()
    n: Count | None = None


class BoundaryMap(RegionMap):
    """Rings are in whole units from the top left corner of a sheet of ``width`` by ``height`` units."""

    figure: Literal["boundary_map"] = "boundary_map"
    areas: tuple[Area, ...]
    width: Annotated[int, Field(ge=1)]
    height: Annotated[int, Field(ge=1)]

    @model_validator(mode="after")
    def _on_the_sheet(self) -> Self:
        for area in self.areas:
            if any(x > self.width or y > self.height for ring in area.rings for x, y in ring):
                raise ValueError(f"{area.label!r} lies outside the sheet")
        return self

    def scores(self) -> tuple[tuple[str, Cell, int | None], ...]:
        return tuple((area.label, area.cell, area.n) for area in self.areas)
