"""A figure says what it shows without being drawn: in JSON, in words and in a table."""

import math

import pytest
from pydantic import ValidationError

from surveyapp.errors import InvalidContent
from surveyapp.reports.figures.specification import (
    Cell,
    Column,
    DivergingBars,
    DotRow,
    Dumbbell,
    Figure,
    Heatmap,
    HeatmapRow,
    Pair,
    Statement,
    from_document,
    from_json,
)
from tests.reports.figures.examples import POINTS, SECRET, bars, dot_plot, dumbbell, every_figure, heatmap

EVERY_FIGURE = pytest.mark.parametrize("figure", every_figure(), ids=lambda f: f.figure)


@EVERY_FIGURE
def test_a_figure_survives_the_journey_through_json(figure: Figure) -> None:
    assert from_json(figure.to_json()) == figure
    assert from_document(figure.to_document()) == figure


@EVERY_FIGURE
def test_the_same_figure_has_the_same_digest_and_another_has_another(figure: Figure) -> None:
    again = from_document(figure.to_document())
    assert again.digest == figure.digest
    assert figure.narrow().digest != figure.digest
    assert figure.model_copy(update={"title": "Iets anders"}).digest != figure.digest


@EVERY_FIGURE
def test_a_hidden_number_is_nowhere_in_what_a_page_gets(figure: Figure) -> None:
    said = f"{figure.to_json()} {figure.alternative_text()} {figure.table()}"
    for written in (str(SECRET), "3,217", "3,22", "3.22"):
        assert written not in said


@EVERY_FIGURE
def test_every_row_of_the_table_is_as_long_as_its_header(figure: Figure) -> None:
    table = figure.table()
    assert table.rows
    assert {len(row) for row in table.rows} == {len(table.header)}


def test_a_cell_has_a_value_or_a_reason_and_never_both() -> None:
    with pytest.raises(ValidationError):
        Cell(value=3.0, hidden="small")
    with pytest.raises(ValidationError):
        Cell()
    assert Cell.of(SECRET, "small").value is None
    assert Cell.of(math.nan).hidden == "none"
    assert Cell.of(3.0, "").value == 3.0


def test_a_gap_beside_a_hidden_mean_is_refused_because_it_reveals_it() -> None:
    with pytest.raises(ValidationError, match="reveal"):
        Pair(label="g1", first=Cell.of(None, "small"), second=Cell.of(2.0), gap=1.0)


def test_rows_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValidationError, match="cells"):
        Heatmap(
            title="x",
            row_title="x",
            columns=(Column(code="1", label="x"),),
            rows=(HeatmapRow(label="Almelo", cells=()),),
        )
    with pytest.raises(ValidationError, match="counts"):
        DivergingBars(title="x", points=POINTS, statements=(Statement(label="x", counts=(1, 2)),))
    with pytest.raises(ValidationError, match="ends before"):
        DotRow(label="x", own=Cell.of(1.0), region=Cell.of(1.0), band=(4.0, 2.0))


def test_a_document_that_is_no_figure_is_refused() -> None:
    with pytest.raises(InvalidContent, match="not-a-figure"):
        from_document({"figure": "pie"})
    with pytest.raises(InvalidContent, match="not-a-figure"):
        from_json("{}")


def test_the_heatmap_tells_its_size_its_extremes_and_how_much_is_hidden() -> None:
    text = heatmap().alternative_text()
    assert text.startswith("Heatmap: Score per gewoonte en gemeente. 15 rijen, 7 kolommen.")
    assert "Laagst: Almelo, Maak je huiswerk (1,6)." in text
    assert text.endswith("15 cijfers zijn verborgen.")


def test_the_heatmap_table_says_why_a_number_is_missing() -> None:
    rows = {row[0]: row for row in heatmap().table().rows}
    assert rows["Dinkelland"][1] == "verborgen: minder dan 5 antwoorden"
    assert rows["Dinkelland"][-1] == "minder dan 5"
    assert rows["Twenterand"][4] == "verborgen: anders is een kleine groep te berekenen"
    assert rows["Twenterand"][6] == "geen cijfer"
    assert rows["Almelo"][1] == "1,60"


def test_english_is_english_to_the_decimal_point() -> None:
    rows = {row[0]: row for row in heatmap("en").table().rows}
    assert rows["Almelo"][1] == "1.60"
    assert rows["Losser"][1] == "hidden: fewer than 5 answers"


def test_the_order_of_rows_is_told_by_the_figure_and_decided_elsewhere() -> None:
    figure = heatmap().model_copy(update={"order": "cluster"})
    assert figure.rows == heatmap().rows
    assert figure.digest != heatmap().digest


def test_n_is_not_said_to_be_small_beside_a_number() -> None:
    cells = (Cell.of(2.0), Cell(hidden="small"))
    assert heatmap().n_text(HeatmapRow(label="x", cells=cells)) == "–"
    assert heatmap().n_text(HeatmapRow(label="x", cells=cells[1:])) == "<5"


def test_outside_the_team_the_spread_of_few_answers_is_refused() -> None:
    few = Statement(label="x", counts=(1, 2, 3, 2, 1))
    with pytest.raises(ValidationError, match="9 answers: too few"):
        DivergingBars(title="x", points=POINTS, statements=(few,), outside_team=True)
    enough = few.model_copy(update={"counts": (1, 2, 3, 2, 2)})
    hidden = Statement(label="y", hidden="small")
    figure = DivergingBars(title="x", points=POINTS, statements=(enough, hidden), outside_team=True)
    assert figure.in_percentages


def test_bars_speak_in_counts_while_a_statement_has_few_answers() -> None:
    few = bars()
    assert not few.in_percentages
    assert few.segment_text(few.statements[0], 3) == "4"
    assert "(5/5)" in few.alternative_text()
    many = few.model_copy(update={"statements": few.statements[:1]})
    assert many.in_percentages
    assert many.segment_text(many.statements[0], 3) == "33"


def test_dont_know_and_not_applicable_have_columns_of_their_own() -> None:
    table = bars().table()
    assert table.header[-3:] == ("weet niet", "n.v.t.", "n")
    assert table.rows[0][-3:] == ("3", "1", "12")


def test_the_dumbbell_names_its_largest_gap_and_its_sign() -> None:
    figure = dumbbell()
    assert (
        "Zet het hele instrumentarium in (Bestuurders 1,0, Ambtenaren 5,0; verschil −4,0)" in figure.alternative_text()
    )
    assert [figure.gap_text(pair) for pair in figure.pairs] == ["+0,5", "0,0", "−4,0", "+0,8", "−1,2", "–", "–"]


def test_a_given_gap_goes_before_the_difference_of_the_means() -> None:
    pair = Pair(label="x", first=Cell.of(4.0), second=Cell.of(3.0), gap=0.6)
    figure = Dumbbell(title="x", row_title="x", first="B", second="A", pairs=(pair,))
    assert figure.table().rows == (("x", "4,00", "3,00", "+0,60"),)


def test_two_organisations_are_told_apart_as_two_roles_are() -> None:
    pair = Pair(label="x", first=Cell.of(4.0), second=Cell.of(3.0))
    figure = Dumbbell(title="Almelo naast Borne", row_title="x", first="Almelo", second="Borne", pairs=(pair,))
    assert figure.model_copy(update={"of": "organisations"}).table() == figure.table()


def test_a_statement_within_a_sentence_loses_its_full_stop() -> None:
    pair = Pair(label="Het ging goed.", first=Cell.of(4.0), second=Cell.of(3.0))
    text = dumbbell().model_copy(update={"pairs": (pair,)}).alternative_text()
    assert "Grootste verschil: Het ging goed (Bestuurders 4,0" in text


def test_a_title_that_is_a_question_keeps_its_question_mark() -> None:
    text = heatmap().model_copy(update={"title": "Hoe gaat het?"}).alternative_text()
    assert text.startswith("Heatmap: Hoe gaat het? 15 rijen")


def test_the_dot_plot_tells_where_the_organisation_is_furthest_from_the_region() -> None:
    text = dot_plot().alternative_text()
    assert "Het verst onder Twente: Zet het hele instrumentarium in (1,0 tegen 3,2)." in text
    assert "Het verst boven Twente: Communiceer vanuit het toekomstperspectief (5,0 tegen 3,2)." in text


def test_a_figure_without_numbers_says_so() -> None:
    empty = Heatmap(title="Leeg", row_title="Gemeente", columns=(), rows=())
    assert "Er zijn geen cijfers om te tonen." in empty.alternative_text()
