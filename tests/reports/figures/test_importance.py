"""What matters and goes less well comes first, and a hidden point is not in the picture."""

from surveyapp.reports.figures.specification import Cell, Importance, Point
from tests.reports.figures.examples import importance


def test_the_quarters_part_at_the_mean_of_the_points_that_are_drawn() -> None:
    figure = importance()
    score, matters = figure.crossing
    assert round(score, 4) == round((2.4 + 2.45 + 3.9 + 3.1 + 1.0) / 5, 4)
    assert round(matters, 4) == round((4.6 + 4.58 + 4.4 + 3.3 + 5.0) / 5, 4)
    assert figure.model_copy(update={"lines": "middle"}).crossing == (3, 3)


def test_of_a_single_point_the_mean_says_nothing_and_the_scale_is_halved() -> None:
    figure = importance().model_copy(update={"points": importance().points[:1]})
    assert figure.crossing == (3, 3)


def test_the_message_is_what_matters_and_goes_less_well_the_most_important_first() -> None:
    text = importance().alternative_text()
    assert text.startswith("Spreidingsdiagram: Belang en score per gewoonte. 7 punten.")
    assert (
        "Belangrijker, maar gaat minder goed: Denk samen (score 1,0, belang 5,0); "
        "Maak je huiswerk (score 2,4, belang 4,6); Kies pragmatische doelen (score 2,5, belang 4,6)." in text
    )
    assert text.endswith("2 punten zijn verborgen.")


def test_where_nothing_needs_attention_it_says_so() -> None:
    point = Point(label="x", score=Cell.of(4.0), importance=Cell.of(4.0))
    figure = Importance(title="x", row_title="Thema", points=(point,))
    assert "Niets is belangrijker en gaat tegelijk minder goed." in figure.alternative_text()


def test_the_table_has_the_numbers_of_the_picture() -> None:
    table = importance().table()
    assert table.header == ("Gewoonte", "nummer", "score", "belang", "n")
    assert table.rows[0] == ("Maak je huiswerk", "1", "2,40", "4,60", "118")
    assert table.rows[5][2:] == ("verborgen: minder dan 5 antwoorden", "4,10", "–")
