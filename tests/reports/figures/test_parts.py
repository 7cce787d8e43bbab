"""A figure with very many rows is read in parts, or drawn in part with a note."""

from surveyapp.reports.figures.parts import parts, shortened
from surveyapp.reports.figures.specification import Response, ResponseRow
from tests.reports.figures.examples import heatmap, marks, response


def many(count: int) -> Response:
    rows = tuple(ResponseRow(label=str(row), responded=row) for row in range(count))
    return response().model_copy(update={"rows": rows})


def test_every_row_is_in_one_part_and_the_whole_in_each() -> None:
    found = parts(many(342), 100)
    assert [len(part.rows) for part in found] == [100, 100, 100, 42]
    assert [row for part in found for row in part.rows] == list(many(342).rows)
    assert found[0].title == "Wie gaf antwoord? (1 van 4)"
    assert all(part.summary == response().summary for part in found)


def test_a_figure_that_fits_is_its_only_part() -> None:
    assert parts(heatmap()) == (heatmap(),)
    assert parts(marks(), 1) == (marks(),)
    assert parts(many(0)) == (many(0),)


def test_a_shortened_figure_says_so_before_its_own_note() -> None:
    figure = many(61).model_copy(update={"note": "Meting 1."})
    assert shortened(figure).note == "Getekend zijn de eerste 60 van 61; de tabel heeft ze alle. Meting 1."
    assert len(shortened(figure).rows) == 60
    assert shortened(many(60)) == many(60)
