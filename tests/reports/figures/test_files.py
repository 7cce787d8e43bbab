"""A figure's numbers leave as CSV that a spreadsheet reads and cannot be tricked by."""

import csv
import io

import pytest

from surveyapp.reports.figures.files import digest_of, name_of, table_file
from surveyapp.reports.figures.specification import Cell, Dumbbell, Figure, Heatmap, HeatmapRow, Pair
from tests.reports.figures.examples import SECRET, every_figure, heatmap

EVERY_FIGURE = pytest.mark.parametrize("figure", every_figure(), ids=lambda figure: figure.figure)


def rows(figure: Figure) -> list[list[str]]:
    text = table_file(figure).content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


@EVERY_FIGURE
def test_the_file_has_what_the_table_has(figure: Figure) -> None:
    table, (header, *found) = figure.table(), rows(figure)
    assert header == list(table.header)
    signs = str.maketrans("", "", "-+'\u2212")
    assert [[words.translate(signs) for words in row] for row in found] == [
        [words.translate(signs) for words in row] for row in table.rows
    ]


@EVERY_FIGURE
def test_no_hidden_number_is_in_the_file(figure: Figure) -> None:
    text = table_file(figure).content.decode()
    for written in (str(SECRET), "3,217", "3,22", "3.22"):
        assert written not in text


def test_no_name_becomes_a_formula_and_a_difference_stays_a_number() -> None:
    figure = Heatmap(title="x", row_title="=1+1", columns=(), rows=(HeatmapRow(label="=HYPERLINK()", cells=(), n=5),))
    assert rows(figure) == [["'=1+1", "n"], ["'=HYPERLINK()", "5"]]
    pair = Pair(label="-5", first=Cell.of(4.0), second=Cell.of(3.0))
    other = Pair(label="@x", first=Cell.of(3.0), second=Cell.of(4.0))
    found = rows(Dumbbell(title="x", row_title="x", first="B", second="A", pairs=(pair, other)))
    assert found[1:] == [["'-5", "4,00", "3,00", "1,00"], ["'@x", "3,00", "4,00", "-1,00"]]


def test_each_format_has_a_name_and_a_digest_of_its_own() -> None:
    figure = heatmap()
    assert name_of(figure, "csv") == "score-per-gewoonte-en-gemeente.csv"
    assert digest_of(figure.digest, "svg") == figure.digest
    assert len({digest_of(figure.digest, form) for form in ("svg", "png", "csv")}) == 3
    assert len(digest_of(figure.digest, "png")) == 64
