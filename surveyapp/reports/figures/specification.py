"""What a figure shows, as frozen values that fit in JSON. Imports no drawing library: the pages use this."""

from typing import Annotated

from pydantic import Field, TypeAdapter, ValidationError

from surveyapp.errors import InvalidContent
from surveyapp.reports.figures.answer_bars import ChoiceBars, Divided, Option, PointsBars, Ranked, Ranking
from surveyapp.reports.figures.boundary_map import Area, BoundaryMap
from surveyapp.reports.figures.diverging_bars import DivergingBars, Statement
from surveyapp.reports.figures.dot_plot import DotPlot, DotRow
from surveyapp.reports.figures.dumbbell import Dumbbell, Pair
from surveyapp.reports.figures.figure import Cell, DataTable, Figure
from surveyapp.reports.figures.heatmap import Column, Heatmap, HeatmapRow
from surveyapp.reports.figures.importance import Importance, Point
from surveyapp.reports.figures.marks import Marks
from surveyapp.reports.figures.response import Response, ResponseRow
from surveyapp.reports.figures.tile_map import Tile, TileMap
from surveyapp.reports.figures.waves import WaveRow, Waves

__all__ = [
    "AnyFigure",
    "Area",
    "BoundaryMap",
    "Cell",
    "ChoiceBars",
    "Column",
    "DataTable",
    "DivergingBars",
    "Divided",
    "DotPlot",
    "DotRow",
    "Dumbbell",
    "Figure",
    "Heatmap",
    "HeatmapRow",
    "Importance",
    "Marks",
    "Option",
    "Pair",
    "Point",
    "PointsBars",
    "Ranked",
    "Ranking",
    "Response",
    "ResponseRow",
    "Statement",
    "Tile",
    "TileMap",
    "WaveRow",
    "Waves",
    "from_document",
    "from_json",
]

AnyFigure = (
    Heatmap
    | DivergingBars
    | Dumbbell
    | DotPlot
    | Importance
    | Waves
    | ChoiceBars
    | PointsBars
    | Ranking
    | Marks
    | Response
    | TileMap
    | BoundaryMap
)
"""Every kind of figure; ``figure`` in its document says which."""

_ANY: TypeAdapter[AnyFigure] = TypeAdapter(Annotated[AnyFigure, Field(discriminator="figure")])


def from_document(document: dict[str, object]) -> AnyFigure:
    """The figure that ``to_document`` wrote. Raises InvalidContent ``not-a-figure``."""
    try:
        return _ANY.validate_python(document)
    except ValidationError as problem:
        raise InvalidContent("not-a-figure", problems=problem.error_count()) from problem


def from_json(document: str) -> AnyFigure:
    """The figure that ``to_json`` wrote. Raises InvalidContent ``not-a-figure``."""
    try:
        return _ANY.validate_json(document)
    except ValidationError as problem:
        raise InvalidContent("not-a-figure", problems=problem.error_count()) from problem
