"""The same table in every format is the same facts; and what is left in a corner of a file is found."""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pyreadstat
import pytest
from odfdo import Annotation, Document, Row, Table
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image, PngImagePlugin
from pypdf import PdfReader, PdfWriter

from surveyapp.analysis.attacking import Fact, Hidden, Reading
from surveyapp.analysis.attacking.unseen import not_shown
from surveyapp.reports.pdf import printed
from surveyapp.reports.reading_back import Labels, read_all
from surveyapp.reports.reading_back.files import Unreadable, files_in

ROWS = (
    ("level", "key", "organisation", "role", "n", "mean", "equal", "suppressed"),
    ("theme", "g1", "all", "all", 12, 3.25, 3.4, ""),
    ("item", "g1_1", "GM1", "all", 7, 3.14, None, ""),
    ("item", "g1_1", "GM2", "all", None, None, None, "small"),
)
FACTS = {
    ("g1", "all", "all", "n", 12.0),
    ("g1", "all", "all", "mean", 3.25),
    ("g1", "all", "all", "equal", 3.4),
    ("g1_1", "GM1", "all", "n", 7.0),
    ("g1_1", "GM1", "all", "mean", 3.14),
}


def as_csv() -> bytes:
    lines = [",".join("" if cell is None else str(cell) for cell in row) for row in ROWS]
    return "\n".join(lines).replace("3.4,", "3.40,").encode()


def as_html() -> bytes:
    rows = ["".join(f"<td>{'' if cell is None else cell}</td>" for cell in row) for row in ROWS]
    return f"<h1>Scores</h1><table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>".encode()


def as_json() -> bytes:
    return json.dumps({"scores": [dict(zip(ROWS[0], row, strict=True)) for row in ROWS[1:]]}).encode()


def as_columns_of_json() -> bytes:
    columns = {str(name): [row[place] for row in ROWS[1:]] for place, name in enumerate(ROWS[0])}
    return json.dumps({"scores": columns}).encode()


def workbook() -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in ROWS:
        book.active.append(row)
    return book


def as_xlsx(book: openpyxl.Workbook | None = None) -> bytes:
    file = io.BytesIO()
    (book or workbook()).save(file)
    return file.getvalue()


def spreadsheet() -> Document:
    document, table = Document("spreadsheet"), Table("scores")
    document.body.clear()
    for cells in ROWS:
        row = Row()
        row.set_values(list(cells))
        table.append_row(row)
    document.body.append(table)
    return document


def as_ods(document: Document | None = None) -> bytes:
    file = io.BytesIO()
    (document or spreadsheet()).save(file)
    return file.getvalue()


def as_sav(folder: Path, **more: Any) -> bytes:  # noqa: ANN401 - as pyreadstat has them
    frame = pd.DataFrame(ROWS[1:], columns=list(map(str, ROWS[0])))
    pyreadstat.write_sav(frame, folder / "made.sav", **more)
    return (folder / "made.sav").read_bytes()


def as_pdf() -> bytes:
    return printed(f"<style>td {{ padding: 0 1.5em }}</style>{as_html().decode()}", "scores").content


def about(reading: Reading) -> set[tuple[str, str, str, str, float]]:
    return {(each.key, each.organisation, each.role, each.statistic, each.value) for each in reading.facts}


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("scores.csv", as_csv),
        ("scores.html", as_html),
        ("records.json", as_json),
        ("columns.json", as_columns_of_json),
        ("scores.xlsx", as_xlsx),
        ("scores.ods", as_ods),
        ("scores.pdf", as_pdf),
    ],
)
def test_every_format_gives_the_same_facts(name: str, made: Callable[[], bytes]) -> None:
    reading = read_all([(name, made())])
    assert about(reading) == FACTS
    assert [(each.key, each.organisation) for each in reading.hidden] == [("g1_1", "GM2")]
    assert reading.themes == {"g1"}
    assert list(not_shown(reading)) == []
    assert {each.decimals for each in reading.facts if each.statistic == "mean"} == {2}


def test_an_spss_file_gives_them_too(tmp_path: Path) -> None:
    reading = read_all([("scores.sav", as_sav(tmp_path))])
    assert about(reading) == FACTS
    assert [each.organisation for each in reading.hidden] == ["GM2"]


def left(name: str, content: bytes) -> set[float]:
    return {each.value for each in read_all([(name, content)]).leftovers}


@pytest.mark.parametrize(
    "part",
    [
        '<img alt="GM2: 4,50">',
        '<table><tr><td data-value="4.50">n&lt;5</td></tr></table>',
        "<!-- was 4.50 -->",
        '<span hidden>4.50</span>',
        '<p style="display: none">4,50</p>',
        '<meta name="description" content="GM2 4.50">',
        '<svg><desc>GM2: 4,50</desc></svg>',
        '<svg><metadata>4.50</metadata></svg>',
        '<script type="application/json">{"GM2": 4.50}</script>',
    ],
)  # fmt: skip
def test_a_page_is_searched_in_every_corner(part: str) -> None:
    assert left("page.html", part.encode()) == {4.5}


def test_a_whole_number_beside_a_hidden_cell_counts_but_not_beside_a_shown_one() -> None:
    page = '<table><tr><td data-value="4">n&lt;5</td><td data-place="2">3,14</td></tr></table>'
    assert {2.0, 4.0} & left("page.html", page.encode()) == {4.0}


@pytest.mark.parametrize("words", ["versie 1.0.2", "2026-11-22", "10:45", "width 640.5", "v3.10"])
def test_numbers_that_are_no_scores_are_passed_over(words: str) -> None:
    assert left("page.html", f'<p title="{words}">x</p>'.encode()) == set()


def test_a_workbook_is_searched_in_comments_hidden_parts_and_properties() -> None:
    book = workbook()
    page = book.active
    assert isinstance(page, Worksheet)
    page["A1"].comment = Comment("GM2 was 4.1", "x")
    page["J3"] = 4.2
    page.column_dimensions["J"].hidden = True
    extra = book.create_sheet("old")
    extra.sheet_state = "hidden"
    extra["A1"] = 4.3
    book.properties.description = "GM2 4.4"
    assert left("scores.xlsx", as_xlsx(book)) >= {4.1, 4.2, 4.3, 4.4}


def test_a_rounded_look_hides_nothing_of_what_a_workbook_stores() -> None:
    book = workbook()
    page = book.active
    assert isinstance(page, Worksheet)
    page["F3"] = 3.142857142857
    page["F3"].number_format = "0.00"
    fact = next(each for each in read_all([("scores.xlsx", as_xlsx(book))]).facts if each.value == 3.142857142857)
    assert fact.decimals == 12


def test_an_open_document_is_searched_in_notes_and_properties() -> None:
    document = spreadsheet()
    document.meta.title = "GM2 4.1"
    table = document.body.get_table(0)
    assert table is not None
    cell = table.get_cell((0, 0))
    cell.append(Annotation("GM2 was 4.2"))
    table.set_cell((0, 0), cell)
    assert left("scores.ods", as_ods(document)) >= {4.1, 4.2}


def test_an_spss_file_is_searched_in_labels_notes_and_missing_values(tmp_path: Path) -> None:
    content = as_sav(
        tmp_path,
        file_label="GM2 4.1",
        column_labels={"mean": "mean, of GM2 4.2"},
        note="4.3",
        variable_value_labels={"n": {98: "was 4.4"}},
    )
    assert left("scores.sav", content) == {4.1, 4.2, 4.3, 4.4}


def test_a_value_that_spss_calls_missing_is_read_all_the_same(tmp_path: Path) -> None:
    content = as_sav(tmp_path, missing_ranges={"mean": [3.14]})
    assert ("g1_1", "GM1", "all", "mean", 3.14) in about(read_all([("scores.sav", content)]))


def test_a_document_of_json_is_searched_beside_its_tables() -> None:
    assert left("a.json", json.dumps({"note": "GM2 had 4,1", "raw": 4.2, "threshold": 5}).encode()) == {4.1, 4.2}


def test_a_pdf_is_searched_in_properties_and_attachments() -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(as_pdf())))
    writer.add_metadata({"/Subject": "GM2 4.1"})
    writer.add_attachment("raw.txt", b"GM2 4.2")
    file = io.BytesIO()
    writer.write(file)
    assert left("scores.pdf", file.getvalue()) == {4.1, 4.2}


def test_a_picture_is_searched_in_its_texts() -> None:
    about_picture = PngImagePlugin.PngInfo()
    about_picture.add_text("Description", "GM2 4.1")
    file = io.BytesIO()
    Image.new("L", (2, 2)).save(file, "png", pnginfo=about_picture)
    assert left("figure.png", file.getvalue()) == {4.1}


def test_notes_above_a_table_are_passed_over_and_searched() -> None:
    reading = read_all([("scores.csv", b"# GM2 4.5\n" + as_csv())])
    assert about(reading) == FACTS
    assert [each.value for each in reading.leftovers] == [4.5]


ON_A_PAGE = (
    "<table><tr><th>Organisatie</th><th>g1</th><th>n</th></tr>"
    "<tr><td>Borne</td><td>\u22120,25</td><td>7</td></tr></table>"
)


@pytest.mark.parametrize(("row", "strange"), [("Borne;-0,25;7", set()), ("Borne;-0,25;8", {0.25, 8.0})])
def test_a_table_beside_a_figure_holds_nothing_but_what_its_page_shows(row: str, strange: set[float]) -> None:
    table = ("figure.csv", f"Organisatie;g1;n\r\n{row}\r\n".encode())
    reading = read_all([table, ("page.html", ON_A_PAGE.encode())])
    assert {abs(each.value) for each in reading.leftovers if each.place.startswith("figure.csv")} == strange


def test_without_its_page_only_decimals_of_such_a_table_must_be_shown_elsewhere() -> None:
    reading = read_all([("figure.csv", b"Organisatie;g1;n\r\nBorne;2,25;7\r\n")])
    assert [each.value for each in reading.leftovers] == [2.25]


def test_gaps_are_facts_between_roles() -> None:
    table = b"key;role_a;role_b;gap\r\ng1;governor;official;'-0,50\r\ng1;governor;project;\r\n"
    reading = read_all([("gaps.csv", table)], release=2)
    assert reading.facts == (Fact("g1", "all", "governor", "gap", -0.5, 2, "gaps.csv, row 2", "official", 2),)


PAGE = """<h1>Delen</h1>
<table><caption>Scores per organisatie</caption>
<tr><th>Organisatie</th><th>n</th><th>Gemiddelde</th></tr>
<tr><th><a href="/x">Almelo</a></th><td>7</td><td>3,14</td></tr>
<tr><th>Borne</th><td>&lt;5</td><td><span>n&lt;5</span> <span>verborgen</span></td></tr></table>
<table><caption>Stellingen</caption>
<tr><th>Stelling</th><th>n</th><th>Regio</th><th>Bestuurders</th></tr>
<tr><th>Het hele thema</th><td>12</td><td>3,40</td><td>3,10</td></tr>
<tr><th>Wij delen</th><td>12</td><td>3,50</td><td>–</td></tr></table>"""
LABELS = Labels.of(
    {"Delen": "g1"}, {"Wij delen": "g1_1"}, {"Almelo": "GM1", "Borne": "GM2"}, {"Bestuurders": "governor"}
)


def test_a_page_with_names_gives_facts_too() -> None:
    reading = read_all([("page.html", PAGE.encode())], LABELS)
    assert about(reading) == {
        ("g1", "GM1", "all", "n", 7.0),
        ("g1", "GM1", "all", "mean", 3.14),
        ("g1", "all", "all", "n", 12.0),
        ("g1", "all", "all", "equal", 3.4),
        ("g1", "all", "governor", "equal", 3.1),
        ("g1_1", "all", "all", "n", 12.0),
        ("g1_1", "all", "all", "equal", 3.5),
    }
    assert Hidden("g1", "GM2", "all", "page.html, Delen Scores per organisatie, row 2, Gemiddelde") in reading.hidden


def test_people_beside_columns_of_statements_are_those_who_answered_any_of_them() -> None:
    page = """<h1>Delen</h1><table><caption>Scores per organisatie</caption>
<tr><th>Organisatie</th><th>Delen</th><th>Wij delen</th><th>n</th></tr>
<tr><th>Almelo</th><td>3,1</td><td>3,2</td><td>9</td></tr></table>"""
    assert about(read_all([("page.html", page.encode())], LABELS)) == {
        ("g1", "GM1", "all", "mean", 3.1),
        ("g1_1", "GM1", "all", "mean", 3.2),
        ("g1", "GM1", "all", "responded", 9.0),
    }


def test_a_folder_and_a_zip_in_it_are_read_to_the_bottom(tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    with zipfile.ZipFile(tmp_path / "below" / "all.zip", "w") as archive:
        archive.writestr("deep/scores.csv", as_csv())
    (tmp_path / "readme.txt").write_text("nothing")
    assert [name for name, _ in files_in(tmp_path)] == ["below/all.zip/deep/scores.csv", "readme.txt"]
    assert about(read_all(files_in(tmp_path))) == FACTS


@pytest.mark.parametrize("name", ["a.xlsx", "a.ods", "a.sav", "a.pdf", "a.json", "a.png"])
def test_a_broken_file_is_named(name: str) -> None:
    with pytest.raises(Unreadable, match=name):
        read_all([(name, b"not what it says")])
