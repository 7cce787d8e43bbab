"""CSV with the separators and quotes that spreadsheets and people write."""

import pytest

from surveyapp.analysis.reading.grid import MOST_ROWS
from surveyapp.analysis.reading.people_columns import is_title
from surveyapp.analysis.reading.separated import read


def cells(text: str) -> list[tuple[str, ...]]:
    """The cells of every row; a code where a row cannot be used."""
    grid = read(text.encode(), is_title)
    assert grid.fault is None
    return [(line.code,) if line.code else line.cells for line in grid.lines]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_the_one_between_titles(separator: str) -> None:
    text = f"naam{separator}rol{separator}opmerking, kort; of niet\nBram{separator}governor{separator}a\n"
    assert cells(text)[1] == ("Bram", "governor", "a")


def test_a_first_line_may_say_the_separator() -> None:
    assert cells("sep=;\nnaam;rol\nBram;x,y\n") == [("naam", "rol"), ("Bram", "x,y")]
    assert cells('"sep=;"\nnaam;rol\n') == [("naam", "rol")]


def test_empty_lines_and_separators_at_the_end_are_no_rows_and_keep_the_numbers() -> None:
    grid = read(b"naam,rol,\n\nBram,x,\n,,,\n  \nCarla,y,,,\n", is_title)
    assert [(line.number, line.cells) for line in grid.lines] == [
        (1, ("naam", "rol")),
        (3, ("Bram", "x")),
        (6, ("Carla", "y")),
    ]


def test_quotes_hold_separators_quotes_and_line_breaks() -> None:
    assert cells('naam,rol\n"Vries, Bram ""de"" ",x\n"two\nlines",y\nlast,z\n')[1:] == [
        ('Vries, Bram "de"', "x"),
        ("two lines", "y"),
        ("last", "z"),
    ]


def test_a_stray_quote_is_a_letter() -> None:
    assert cells('naam,rol\nJan "de Man" Jansen,x\n5" pijp,y\n"Jan" Jansen,z\n')[1:] == [
        ('Jan "de Man" Jansen', "x"),
        ('5" pijp', "y"),
        ("Jan Jansen", "z"),
    ]


def test_a_quote_that_is_never_closed_costs_its_own_row_only() -> None:
    rows = "".join(f"p{number},p{number}@x.example\n" for number in range(40))
    found = cells(f'naam,mail\n"Bram,b@x.example\n{rows}')
    assert found[1] == ("quote-open",)
    assert found[2:] == [(f"p{number}", f"p{number}@x.example") for number in range(40)]


def test_a_quote_that_another_row_closes_costs_its_own_row_only() -> None:
    found = cells('naam,mail\n"Bram,b@x.example\nCarla,c@x.example\n"Dirk",d@x.example\n')
    assert found[1:] == [("quote-open",), ("Carla", "c@x.example"), ("Dirk", "d@x.example")]


def test_a_line_without_end_and_more_rows_than_anybody_has_are_refused() -> None:
    assert cells("naam,rol\n" + "a" * 30_000 + "\nBram,x\n")[1:] == [("line-too-long",), ("Bram", "x")]
    grid = read(b"naam\n" + b"x\n" * MOST_ROWS, is_title)
    assert grid.fault is not None
    assert grid.fault.code == "too-many-rows"
