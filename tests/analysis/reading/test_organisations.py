"""Reading a list of organisations, whatever it came from."""

import io

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.analysis.reading.organisations import Listed, read


def _codes(content: bytes) -> list[str]:
    return [row.code for row in read(content).rows]


def test_titles_and_kinds_are_dutch_or_english_in_any_order_and_separator() -> None:
    dutch = read("Naam;Soort;Code;Onderdeel van\nWijk Eén;Wijk;W1;GM0141\n".encode("cp1252"))
    english = read(b"code,name,kind,parent\nW1,Wijk E\xc3\xa9n,neighbourhood,GM0141\n")
    pasted = read("code\tname\tkind\tparent\nW1\tWijk Eén\tneighbourhood\tGM0141\n".encode())
    expected = (Listed(2, "W1", "Wijk Eén", "neighbourhood", "GM0141"),)
    assert (dutch.rows, english.rows, pasted.rows) == (expected, expected, expected)


def test_without_a_kind_it_is_a_municipality_and_an_unknown_kind_stays_as_it_was_written() -> None:
    assert read(b"code,name\nGM0141,Almelo\n").rows == (Listed(2, "GM0141", "Almelo", "municipality", ""),)
    assert read(b"code,name,kind\nX,Iets,planeet\n").rows[0].kind == "planeet"
    assert read(b"code,name,kind\nX,Iets,\n").rows[0].kind == "municipality"


def test_a_workbook_is_read_by_its_first_sheet_and_formulas_are_told() -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (["code", "naam"], ["GM0141", "Almelo"], ["=A2", "Borne"]):
        sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    found = read(file.getvalue())
    assert found.rows[0].code == "GM0141"
    assert [(fault.row, fault.code) for fault in found.faults] == [(3, "formula")]


@pytest.mark.parametrize(
    ("content", "codes"),
    [
        (b"", ["empty-file"]),
        (b"\n\n", ["empty-file"]),
        (b"code,name\n", ["only-a-header"]),
        (b"iets,anders\n1,2\n", ["column-missing", "column-missing"]),
        (b"naam\nAlmelo\n", ["column-missing"]),
        (b"\x00\x01", ["not-a-table"]),
        (b"x" * (4 * 1024 * 1024 + 1), ["file-too-large"]),
    ],
)
def test_what_is_no_list_is_told_and_gives_nothing(content: bytes, codes: list[str]) -> None:
    found = read(content)
    assert [fault.code for fault in found.faults] == codes
    assert found.rows == ()


@given(st.binary(max_size=300))
def test_whatever_the_bytes_are_nothing_is_raised(content: bytes) -> None:
    found = read(content)
    assert found.rows or found.faults


@given(
    st.lists(
        st.tuples(st.sampled_from(["A1", "B2", "GM0141"]), st.text("abc é", min_size=1).map(str.strip)), min_size=1
    )
)
def test_every_row_with_something_in_it_is_read_once(rows: list[tuple[str, str]]) -> None:
    content = "code;naam\n" + "".join(f"{code};{name}\n" for code, name in rows)
    assert _codes(content.encode()) == [code for code, _name in rows]
