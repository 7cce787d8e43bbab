"""Figures with more rows than anybody reads at once, in parts."""

from collections.abc import Sequence
from typing import Any, Final, TypeVar

from surveyapp.reports.figures.figure import Figure
from surveyapp.reports.figures.words import word

MOST: Final = 60
"""Rows that are drawn in one picture."""
_ROWS: Final = ("rows", "statements", "pairs", "points", "options")

AFigure = TypeVar("AFigure", bound=Figure)


def parts(figure: AFigure, most: int = MOST) -> tuple[AFigure, ...]:
    """The figure itself where it has at most so many rows; else a figure per so many, numbered in its title.

    A summary is in each. Maps and marks are never parted.
    """
    name, rows = _rows(figure)
    count = -(-len(rows) // most)
    if count < 2:
        return (figure,)
    return tuple(
        _with(
            figure,
            {
                name: tuple(rows[part * most : (part + 1) * most]),
                "title": word("part", figure.language, title=figure.title, part=part + 1, parts=count),
            },
        )
        for part in range(count)
    )


def shortened(figure: AFigure, most: int = MOST) -> AFigure:
    """The figure with its first rows only, and a note that says so."""
    name, rows = _rows(figure)
    if len(rows) <= most:
        return figure
    said = word("not_all", figure.language, shown=most, count=len(rows))
    note = f"{said} {figure.note}" if figure.note else said
    return _with(figure, {name: tuple(rows[:most]), "note": note})


def _with(figure: AFigure, changes: dict[str, Any]) -> AFigure:
    return figure.model_copy(update=changes)


def _rows(figure: Figure) -> tuple[str, Sequence[object]]:
    for name in _ROWS:
        if name in type(figure).model_fields:
            return name, getattr(figure, name)
    return "", ()
