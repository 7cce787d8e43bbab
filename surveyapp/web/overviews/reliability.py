"""Can the numbers of a theme be relied on? Whether its statements go together, and whether organisations differ."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import render_template

from surveyapp.web.overviews.reader import Reader


@dataclass(frozen=True)
class Relied:
    """A theme; whatever is None could not be worked out."""

    title: str
    address: str
    items: int
    n: int | None
    """Who answered every statement; None where that was not counted."""
    alpha: float | None
    lower: float | None
    upper: float | None
    omega: float | None
    organisations: int
    people: int
    icc1: float | None
    icc2: float | None


def page(reader: Reader) -> str:
    """Every theme, over the region."""
    frame = reader.dependability()
    found = {} if frame is None else {str(row["key"]): row for row in frame.to_dict("records")}
    rows = [_relied(title, address, found[key]) for key, title, address in reader.themes if key in found]
    return render_template(
        "overviews/reliability.html",
        evaluation=reader.evaluation,
        found=reader,
        rows=rows,
        uncounted=any(row.n is None for row in rows),
    )


def _relied(title: str, address: str, row: Mapping[Any, Any]) -> Relied:
    return Relied(
        title=title,
        address=address,
        items=int(row["items"]),
        n=None if row["n"] != row["n"] else int(row["n"]),  # NaN differs from itself
        organisations=int(row["organisations"]),
        people=int(row["people"]),
        **{name: _number(row[name]) for name in ("alpha", "lower", "upper", "omega", "icc1", "icc2")},
    )


def _number(value: float) -> float | None:
    return None if value != value else float(value)
