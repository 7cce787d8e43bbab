"""Draws what ``scale.py`` measured: how time grows with the number of people, as ``results/growth.svg``.

Both axes are logarithmic, so that what takes ten times as long for ten times as many people rises as the grey line
does, and what does not care how many answered lies flat.

    python benchmarks/growth.py
"""

import json
from pathlib import Path
from typing import Any, Final

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

RESULTS: Final = Path(__file__).parent / "results"
SHOWN: Final = {
    "overview": ("the whole analysis", "#00618f", "o"),
    "heatmap": ("the page, figures drawn", "#7a4fa3", "s"),
    "monitor": ("the response monitor", "#8a5a00", "^"),
    "recount": ("counting everything again", "#b0164a", "D"),
    "csv": ("all answers as CSV", "#2e6b34", "v"),
    "sav": ("all answers for SPSS", "#4d4d4d", "P"),
}
NAMES: Final = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
SIZE: Final = (10.0, 4.8)
PEOPLE: Final = (1_000, 1_000_000)
LEAST: Final = 0.02
"""Seconds where the grey line begins."""


def main() -> None:
    """Draw both databases side by side."""
    rows = json.loads((RESULTS / "scale.json").read_text(encoding="utf-8"))["rows"]
    settings: Any = {"svg.hashsalt": "growth", "svg.fonttype": "none", "font.family": "sans-serif", "font.size": 10}
    with mpl.rc_context(settings):
        drawing = Figure(figsize=SIZE, layout="constrained")
        left, right = drawing.subplots(1, 2, sharey=True)
        for axes, kind in ((left, "sqlite"), (right, "postgresql")):
            _draw(axes, kind, [row for row in rows if row["database"] == kind and row["places"] == 14])
        left.set_ylabel("seconds of the processor")
        names, handles = _legend(left, right)
        drawing.legend(handles, names, loc="outside lower center", ncols=4, frameon=False)
        drawing.savefig(RESULTS / "growth.svg", metadata={"Date": None})


def _draw(axes: Axes, kind: str, rows: list[dict[str, Any]]) -> None:
    ends = (LEAST, LEAST * PEOPLE[1] / PEOPLE[0])
    axes.plot(PEOPLE, ends, color="#bdbdbd", label="ten times for ten times as many")
    for what, (name, colour, mark) in SHOWN.items():
        found = sorted((row["people"], row["processor"]) for row in rows if row["what"] == what and "processor" in row)
        if found:
            people, seconds = zip(*found, strict=True)
            axes.plot(people, seconds, color=colour, marker=mark, label=name)
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_title(NAMES[kind])
    axes.set_xlabel("people who handed in")
    axes.xaxis.set_major_formatter(FuncFormatter(lambda number, _place: f"{number:,.0f}"))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda number, _place: f"{number:g}"))
    axes.grid(which="major", color="#e6e6e6")
    axes.spines[["top", "right"]].set_visible(False)


def _legend(*both: Axes) -> tuple[list[str], list[Any]]:
    """Each line once, however many drawings it is in."""
    found: dict[str, Any] = {}
    for axes in both:
        handles, names = axes.get_legend_handles_labels()
        found |= dict(zip(names, handles, strict=True))
    return list(found), list(found.values())


if __name__ == "__main__":
    main()
