import pandas as pd
import pytest

from surveyapp.analysis.cells import Cells, Items, positions, required
from tests.analysis.builders import counts_of, questionnaire_of

QUESTIONNAIRE = questionnaire_of(
    {"g1": ["g1_1", "g1_2"], "g2": ["g2_1"]},
    only={"g1_2": ["official"], "g2_1": ["official"]},
    reverse=["g1_2"],
    points_of={"g2": 7},
)


def test_totals_add_up_every_role_and_the_organisations_of_the_region() -> None:
    invited = {("GM0141", "governor"): 1, ("GM0147", "official"): 2, ("OZJT", "official"): 4}
    cells = Cells.of(
        counts_of([], QUESTIONNAIRE, invited=invited, kinds={"OZJT": "region_body"}), ["governor", "official"]
    )
    assert cells.rows == ("GM0141", "GM0147", "OZJT", "all")
    assert cells.columns == ("governor", "official", "all")
    assert cells.with_all(cells.invited[None])[0].tolist() == [[1, 0, 1], [0, 2, 2], [0, 4, 4], [1, 2, 3]]


def test_items_know_their_theme_their_scale_and_who_gets_them() -> None:
    items = Items.of(QUESTIONNAIRE)
    assert items.keys == ("g1_1", "g1_2", "g2_1")
    assert items.theme.tolist() == [0, 0, 1]
    assert items.put.tolist() == [[1, 2], [0, 1]]
    assert items.highest.tolist() == [[5, 5], [1, 7]]


@pytest.mark.parametrize("dtype", ["object", "str", "category"])
def test_names_are_found_however_the_column_is_stored(dtype: str) -> None:
    column = pd.Series(["b", "x", "a"], dtype=dtype)
    assert positions(column, ("a", "b")).tolist() == [1, -1, 0]
    with pytest.raises(ValueError, match="'x' is not one of a, b"):
        required(column, ("a", "b"))


def test_a_missing_name_is_not_found() -> None:
    assert positions(pd.Series(["b", None, "a"], dtype="category"), ("a", "b")).tolist() == [1, -1, 0]
