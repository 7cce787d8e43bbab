"""The order of rows against the clusters that scipy finds."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.cluster.hierarchy import linkage

from surveyapp.analysis.ordering import clustered
from tests.effort import tries

NAN = np.nan
tables = st.integers(0, 2**32 - 1).map(np.random.default_rng)


def test_like_profiles_stand_together() -> None:
    values = np.array([[1, 5, 1], [4, 2, 4], [1.1, 4.9, 1], [4.2, 2, 4.1], [1, 4.8, 1.3]])
    order = clustered(values)
    assert {order.index(1), order.index(3)} in ({0, 1}, {3, 4})
    assert order[0] < order[-1]


@tries(60)
@given(tables, st.integers(2, 20), st.integers(1, 6))
def test_every_cluster_of_scipy_stands_in_one_piece(random: np.random.Generator, rows: int, columns: int) -> None:
    values = random.normal(size=(rows, columns))
    order = clustered(values)
    assert sorted(order) == list(range(rows))
    members = {row: {row} for row in range(rows)}
    for step, (one, other, *_) in enumerate(linkage(values, method="average")):
        members[rows + step] = members[int(one)] | members[int(other)]
        places = sorted(order.index(row) for row in members[rows + step])
        assert places == list(range(places[0], places[-1] + 1))


@tries(40)
@given(tables, st.integers(2, 12), st.permutations(range(12)))
def test_the_order_given_decides_nothing_but_which_end_comes_first(
    random: np.random.Generator, rows: int, shuffle: list[int]
) -> None:
    values = random.normal(size=(rows, 4))
    places = [place for place in shuffle if place < rows]
    again = [places[row] for row in clustered(values[places])]
    assert again in (clustered(values), clustered(values)[::-1])


@tries(40)
@given(tables, st.floats(0.01, 100), st.floats(-50, 50))
def test_neither_unit_nor_height_matters(random: np.random.Generator, unit: float, height: float) -> None:
    values = random.normal(size=(9, 3))
    assert clustered(unit * values + height) == clustered(values)


def test_hidden_cells_are_left_out_and_rows_without_any_come_last() -> None:
    values = np.array([[NAN, NAN], [1, NAN], [5, 2], [1, 1], [NAN, NAN], [5, NAN]])
    order = clustered(values)
    assert order[-2:] == [0, 4]
    assert abs(order.index(1) - order.index(3)) == 1
    assert abs(order.index(2) - order.index(5)) == 1


def test_rows_that_share_nothing_are_still_all_there() -> None:
    assert sorted(clustered(np.array([[1, NAN], [NAN, 2], [1.5, NAN], [NAN, 2.5]]))) == [0, 1, 2, 3]


@pytest.mark.parametrize("rows", [0, 1, 5])
def test_equal_rows_keep_their_order(rows: int) -> None:
    assert clustered(np.ones((rows, 3))) == list(range(rows))
    assert clustered(np.full((rows, 3), NAN)) == list(range(rows))


def test_all_municipalities_of_the_country_are_ordered() -> None:
    values = np.random.default_rng(2).normal(size=(342, 7))
    assert sorted(clustered(values)) == list(range(342))
