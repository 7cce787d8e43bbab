"""What figures are made of."""

import pytest

from surveyapp.reports.figures.specification import Cell, Column, Heatmap, HeatmapRow


@pytest.mark.parametrize(
    ("hidden", "threshold", "printed"),
    [("small", 5, "<5"), ("linked", 5, "–"), ("none", 1, "–")],
)
def test_a_row_of_which_n_is_not_known_claims_no_more_than_is_true(hidden: str, threshold: int, printed: str) -> None:
    """An organisation hidden for the sake of another one may be large."""
    row = HeatmapRow(label="Almelo", cells=(Cell.of(None, hidden),))
    figure = Heatmap(
        title="Scores",
        threshold=threshold,
        row_title="Organisatie",
        columns=(Column(code="1", label="Huiswerk"),),
        rows=(row,),
    )
    assert figure.n_text(row) == printed
    assert ("minder dan" in figure.table().rows[0][-1]) == (hidden == "small")
