"""Reports as somebody opens them: what a file of any format says, in the programs' own libraries."""

import html
import io
import re
import zipfile
from collections.abc import Callable, Mapping
from typing import Final

from docx import Document
from docx.oxml.ns import qn
from lxml import etree  # type: ignore[import-untyped]
from openpyxl import load_workbook
from pypdf import PdfReader

_TEXT: Final = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


def said(form: str, content: bytes) -> str:
    """Every word in a file of this format, on one line."""
    return " ".join(_READERS[form](content).split())


def _html(content: bytes) -> str:
    page = re.sub(r"<(style|script)\b.*?</\1>", " ", content.decode(), flags=re.DOTALL)
    return html.unescape(re.sub(r"<[^>]+>", " ", page))


def _pdf(content: bytes) -> str:
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    return text.replace("\N{SOFT HYPHEN}", "")


def _docx(content: bytes) -> str:
    body = Document(io.BytesIO(content)).element.body
    return " ".join("".join(run.text or "" for run in each.iter(qn("w:t"))) for each in body.iter(qn("w:p")))


def _odt(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        assert opened.testzip() is None
        root = etree.fromstring(opened.read("content.xml"))
    return " ".join("".join(each.itertext()) for each in root.iter() if each.tag in {f"{_TEXT}p", f"{_TEXT}h"})


def _xlsx(content: bytes) -> str:
    sheets = load_workbook(io.BytesIO(content), read_only=True).worksheets
    return " ".join(str(cell) for sheet in sheets for row in sheet.values for cell in row if cell is not None)


_READERS: Final[Mapping[str, Callable[[bytes], str]]] = {
    "html": _html,
    "pdf": _pdf,
    "docx": _docx,
    "odt": _odt,
    "xlsx": _xlsx,
}
