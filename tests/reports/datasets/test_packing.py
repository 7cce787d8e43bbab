"""The same download in every format: the same cells, whatever people wrote, and no cell that does anything."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pyreadstat
import pytest

from surveyapp.errors import InvalidContent
from surveyapp.reports.datasets import as_ods, as_xlsx, packing
from surveyapp.reports.datasets.table import Column, Download, Row, Table
from tests import downloads
from tests.reports.datasets import kinds

FIRST = {
    "respondent": 1.0,
    "organisation": "GM0147",
    "role": "governor",
    "status": "counted",
    "agrees": "na",
    "turned": "not_asked",
    "mark": "dk",
    "agreed": "not_asked",
}
SECOND = {
    "respondent": 2.0,
    "organisation": "GM0141",
    "role": "official",
    "status": "counted",
    "agrees": "4",
    "agrees.comment": "Omdat het zo is.",
    "turned": "dk",
    "where": "elsewhere",
    "where.other": "Almere",
    "means.people": "1",
    "means.time": "0",
    "means.money": "1",
    "mark": 7.5,
    "hours": -2.5,
    "since": "2026-11-22",
    "words": "Het gaat goed.",
    "first.people": None,
    "first.time": 1.0,
    "first.money": 2.0,
    "share.people": 100.0,
    "share.time": 0.0,
    "growth": "1",
    "growth.seed": "1",
    "growth.stem": "0",
    "growth.fruit": "1",
    "agreed": "yes",
}
HOSTILE = (
    "=1+1",
    "@SUM(A1)",
    "+31 6",
    "-2",
    " =cmd|' /C calc'!A0",
    "'=1",
    "\t=1",
    "\n=1",
    "https://example.org",
    "mailto:anna@example.org",
    "12",
    "007",
    "1e5",
    "2026-11-22",
    "dk",
    "NA",
    "#N/A",
    "nan",
    "TRUE",
    "_x0041_",
    '"quoted", and; separated',
    "one\ntwo\n\nfour",
    "  spaces  within and at the end  ",
    "<b>&amp;</b>]]>",
    "emoji 👩🏽‍🔬 and 𝔘𝔫𝔦𝔠𝔬𝔡𝔢",
    "\u202eright to left\u202c مرحبا שלום",
    "e\u0301 and é",
)


def read(download: Download, kind: str, room: Path) -> dict[str, downloads.Rows]:
    (room / kind).mkdir()
    packing.files(download, kind, room / kind, stem="samen-1")
    return downloads.read(room / kind, kind)


@pytest.mark.parametrize("kind", packing.FORMATS)
def test_every_kind_of_answer_reads_the_same_in_every_format(kind: str, tmp_path: Path) -> None:
    first, second = read(kinds.answers(), kind, tmp_path)["respondents"]
    assert {key: cell for key, cell in first.items() if cell is not None} == FIRST
    assert second == SECOND


@pytest.mark.parametrize("words", HOSTILE)
def test_whatever_somebody_wrote_stays_words(words: str, tmp_path: Path) -> None:
    for kind in packing.FORMATS:
        rows = read(kinds.answers(words=words), kind, tmp_path)["respondents"]
        expected = words.rstrip(" ") if kind == "sav" else words  # SPSS fills words up with spaces
        assert rows[1]["words"] == expected, kind


def test_what_no_file_can_hold_is_marked_alike_in_every_format(tmp_path: Path) -> None:
    given = "a\x00b\x07c\x1bd\ud800e\uffffg\r\nh\ri"
    for kind in packing.FORMATS:
        assert read(kinds.answers(words=given), kind, tmp_path)["respondents"][1]["words"] == (
            "a\ufffdb\ufffdc\ufffdd\ufffde\ufffdg\nh\ni"
        ), kind


@pytest.mark.parametrize("kind", ["csv", "ods", "json"])
def test_a_long_text_is_whole_where_the_format_holds_it(kind: str, tmp_path: Path) -> None:
    assert read(kinds.answers(words="é" * 40_000), kind, tmp_path)["respondents"][1]["words"] == "é" * 40_000


_CUT = [("xlsx", "é", 1), ("xlsx", "👍", 2), ("sav", "é", 2), ("sav", "👍", 4)]


@pytest.mark.parametrize(("kind", "letter", "size"), _CUT)
def test_a_text_that_a_cell_cannot_hold_is_cut_between_letters_with_a_mark(
    kind: str, letter: str, size: int, tmp_path: Path
) -> None:
    found = read(kinds.answers(words=letter * 33_000), kind, tmp_path)["respondents"][1]["words"]
    assert found == letter * (len(found) - 4) + " […]"
    assert 32_767 - size - 6 <= (len(found) - 4) * size + 4 <= 32_767


@pytest.mark.parametrize(("kind", "letter", "units"), [("xlsx", "é", 32_767), ("sav", "x", 32_767)])
def test_a_text_that_just_fits_is_whole(kind: str, letter: str, units: int, tmp_path: Path) -> None:
    assert read(kinds.answers(words=letter * units), kind, tmp_path)["respondents"][1]["words"] == letter * units


def _missing(about: Any, variable: str) -> list[int]:  # noqa: ANN401
    return [each["lo"] for each in about.missing_ranges[variable]]


def test_spss_reads_labels_missing_values_and_measure_levels(tmp_path: Path) -> None:
    packing.files(kinds.answers(), "sav", tmp_path, stem="samen-1", language="en")
    file = tmp_path / "respondents.sav"
    frame, about = pyreadstat.read_sav(file, user_missing=True)
    assert about.column_names_to_labels["agrees"] == "agrees (en)"
    assert about.column_names_to_labels["means.time"] == "means (en) – time (en)"
    assert about.variable_value_labels["agrees"][98] == "Weet ik niet"
    assert about.variable_value_labels["turned"][97] == "Not asked"
    assert _missing(about, "agrees") == [98, 99]
    assert _missing(about, "turned") == [97, 98, 99]
    assert _missing(about, "mark") == [98]
    assert "hours" not in about.missing_ranges
    measures = {key: about.variable_measure[key] for key in ("agrees", "where", "hours", "words", "since")}
    assert measures == {"agrees": "ordinal", "where": "nominal", "hours": "scale", "words": "nominal", "since": "scale"}
    assert frame["since"].tolist()[1] == date(2026, 11, 22)
    without, _about = pyreadstat.read_sav(file)
    assert without["agrees"].isna().tolist() == [True, False]


def test_a_zip_has_the_data_the_codebook_and_how_to_read_it(tmp_path: Path) -> None:
    expected = {
        "csv": {"answers.csv", "respondents.csv"},
        "xlsx": {"samen-1.xlsx"},
        "ods": {"samen-1.ods"},
        "sav": {"respondents.sav"},
        "json": {"samen-1.json"},
    }
    for kind, data in expected.items():
        packing.zipped(kinds.answers(), kind, tmp_path / f"{kind}.zip", stem="samen-1")
        with ZipFile(tmp_path / f"{kind}.zip") as packed:
            assert packed.testzip() is None
            names = {name.removeprefix("samen-1/") for name in packed.namelist()}
        assert names == data | {"codebook.csv", "values.csv", "README.txt"}


@pytest.mark.parametrize("kind", ["csv", "ods", "json"])
def test_the_same_answers_give_the_same_bytes(kind: str, tmp_path: Path) -> None:
    for name in ("one.zip", "other.zip"):
        packing.zipped(kinds.answers(), kind, tmp_path / name, stem="samen-1")
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "other.zip").read_bytes()


def test_briefly_the_answers_come_one_a_row_only(tmp_path: Path) -> None:
    made = packing.files(kinds.answers(), "csv", tmp_path, stem="samen-1", brief=True)
    assert [file.name for file in made] == ["answers.csv", "codebook.csv", "values.csv", "README.txt"]
    lines = (tmp_path / "answers.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "respondent,organisation,role,question,answer"
    assert lines[1:3] == ["1,GM0147,governor,agrees,na", "1,GM0147,governor,mark,dk"]
    assert {"2,GM0141,official,hours,-2.50", "2,GM0141,official,first,time>money"} <= set(lines)


def test_an_unknown_format_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidContent) as refused:
        packing.files(kinds.answers(), "docx", tmp_path, stem="samen-1")
    assert refused.value.code == "unknown-format"


def test_what_a_format_cannot_hold_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def rows() -> Iterator[Row]:
        yield from ([number] for number in range(4))

    table = Table("numbers", kinds.TITLE, (Column("n", {"nl": "n"}, "integer", "nominal"),), rows)
    for module in (as_xlsx, as_ods):
        monkeypatch.setattr(module, "MOST_ROWS", 3)
    many = Download({"nl": "Veel"}, (table,), {"contents": "answers", "wave": "1"})
    for kind in ("xlsx", "ods"):
        with pytest.raises(InvalidContent) as refused:
            packing._DATA[kind](many, tmp_path, "many", "nl")
        assert (refused.value.code, refused.value.details["most"]) == ("too-many-rows", 3)
