"""XLSX: values are read, what a program must work out is refused, and a workbook that would burst is not opened."""

import datetime as dt
import io
import time
import zipfile
from typing import Any

import openpyxl
import pytest

from surveyapp.analysis.reading.people import read
from tests.analysis.reading.listed import EXPECTED, everybody, told, workbook

BRAM = ("Bram", "bram@almelo.example", "Almelo", "governor", "nl")


def repacked(content: bytes, part: str, change: bytes | None) -> bytes:
    """The same workbook with another part, or without it."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name != part:
                new.writestr(name, old.read(name))
        if change is not None:
            new.writestr(part, change)
    return target.getvalue()


def test_the_first_sheet_is_read_with_its_own_row_numbers() -> None:
    found = read(workbook((), BRAM, (None, None), ("Carla", "c@b.example", "GM0147", "official")), EXPECTED)
    assert [(person.row, person.name, person.language) for person in found.rows] == [
        (3, "Bram", "nl"),
        (5, "Carla", "nl"),
    ]
    assert everybody(found)[0] == ("Bram", "bram@almelo.example", "GM0141", "governor", "nl")


def test_other_sheets_are_not_looked_at() -> None:
    made = openpyxl.load_workbook(io.BytesIO(workbook(BRAM)))
    made.create_sheet("Rest").append(["nonsense"])
    file = io.BytesIO()
    made.save(file)
    assert len(everybody(read(file.getvalue(), EXPECTED))) == 1


@pytest.mark.parametrize(
    ("place", "value", "code"),
    [
        (1, '=A2&"@almelo.example"', "formula"),
        (2, "#N/A", "cell-error"),
        (0, dt.date(2026, 11, 22), "cell-date"),
        (3, True, "cell-truth"),
    ],
)
def test_formulas_errors_dates_and_truths_are_refused_by_cell(place: int, value: object, code: str) -> None:
    row: list[Any] = list(BRAM)
    row[place] = value
    column = ("name", "email", "organisation", "role")[place]
    assert told(workbook(row)) == [(2, column, code, "")]


def test_formulas_in_columns_that_are_not_looked_at_do_no_harm() -> None:
    content = workbook((*BRAM, "=1+1"), titles=("naam", "e-mail", "organisatie", "rol", "taal", "volgnummer"))
    assert len(everybody(read(content, EXPECTED))) == 1


def test_a_code_may_be_a_number() -> None:
    numbered = read(workbook(("Bram", "bram@almelo.example", 141, "governor")), EXPECTED)
    assert [fault.value for fault in numbered.problems] == ["141"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500, "old-workbook"),
        (b"PK\x03\x04 and nothing more", "broken-workbook"),
        (workbook(BRAM)[:-40], "broken-workbook"),
        (repacked(workbook(BRAM), "xl/workbook.xml", None), "not-a-workbook"),
        (repacked(workbook(BRAM), "xl/worksheets/sheet1.xml", b"<worksheet>"), "broken-workbook"),
        (repacked(workbook(BRAM), "xl/worksheets/sheet1.xml", None), "empty-file"),
    ],
)
def test_what_is_no_workbook_that_can_be_read_says_what_it_is(content: bytes, code: str) -> None:
    assert told(content) == [(0, "", code, "")]


def test_a_small_file_that_unpacks_to_much_is_not_unpacked() -> None:
    bomb = repacked(workbook(BRAM), "xl/media/large.bin", b"\0" * (60 * 1024 * 1024))
    assert len(bomb) < 100_000
    started = time.process_time()
    assert told(bomb) == [(0, "", "workbook-too-large", "")]
    assert time.process_time() - started < 0.5


def test_words_that_grow_without_end_are_not_parsed() -> None:
    grows = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><sst>&b;</sst>'
    assert told(repacked(workbook(BRAM), "xl/sharedStrings.xml", grows)) == [(0, "", "broken-workbook", "")]


def test_a_sheet_that_says_to_be_enormous_is_read_as_it_is() -> None:
    with zipfile.ZipFile(io.BytesIO(workbook(BRAM))) as packed:
        sheet = packed.read("xl/worksheets/sheet1.xml")
    wide = repacked(workbook(BRAM), "xl/worksheets/sheet1.xml", sheet.replace(b'ref="A1:E2"', b'ref="A1:XFD1048576"'))
    started = time.process_time()
    assert len(everybody(read(wide, EXPECTED))) == 1
    assert time.process_time() - started < 1


def test_ten_thousand_rows_take_less_than_three_seconds() -> None:
    content = workbook(*(("Bram", f"p{number}@almelo.example", "Almelo", "governor", "nl") for number in range(10_000)))
    started = time.process_time()
    assert len(read(content, EXPECTED).rows) == 10_000
    assert time.process_time() - started < 3
