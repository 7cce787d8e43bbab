"""A codebook as a file."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.analysis.coding.book import COLUMNS, LARGEST, Entry, Problem, read, written

BOOK = [
    Entry("time", "Tijd", 'Alles over tempo, ook "te laat"', "Geld", "Te laat;\ndus duur", "", "t1"),
    Entry("late", "Te laat", parent="time"),
    Entry("money", "Geld", "=SOM(A1)", "-"),
]
texts = st.text(st.characters(exclude_characters="\x00\r", exclude_categories=["Cs", "Cc"]), max_size=12).map(str.strip)


def problems(text: str, *there: Entry) -> list[tuple[int, str, str]]:
    return [(one.line, one.code, one.value) for one in read(text.encode(), themes={"t1"}, there=there)[1]]


def test_what_is_written_is_read_back() -> None:
    assert read(written(BOOK).encode(), themes={"t1"}) == (BOOK, [])
    assert read(("\ufeff" + written(BOOK)).encode(), themes={"t1"}) == (BOOK, [])
    assert "'=SOM" in written(BOOK)


@given(st.lists(st.tuples(texts, texts), max_size=5))
def test_whatever_it_says_is_read_back(found: list[tuple[str, str]]) -> None:
    entries = [Entry(f"c{place}", f"T{title}", words.strip("'")) for place, (title, words) in enumerate(found)]
    assert read(written(entries).encode(), themes=())[0] == entries


def test_semicolons_do_as_well() -> None:
    assert read(b"Key;Title\r\ntime;Tijd, tempo\r\n", themes=())[0] == [Entry("time", "Tijd, tempo")]


def test_all_that_is_wrong_is_said_at_once_with_its_line() -> None:
    text = "key,title,parent,theme\nTime,Tijd,,\n,,,\nlate,,nowhere,t9\nlate,Laat,late,t1\n"
    assert problems(text) == [
        (2, "key-not-valid", "Time"),
        (4, "title-missing", "late"),
        (4, "parent-unknown", "nowhere"),
        (4, "theme-unknown", "t9"),
        (5, "key-twice", "late"),
        (5, "parent-below-itself", "late"),
    ]


def test_a_line_is_where_its_code_begins() -> None:
    assert problems('key,title,definition\na,A,"een\ntwee"\nB,B,\n') == [(4, "key-not-valid", "B")]


def test_codes_that_are_there_can_be_parents_and_make_no_circle() -> None:
    assert problems("key,title,parent\nlate,Laat,time\n", Entry("time", "Tijd")) == []
    circle = [(2, "parent-below-itself", "time")]
    assert problems("key,title,parent\nlate,Laat,time\n", Entry("time", "Tijd", parent="late")) == circle


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"", [Problem(1, "column-missing", "key"), Problem(1, "column-missing", "title")]),
        (b"key,title,colour\n", [Problem(0, "nothing-in-it"), Problem(1, "column-unknown", "colour")]),
        (b"key,title\ntijd,Tij\xe9\n", [Problem(2, "not-utf-8")]),
        (b'key,title\na,"b\n', [Problem(0, "not-a-table")]),
        (b"x" * (LARGEST + 1), [Problem(0, "file-too-large")]),
        (f"key,title\na,{'b' * 201}\n".encode(), [Problem(2, "title-too-long", "a")]),
        (f"key,title,example\na,b,{'c' * 5001}\n".encode(), [Problem(2, "text-too-long", "a")]),
    ],
    ids=["empty", "column", "encoding", "quotes", "size", "title", "text"],
)
def test_a_file_that_cannot_be_used_says_why(content: bytes, found: list[Problem]) -> None:
    assert read(content, themes=())[1] == found


def test_every_column_is_written() -> None:
    assert written([]).strip().split(",") == list(COLUMNS)
