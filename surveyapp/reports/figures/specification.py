"""What a figure shows, as frozen values that fit in JSON. Imports no drawing library: the pages use this."""

from typing import Annotated

from pydantic import Field, TypeAdapter, ValidationError

from surveyapp.errors import InvalidContent
from surveyapp.reports.figures.diverging_bars import DivergingBars, Statement
from surveyapp.reports.figures.dot_plot import DotPlot, DotRow
from surveyapp.reports.figures.dumbbell import Dumbbell, Pair
from surveyapp.reports.figures.figure import Cell, DataTable, Figure
from surveyapp.reports.figures.heatmap import Column, Heatmap, HeatmapRow

__all__ = [
    "AnyFigure",
    "Cell",
    "Column",
    "DataTable",
    "DivergingBars",
    "DotPlot",
    "DotRow",
    "Dumbbell",
    "Figure",
    "Heatmap",
    "HeatmapRow",
    "Pair",
    "Statement",
    "from_document",
    "from_json",
]

AnyFigure = Annotated[Heatmap | DivergingBars | Dumbbell | DotPlot, Field(discriminator="figure")]

_ANY: TypeAdapter[Heatmap | DivergingBars | Dumbbell | DotPlot] = TypeAdapter(AnyFigure)


def from_document(document: dict[str, object]) -> Heatmap | DivergingBars | Dumbbell | DotPlot:
    """The figure that ``to_document`` wrote. Raises InvalidContent ``not-a-figure``."""
    try:
        return _ANY.validate_python(document)
    except ValidationError as problem:
        raise InvalidContent("not-a-figure", problems=problem.error_count()) from problem


def from_json(document: str) -> Heatmap | DivergingBars | Dumbbell | DotPlot:
    """The figure that ``to_json`` wrote. Raises InvalidContent ``not-a-figure``."""
    try:
        return _ANY.validate_json(document)
    except ValidationError as problem:
        raise InvalidContent("not-a-figure", problems=problem.error_count()) from problem
