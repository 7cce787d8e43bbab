"""Whatever the numbers, a figure says the same in its words, in its table and in its file, and never what is hidden."""

import math
import re

from hypothesis import given
from hypothesis import strategies as st

from surveyapp.reports.figures.files import table_file
from surveyapp.reports.figures.specification import (
    AnyFigure,
    Cell,
    Column,
    Dumbbell,
    Heatmap,
    HeatmapRow,
    Importance,
    Pair,
    Point,
    Tile,
    TileMap,
    WaveRow,
    Waves,
    from_json,
)

SCORES = st.integers(100, 500).map(lambda hundredths: hundredths / 100)
CELLS = st.one_of(
    SCORES.map(Cell.of), st.sampled_from([Cell(hidden="small"), Cell(hidden="linked"), Cell(hidden="none")])
)
NAMES = st.text(alphabet="abcdef =+-@", min_size=1, max_size=12)


def _figures(first: Cell, second: Cell, name: str) -> tuple[AnyFigure, ...]:
    cells = (first, second)
    pair = Pair(label=name, first=first, second=second)
    return (
        Heatmap(
            title="t",
            row_title="r",
            columns=(Column(code="1", label="x"), Column(code="2", label="y")),
            rows=(HeatmapRow(label=name, cells=cells),),
        ),
        Dumbbell(title="t", row_title="r", first="B", second="A", pairs=(pair,)),
        Importance(title="t", row_title="r", points=(Point(label=name, score=first, importance=second),)),
        Waves(title="t", row_title="r", first="1", second="2", rows=(WaveRow(label=name, first=first, second=second),)),
        TileMap(title="t", row_title="r", tiles=tuple(Tile(label=name, cell=cell) for cell in cells)),
    )


@given(CELLS, CELLS, NAMES)
def test_words_and_table_know_the_same_numbers(first: Cell, second: Cell, name: str) -> None:
    known = [cell.value for cell in (first, second) if cell.value is not None]
    for figure in _figures(first, second, name):
        table = figure.table()
        assert {len(row) for row in table.rows} == {len(table.header)}
        said = " ".join(word for row in table.rows for word in row)
        assert all(f"{value:.2f}".replace(".", ",") in said for value in known)
        numbers = [float(number.replace(",", ".")) for number in re.findall(r"\d,\d(?!\d)", figure.alternative_text())]
        near = [*known, abs(math.fsum((known[0], -known[-1]))) if known else 0.0]
        assert all(min(abs(number - value) for value in near) < 0.0501 for number in numbers)


@given(CELLS, CELLS, NAMES)
def test_a_figure_comes_back_from_json_with_its_digest_and_its_file(first: Cell, second: Cell, name: str) -> None:
    for figure in _figures(first, second, name):
        again = from_json(figure.to_json())
        assert (again, again.digest) == (figure, figure.digest)
        assert table_file(again) == table_file(figure)
