"""Every way to write a document down: the same bytes each time, whatever words are in it, and with real structure."""

import io
import re
from collections.abc import Callable
from zipfile import ZipFile

import docx
import pytest
from docx.oxml.ns import qn
from lxml import etree  # type: ignore[import-untyped]
from odfdo import Document as Odt
from openpyxl import load_workbook

from surveyapp.reports.as_docx import as_docx
from surveyapp.reports.as_odt import as_odt
from surveyapp.reports.as_xlsx import as_xlsx
from surveyapp.reports.document import Document, Table, storable
from surveyapp.reports.office import TEXT_WIDTH, column_widths
from surveyapp.reports.pdf import pdf
from surveyapp.reports.rendered import Rendered
from tests.reports.documents import HOSTILE, everything, line

WRITERS: dict[str, Callable[[Document], Rendered]] = {
    "docx": as_docx,
    "odt": as_odt,
    "xlsx": as_xlsx,
    "pdf": pdf,
}
ALL_HOSTILE = " ".join(HOSTILE)
OFFICE = pytest.mark.parametrize("kind", ["docx", "odt", "xlsx"])


@pytest.mark.parametrize("kind", WRITERS)
def test_the_same_document_gives_the_same_bytes(kind: str) -> None:
    first, second = (WRITERS[kind](everything()) for _ in range(2))
    assert first.content == second.content
    assert first.name == f"rapport-gewone-woorden.{kind}"


@OFFICE
def test_no_part_of_a_file_says_when_it_was_made(kind: str) -> None:
    with ZipFile(io.BytesIO(WRITERS[kind](everything()).content)) as package:
        assert {part.date_time for part in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        said = b"".join(package.read(name) for name in package.namelist() if name.endswith((".xml", ".rels")))
    assert set(re.findall(rb"20\d\d-\d\d-\d\dT", said)) == {b"2026-12-01T"}


@OFFICE
def test_hostile_words_leave_every_part_well_formed(kind: str) -> None:
    with ZipFile(io.BytesIO(WRITERS[kind](everything(ALL_HOSTILE)).content)) as package:
        parts = [name for name in package.namelist() if name.endswith((".xml", ".rels")) and package.read(name)]
        assert len(parts) > 4
        for name in parts:
            etree.fromstring(package.read(name))


def test_hostile_words_stay_what_they_are_in_word() -> None:
    found = docx.Document(io.BytesIO(as_docx(everything(ALL_HOSTILE)).content))
    texts = [paragraph.text for paragraph in found.paragraphs]
    assert storable(ALL_HOSTILE) in texts
    assert found.core_properties.title == storable(f"Rapport {ALL_HOSTILE}")[:255]


def test_hostile_words_stay_what_they_are_in_opendocument() -> None:
    made = as_odt(everything(ALL_HOSTILE)).content
    found = Odt(io.BytesIO(made))
    with ZipFile(io.BytesIO(made)) as package:
        root = etree.fromstring(package.read("content.xml"))
    assert storable(ALL_HOSTILE) in ["".join(node.itertext()) for node in root.iter(f"{{{root.nsmap['text']}}}p")]
    assert found.meta.title == storable(f"Rapport {ALL_HOSTILE}")


def test_word_has_real_headings_captions_that_count_and_a_table_of_contents() -> None:
    found = docx.Document(io.BytesIO(as_docx(everything()).content))
    styles = [paragraph.style.name for paragraph in found.paragraphs if paragraph.style is not None]
    for expected in ("Title", "Subtitle", "Heading 1", "Heading 2", "Heading 3", "Caption", "List Bullet", "toc 1"):
        assert expected in styles
    captions = [
        paragraph.text for paragraph in found.paragraphs if paragraph.style and paragraph.style.name == "Caption"
    ]
    assert captions == ["Tabel 1. Gewone woorden", "Tabel 2. Een lange tabel", "Figuur 1. Gewone woorden"]
    fields = [node.text or "" for node in found.element.iter(qn("w:instrText"))]
    assert [field.split()[0] for field in fields] == ["TOC", "SEQ", "SEQ", "SEQ"]
    anchors = {node.get(qn("w:anchor")) for node in found.element.iter(qn("w:hyperlink"))}
    assert anchors <= {node.get(qn("w:name")) for node in found.element.iter(qn("w:bookmarkStart"))}
    assert len(anchors) == 4


def test_word_repeats_headers_of_tables_describes_pictures_and_knows_the_language() -> None:
    found = docx.Document(io.BytesIO(as_docx(everything(language="en")).content))
    repeated = [
        [len(row.findall(f".//{qn('w:tblHeader')}")) for row in table.iter(qn("w:tr"))]
        for table in found.element.iter(qn("w:tbl"))
    ]
    assert all(rows == [1, *[0] * (len(rows) - 1)] for rows in repeated)
    described = [node.get("descr", "") for node in found.element.iter(qn("wp:docPr"))]
    assert [text[:7] for text in described] == ["Puntenp", "Puntenp"]
    language = next(found.styles.element.iter(qn("w:lang")))
    assert language.get(qn("w:val")) == "en-GB"


def test_numbered_lists_begin_at_one_each() -> None:
    found = docx.Document(io.BytesIO(as_docx(everything()).content))
    items = [each for each in found.paragraphs if each.style and each.style.name == "List Number"]
    lists = [each.paragraph_format.element.find(f".//{qn('w:numId')}").get(qn("w:val")) for each in items]
    assert lists[0] == lists[1] != lists[2]


def test_opendocument_has_real_headings_captions_that_count_and_a_table_of_contents() -> None:
    content = as_odt(everything()).content
    with ZipFile(io.BytesIO(content)) as package:
        assert package.infolist()[0].filename == "mimetype"
        root = etree.fromstring(package.read("content.xml"))
        styles = etree.fromstring(package.read("styles.xml"))
        manifest = package.read("META-INF/manifest.xml").decode()
        pictures = [name for name in package.namelist() if name.startswith("Pictures/")]
    text, drawn = root.nsmap["text"], root.nsmap["svg"]
    levels = [node.get(f"{{{text}}}outline-level") for node in root.iter(f"{{{text}}}h")]
    assert levels == ["1", "2", "1", "2", "3"]
    assert [node.get(f"{{{text}}}name") for node in root.iter(f"{{{text}}}sequence")] == ["Table", "Table", "Figure"]
    assert len(list(root.iter(f"{{{root.nsmap['table']}}}table-header-rows"))) == 3
    assert all("Puntenp" in (node.text or "") for node in root.iter(f"{{{drawn}}}desc"))
    assert [name in manifest for name in pictures] == [True, True]
    named = {node.get(f"{{{styles.nsmap['style']}}}name") for node in styles.iter()}
    used = {node.get(f"{{{text}}}style-name") for node in root.iter(f"{{{text}}}p", f"{{{text}}}h", f"{{{text}}}span")}
    assert used <= named


def test_a_workbook_has_every_table_numbers_as_numbers_and_no_formula() -> None:
    book = load_workbook(io.BytesIO(as_xlsx(everything(HOSTILE[1])).content))
    assert book.sheetnames == ["Inhoud", "Tabel 1", "Tabel 2", "Tabel (1)", "Figuur 1", "Figuur (2)"]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    scores = book["Tabel 1"]
    assert [(cell.value, cell.number_format) for cell in scores[4]][1:] == [(3.45, "0.00"), (0.62, "0%")]
    assert book["Tabel (1)"]["B4"].value == -12


@OFFICE
def test_a_document_without_a_cover_has_its_title_and_no_contents(kind: str) -> None:
    made = WRITERS[kind](everything(with_cover=False)).content
    with ZipFile(io.BytesIO(made)) as package:
        parts = {"docx": "word/document.xml", "odt": "content.xml", "xlsx": "xl/sharedStrings.xml"}
        said = package.read(parts[kind]).decode()
    assert "Rapport Gewone woorden" in said
    assert "TOC " not in said
    assert "table-of-content" not in said


def test_columns_of_numbers_fit_their_words_and_words_share_what_is_left() -> None:
    table = Table((line("Stelling"), line("Regio"), line("Antwoorden")), ((line("Lang" * 30), line("3,1"), line("9")),))
    assert column_widths(table) == (123, 16, 27)
    worded = Table((line("Wie"), line("Wat")), ((line("Almelo"), line("woorden " * 40)),), (1,))
    narrow, wide = column_widths(worded)
    assert narrow + wide == TEXT_WIDTH
    assert 24 < narrow < wide


def test_a_table_of_very_many_columns_is_no_wider_than_the_page() -> None:
    many = Table((line("x"),) * 30, ((line("1"),) * 30,))
    assert sum(column_widths(many)) == TEXT_WIDTH
    assert min(column_widths(many)) > 0
