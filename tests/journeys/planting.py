"""Ways to leave a number behind in a file of each format, and the steps of a reader without which it stays there."""

import base64
import csv
import io
import json
import re
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import openpyxl
import pyreadstat
from odfdo import Annotation, Document, Table
from openpyxl.comments import Comment
from openpyxl.packaging.custom import StringProperty
from PIL import Image, PngImagePlugin
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import Text

from surveyapp.reports.pdf import printed

Plant = Callable[[bytes, float], bytes]


@dataclass(frozen=True)
class Leak:
    """``plant`` puts the number in a file whose name ends so; without the ``eyes`` nothing of it is seen."""

    name: str
    end: str
    plant: Plant
    eyes: tuple[str, ...]


def _dutch(secret: float) -> str:
    return f"{secret:.2f}".replace(".", ",")


def _in_text(before: str, after: str) -> Plant:
    """Put behind the first such words; ``{}`` becomes the number."""

    def plant(content: bytes, secret: float) -> bytes:
        text = content.decode()
        assert before in text
        return text.replace(before, before + after.replace("{}", _dutch(secret)), 1).encode()

    return plant


def _column(content: bytes, secret: float) -> bytes:
    rows = list(csv.reader(io.StringIO(content.decode())))
    hidden = next(number for number, row in enumerate(rows) if not row[rows[0].index("mean")])
    out = io.StringIO()
    csv.writer(out).writerows(
        [*row, "raw" if not number else f"{secret:.2f}" if number == hidden else ""] for number, row in enumerate(rows)
    )
    return out.getvalue().encode()


def _in_last_cell(content: bytes, secret: float) -> bytes:
    """Of the first row in the table beside a figure."""
    first, second, *others = content.decode().splitlines()
    changed = f"{second.rpartition(';')[0]};{_dutch(secret)}"
    return "\r\n".join([first, changed, *others]).encode()


def _beyond(content: bytes, secret: float) -> bytes:
    first, second, *others = content.decode().splitlines()
    return "\n".join([first, f"{second},{secret:.2f}", *others]).encode()


def _in_json(change: Callable[[dict[str, Any], float], None]) -> Plant:
    def plant(content: bytes, secret: float) -> bytes:
        document = json.loads(content)
        change(document, secret)
        return json.dumps(document).encode()

    return plant


def _tables(document: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows of the scores, wherever they stand."""
    found = [value for value in (document, *document.values()) if isinstance(value, dict) and "scores" in value]
    return list(found[0]["scores"])


def _key(document: dict[str, Any], secret: float) -> None:
    next(row for row in _tables(document) if row["mean"] is None)["raw"] = secret


def _aside(document: dict[str, Any], secret: float) -> None:
    document["remark"] = {"raw": secret}


def _in_workbook(change: Callable[[openpyxl.Workbook, float], None]) -> Plant:
    def plant(content: bytes, secret: float) -> bytes:
        book, out = openpyxl.load_workbook(io.BytesIO(content)), io.BytesIO()
        change(book, secret)
        book.save(out)
        return out.getvalue()

    return plant


def _hidden_sheet(book: openpyxl.Workbook, secret: float) -> None:
    page = book.create_sheet("old")
    page.sheet_state = "hidden"
    page["A1"] = secret


def _hidden_column(book: openpyxl.Workbook, secret: float) -> None:
    page = book["scores"]
    page["ZZ3"] = secret
    page.column_dimensions["ZZ"].hidden = True


def _beside_table(book: openpyxl.Workbook, secret: float) -> None:
    """Beyond the last column of the first table after the list of them."""
    page = book.worksheets[1]
    page.cell(4, page.max_column + 1, secret)


def _remark(book: openpyxl.Workbook, secret: float) -> None:
    book["scores"]["A1"].comment = Comment(f"was {secret}", "x")


def _property(book: openpyxl.Workbook, secret: float) -> None:
    book.properties.description = f"was {secret}"


def _own_property(book: openpyxl.Workbook, secret: float) -> None:
    own: Any = book
    own.custom_doc_props.append(StringProperty("raw", str(secret)))


def _in_part(part: str, before: str, after: str) -> Plant:
    """In a part of a zip, behind these words; ``{}`` becomes the number."""

    def plant(content: bytes, secret: float) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
            for each in old.infolist():
                words = old.read(each)
                if each.filename == part:
                    words = _in_text(before, after)(words, secret)
                new.writestr(each, words)
        return out.getvalue()

    return plant


def _in_drawing(content: bytes, secret: float) -> bytes:
    """In the first drawing that a page holds."""
    start, drawing, end = _DRAWING.split(content.decode(), maxsplit=1)
    planted = base64.b64decode(drawing).replace(b"</desc>", f"</desc><text>{_dutch(secret)}</text>".encode(), 1)
    return f"{start}data:image/svg+xml;base64,{base64.b64encode(planted).decode()}{end}".encode()


def _in_comments(content: bytes, secret: float) -> bytes:
    """A part with what somebody remarked, which only Word shows."""
    out = io.BytesIO(content)
    with zipfile.ZipFile(out, "a") as package:
        package.writestr("word/comments.xml", f"<w:comments><w:t>was {_dutch(secret)}</w:t></w:comments>")
    return out.getvalue()


def _in_document(change: Callable[[Document, float], None]) -> Plant:
    def plant(content: bytes, secret: float) -> bytes:
        document, out = Document(io.BytesIO(content)), io.BytesIO()
        change(document, secret)
        document.save(out)
        return out.getvalue()

    return plant


def _annotation(document: Document, secret: float) -> None:
    table = document.body.get_table(0)
    assert isinstance(table, Table)
    cell = table.get_cell((0, 0))
    cell.append(Annotation(f"was {secret}"))
    table.set_cell((0, 0), cell)


def _subject(document: Document, secret: float) -> None:
    document.meta.subject = f"was {secret}"


def _in_sav(name: str, column: str = "") -> Plant:
    """Written anew with the number where a mean is hidden, called missing; or in what is noted of file or column."""

    def plant(content: bytes, secret: float) -> bytes:
        with tempfile.TemporaryDirectory() as room:
            file = Path(room) / "a.sav"
            file.write_bytes(content)
            frame, _ = pyreadstat.read_sav(file)
            said: Any = f"was {secret}"
            if name == "missing_ranges":
                frame.loc[frame.index[frame["mean"].isna()][0], "mean"] = secret
                said = [secret]
            more: dict[str, Any] = {name: {column: said} if column else said}
            pyreadstat.write_sav(frame, file, **more)
            return file.read_bytes()

    return plant


def _picture(content: bytes, secret: float) -> bytes:
    about, out = PngImagePlugin.PngInfo(), io.BytesIO()
    about.add_text("Description", f"was {secret}")
    Image.open(io.BytesIO(content)).save(out, "png", pnginfo=about)
    return out.getvalue()


def _exif(content: bytes, secret: float) -> bytes:
    out, picture = io.BytesIO(), Image.open(io.BytesIO(content))
    about = picture.getexif()
    about[0x010E] = f"was {secret}"
    picture.save(out, "png", exif=about)
    return out.getvalue()


def on_paper(page: bytes) -> bytes:
    """The page as it would be printed, all of it opened."""
    text = re.sub(r"<(script|link|img|source)\b[^>]*>", "", page.decode()).replace("<details", "<details open")
    return printed(f"<style>td, th {{ padding: 0 1.5em; white-space: nowrap }}</style>{text}", "page").content


def _printed_with(words: str) -> Plant:
    """Printed from the page once more, with these words at its end."""

    def plant(content: bytes, secret: float) -> bytes:
        return on_paper(content.replace(b"</body>", words.replace("{}", _dutch(secret)).encode() + b"</body>"))

    return plant


def _in_pdf(change: Callable[[PdfWriter, float], None]) -> Plant:
    def plant(content: bytes, secret: float) -> bytes:
        writer, out = PdfWriter(clone_from=PdfReader(io.BytesIO(on_paper(content)))), io.BytesIO()
        change(writer, secret)
        writer.write(out)
        return out.getvalue()

    return plant


def _note(writer: PdfWriter, secret: float) -> None:
    writer.add_annotation(0, Text(text=f"was {secret}", rect=(50, 550, 200, 650)))


def _subject_of_pdf(writer: PdfWriter, secret: float) -> None:
    writer.add_metadata({"/Subject": f"was {secret}"})


def _attachment(writer: PdfWriter, secret: float) -> None:
    writer.add_attachment("raw.txt", str(secret).encode())


def _added(content: bytes, secret: float) -> bytes:
    return content + f"\nwas {secret}\n".encode()


def _noted(content: bytes, secret: float) -> bytes:
    return f"# {secret}\n".encode() + content


def _archived(content: bytes, secret: float) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("scores.csv", content)
        archive.comment = f"was {secret}".encode()
    return out.getvalue()


_DRAWING: Final = re.compile(r"data:image/svg\+xml;base64,([A-Za-z0-9+/=]+)")
_IN_ODT: Final = "<text:p>Ook {}</text:p>"
_IN_APP: Final = "<Company>{}</Company>"
_IN_META: Final = "<dc:subject>was {}</dc:subject>"
_WORDS: Final = "word/document.xml"
HERE: Final = "surveyapp.reports.reading_back."
_FACTS, _HTML, _PDF = HERE + "facts.", HERE + "html_pages.", HERE + "pdf_pages."
_XLSX, _ODS = HERE + "workbooks.", HERE + "open_documents."
_TOLD, _LEFT, _SAID = _HTML + "_Page._told_by", _HTML + "_Page._leave", _HTML + "decimals_in"
_PARTS: Final = (_XLSX + "words_of_parts",)
_PACKED: Final = (_ODS + "words_of_parts",)
_OF_CELLS: Final = (_XLSX + "_unseen", _FACTS + "_beside", _FACTS + "_unknown")
_OF_TABLES: Final = (_FACTS + "_beside", _FACTS + "_not_understood")
_IN_SPSS: Final = (HERE + "spss_files.leftovers",)
_AS_MISSING: Final = (HERE + "spss_files.WITH_MISSING",)
_DRAWN: Final = (HERE + "pictures.leftovers",)
_OBJECTS: Final = (_PDF + "_in_objects",)
_DOCUMENTS: Final = HERE + "text_documents."
_IN_TEXTS: Final = (_DOCUMENTS + "decimals_in",)
_IN_PARTS: Final = (_DOCUMENTS + "words_of_parts",)
LEAKS: Final = (
    Leak("a column of a CSV", "scores.csv", _column, (_FACTS + "_unknown",)),
    Leak("a note in a CSV", "scores.csv", _noted, (HERE + "csv_tables.leftovers",)),
    Leak("a cell beyond the header", "scores.csv", _beyond, (_FACTS + "_beside",)),
    Leak("a cell of a figure's table", "figure.csv", _in_last_cell, (_FACTS + "_not_copied",)),
    Leak("a key of JSON", ".json", _in_json(_key), (_FACTS + "_unknown",)),
    Leak("a number beside the tables of JSON", ".json", _in_json(_aside), (HERE + "json_documents._is_decimal",)),
    Leak("a hidden sheet", ".xlsx", _in_workbook(_hidden_sheet), _OF_CELLS),
    Leak("a hidden column", ".xlsx", _in_workbook(_hidden_column), _OF_CELLS),
    Leak("a comment of a workbook", ".xlsx", _in_workbook(_remark), (_XLSX + "_unseen", *_PARTS)),
    Leak("a property", ".xlsx", _in_workbook(_property), (_XLSX + "_properties", *_PARTS)),
    Leak("a property of one's own", ".xlsx", _in_workbook(_own_property), (_XLSX + "_properties", *_PARTS)),
    Leak(
        "a part that no program shows",
        ".xlsx",
        _in_part("docProps/app.xml", "</Application>", "<Company>{}</Company>"),
        _PARTS,
    ),
    Leak("an annotation", ".ods", _in_document(_annotation), (_ODS + "_notes", *_PACKED)),
    Leak("the subject of a document", ".ods", _in_document(_subject), (_ODS + "_properties", *_PACKED)),
    Leak(
        "a value called missing", "scores.sav", _in_sav("missing_ranges", "mean"), (HERE + "spss_files.WITH_MISSING",)
    ),
    Leak("a label", "scores.sav", _in_sav("column_labels", "mean"), _IN_SPSS),
    Leak("a note of SPSS", "scores.sav", _in_sav("note"), _IN_SPSS),
    Leak("a comment of HTML", ".html", _in_text("<body", "><!-- {} --"), (_LEFT,)),
    Leak("a data attribute", ".html", _in_text("<main", ' data-was="{}"'), (_TOLD,)),
    Leak("a label for ears", ".html", _in_text("<main", ' aria-label="was {}"'), (_TOLD,)),
    Leak("the text instead of a picture", ".html", _in_text(' alt="', "Laagst {}. "), (_TOLD,)),
    Leak("a hidden part", ".html", _in_text("</h1>", "<span hidden>was {}</span>"), (_LEFT,)),
    Leak("a sentence", ".html", _in_text("</h1>", "<p>Gemiddeld {}.</p>"), (_SAID,)),
    Leak("a remark in a style", ".html", _in_text("</h1>", "<style>/* {} */</style>"), (_LEFT,)),
    Leak("a description", ".svg", _in_text("<desc>", "Ook {}. "), (_LEFT,)),
    Leak("the title of a part of a drawing", ".svg", _in_text("</desc>", "<g><title>was {}</title></g>"), (_LEFT,)),
    Leak("metadata of a drawing", ".svg", _in_text("</desc>", "<metadata>{}</metadata>"), (_LEFT,)),
    Leak("an attribute of a drawing", ".svg", _in_text("</desc>", '<g data-was="{}"/>'), (_LEFT,)),
    Leak("letters of a drawing", ".svg", _in_text("</desc>", "<text>{}</text>"), (_SAID,)),
    Leak("letters drawn as lines", ".svg", _in_text("</desc>", "<!-- {} -->"), (_LEFT,)),
    Leak("a text in a picture", ".png", _picture, _DRAWN),
    Leak("what a camera would note", ".png", _exif, _DRAWN),
    Leak("white letters", ".pdf", _printed_with('<p style="color: white">Ook {}</p>'), (_PDF + "_of_a_line",)),
    Leak("properties of a PDF", ".pdf", _in_pdf(_subject_of_pdf), (_PDF + "_properties", *_OBJECTS)),
    Leak("an attachment", ".pdf", _in_pdf(_attachment), (_PDF + "_attached",)),
    Leak("a note on a page", ".pdf", _in_pdf(_note), _OBJECTS),
    Leak("a sentence of a report", "report.html", _in_text("</h1>", "<p>Gemiddeld {}.</p>"), (_SAID,)),
    Leak("a drawing in a report", "report.html", _in_drawing, (_HTML + "_Page._look_at",)),
    Leak("a sentence in Word", "report.docx", _in_part(_WORDS, "<w:body>", "<w:p><w:t>Ook {}</w:t></w:p>"), _IN_TEXTS),
    Leak("the text of a picture in Word", "report.docx", _in_part(_WORDS, ' descr="', "Ook {}. "), _IN_TEXTS),
    Leak("a remark in Word", "report.docx", _in_comments, _IN_PARTS),
    Leak("a sentence of LibreOffice", "report.odt", _in_part("content.xml", "<office:text>", _IN_ODT), _IN_TEXTS),
    Leak("a subject in LibreOffice", "report.odt", _in_part("meta.xml", "<office:meta>", _IN_META), _IN_PARTS),
    Leak("a cell in the workbook of a report", "report.xlsx", _in_workbook(_beside_table), _OF_TABLES),
    Leak("what an interviewee reads", "beforehand.html", _in_text("</h2>", "<p>Ook {}.</p>"), (_SAID,)),
    Leak("what an interviewee gets in Word", "beforehand.docx", _in_comments, _IN_PARTS),
    Leak("the README", "README.txt", _added, (HERE + "plain_words.decimals_in",)),
    Leak("a remark in a zip", "scores.csv", _archived, (HERE + "files._remarks",)),
)
