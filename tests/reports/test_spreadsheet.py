"""Tables for a spreadsheet."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.reports.spreadsheet import harmless, table


def read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=";"))


def test_a_table_opens_with_its_letters_and_columns_right() -> None:
    made = table(("Naam", "Aantal"), [("Zoë; de Vries", 3), ('Jan "Janus"', -2)])
    assert made.startswith("\ufeffNaam;Aantal\r\n")
    assert read(made)[1:] == [["Zoë; de Vries", "3"], ['Jan "Janus"', "-2"]]


@pytest.mark.parametrize("cell", ["=1+1", "+31", "-2", "@SUM(A1)", "\t=1", "\r=1", " =1+1", "\n=1"])
def test_what_would_be_calculated_stands_behind_an_apostrophe(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


@given(st.lists(st.text(), min_size=1, max_size=4))
def test_no_cell_that_was_text_begins_a_formula(cells: list[str]) -> None:
    cells = [cell.replace("\x00", "") for cell in cells]
    for cell in read(table(cells, []))[0] if any(cells) else []:
        assert not cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
