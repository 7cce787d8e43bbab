"""Rows of a file for SPSS: what was put in comes out, as it does of a file that the library wrote whole."""

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import pandas as pd
import pyreadstat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.reports.datasets import as_sav, sav_rows
from surveyapp.reports.datasets.table import Cell, Column, Kind, Row, Table
from tests.effort import tries

TITLE = {"nl": "Tabel", "en": "Table"}
NUMBERS = st.none() | st.integers(-120, 270) | st.integers(-(10**12), 10**12) | st.floats(-1e9, 1e9)
LETTERS = st.sampled_from("a é字𝄞;'\n")


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[Kind], list[Row]]:
    """The kinds of some columns, and rows; now and then with text beyond each border of the format."""
    kinds: list[Kind] = draw(st.lists(st.sampled_from(["text", "decimal"]), min_size=1, max_size=6))
    rows = draw(st.lists(st.tuples(*(texts() if kind == "text" else NUMBERS for kind in kinds)), max_size=30))
    return kinds, list(rows)


def texts() -> st.SearchStrategy[str]:
    """Spaces at the end are not kept by the format."""
    repeated = st.tuples(st.sampled_from([1, 8, 60, 64, 252, 255, 256, 504, 510, 2_000]), LETTERS.filter(str.strip))
    made = st.text(LETTERS, max_size=40) | repeated.map(lambda many: many[1] * many[0])
    return made.map(lambda words: words.rstrip(" "))


def table(kinds: Sequence[Kind], rows: Sequence[Row]) -> Table:
    columns = tuple(Column(f"c{place}", TITLE, kind, "nominal") for place, kind in enumerate(kinds))

    def again() -> Iterator[Row]:
        yield from rows

    return Table("table", TITLE, columns, again)


def read(file: Path) -> tuple[list[list[Cell]], int | None]:
    frame, about = pyreadstat.read_sav(file)
    rows = frame.astype(object).where(frame.notna(), None).to_numpy().tolist()
    return rows, about.number_rows


@tries(60)
@given(made=tables(), at_a_time=st.sampled_from([1, 3, 1_000]), room=st.sampled_from([1, 4_000, 4 << 20]))
def test_every_number_and_word_comes_back_however_many_are_written_at_once(
    made: tuple[list[Kind], list[Row]], at_a_time: int, room: int
) -> None:
    kinds, rows = made
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(sav_rows, "_AT_A_TIME", at_a_time)
        patch.setattr(sav_rows, "_ROOM", room)
        file = Path(folder) / "table.sav"
        as_sav.write(table(kinds, rows), "nl", file)
        assert read(file) == ([list(row) for row in rows], len(rows))


def test_nothing_is_said_of_the_variables_but_what_the_library_says_of_the_whole_table(tmp_path: Path) -> None:
    rows: list[Row] = [("kort", 1.0), ("lang" * 100, None), ("", 250.5)]
    as_sav.write(table(["text", "decimal"], rows), "nl", tmp_path / "ours.sav")
    whole = pd.DataFrame({"c0": [row[0] for row in rows], "c1": pd.Series([row[1] for row in rows], dtype=float)})
    pyreadstat.write_sav(whole, tmp_path / "whole.sav", row_compress=True, variable_format={"c1": "F10.4"})
    ours, theirs = (pyreadstat.read_sav(tmp_path / name) for name in ("ours.sav", "whole.sav"))
    pd.testing.assert_frame_equal(ours[0], theirs[0])
    for said in ("number_rows", "variable_storage_width", "original_variable_types", "readstat_variable_types"):
        assert getattr(ours[1], said) == getattr(theirs[1], said)


def test_a_table_without_rows_is_a_file_without_rows(tmp_path: Path) -> None:
    as_sav.write(table(["text", "decimal"], []), "nl", tmp_path / "empty.sav")
    frame, about = pyreadstat.read_sav(tmp_path / "empty.sav")
    assert (list(frame.columns), len(frame), about.number_rows) == (["c0", "c1"], 0, 0)
