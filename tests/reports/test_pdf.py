"""Every kind of document keeps the standards that it says it keeps, whatever words are in it."""

from functools import cache
from pathlib import Path
from zipfile import ZipFile

import pytest
from lxml import etree  # type: ignore[import-untyped]

from surveyapp.reports.as_docx import as_docx
from surveyapp.reports.as_odt import as_odt
from surveyapp.reports.document import Document, Heading, plain, storable
from surveyapp.reports.guide_document import document_of as guide_of
from surveyapp.reports.pdf import pdf
from surveyapp.reports.report import Said
from surveyapp.reports.report_document import document_of
from tests.reports.documents import HOSTILE, everything
from tests.reports.report_samples import FINDINGS, RECOMMENDED, REMARKS, sample_report
from tests.reports.samples import sample
from tests.reports.twente import NAMES as TWENTE
from tests.tools.office_check import converted
from tests.tools.pdf_check import faults

ALL_HOSTILE = storable(" ".join(HOSTILE))
LONG_NAME = (
    "Gemeenschappelijke regeling inkoop jeugdhulp en maatschappelijke ondersteuning <script>alert(1)</script> " * 3
)
ENDLESS = "Samenwerkingsverbandsovereenkomst" * 9
NAMES = dict(zip(TWENTE, (LONG_NAME, ENDLESS, storable(HOSTILE[2]), storable(HOSTILE[0])), strict=True))
"""Organisations of 300 letters with and without spaces, from right to left with emoji, and with markup."""


def hostile_region() -> Document:
    """The report of the region with hostile words wherever anybody can write one."""
    finding, about_one = (
        each.model_copy(
            update={"fact": ALL_HOSTILE, "judgement_reason": ALL_HOSTILE, "organisation": each.code and LONG_NAME}
        )
        for each in FINDINGS
    )
    advice = RECOMMENDED[1].model_copy(
        update={"text": ALL_HOSTILE, "addressee": LONG_NAME, "organisation": ENDLESS, "explanation": ALL_HOSTILE}
    )
    remark = REMARKS[0].model_copy(update={"text": ALL_HOSTILE, "answer": ENDLESS, "organisation": LONG_NAME})
    return document_of(
        sample_report(
            study={"nl": f"{LONG_NAME}{ENDLESS}", "en": ALL_HOSTILE},
            client=ALL_HOSTILE,
            sender=ENDLESS,
            organisations=NAMES,
            findings=(finding, about_one),
            recommendations=(advice,),
            remarks=(remark,),
            said={"g3": (Said(text=ALL_HOSTILE, by=LONG_NAME), Said(text=ENDLESS, is_literal=False))},
            texts={"summary": ALL_HOSTILE, "conclusions": f"# {ALL_HOSTILE}\n\n- {ALL_HOSTILE}"},
        )
    )


@cache
def documents() -> dict[str, Document]:
    """Each kind, as it is and with hostile words, also in every block that there is."""
    return {
        "region": hostile_region(),
        "municipality": document_of(sample_report("municipality", "en")),
        "guide": guide_of(sample()),
        "hostile": everything(ALL_HOSTILE, rows=4),
    }


def test_every_printed_document_is_pdf_a_2a_and_pdf_ua_1_at_once(tmp_path: Path) -> None:
    for name, document in documents().items():
        (tmp_path / f"{name}.pdf").write_bytes(pdf(document).content)
    assert faults(sorted(tmp_path.glob("*.pdf"))) == []


@pytest.mark.parametrize("form", ["docx", "odt"])
def test_libreoffice_opens_documents_and_keeps_their_headings_captions_and_tables(form: str, tmp_path: Path) -> None:
    write = {"docx": as_docx, "odt": as_odt}[form]
    chosen = {name: documents()[name] for name in ("municipality", "hostile")}
    for name, document in chosen.items():
        (tmp_path / f"{name}.{form}").write_bytes(write(document).content)
    saved = tmp_path / "saved"
    made = converted([tmp_path / f"{name}.{form}" for name in chosen], "fodt" if form == "odt" else "odt", saved)
    for document, file in zip(chosen.values(), made, strict=True):
        root = _content(file)
        text = root.nsmap["text"]
        titles = [" ".join("".join(node.itertext()).split()) for node in root.iter(f"{{{text}}}h")]
        headings = [block for block in document.blocks if isinstance(block, Heading)]
        assert [" ".join(storable(plain(each.line)).split()) for each in headings] == titles
        levels = [int(node.get(f"{{{text}}}outline-level")) for node in root.iter(f"{{{text}}}h")]
        assert levels == [each.level - 1 for each in headings]
        assert len(list(root.iter(f"{{{text}}}sequence"))) == sum(
            bool(getattr(block, "caption", "")) for block in document.blocks
        )


def _content(file: Path) -> etree._Element:
    if file.suffix == ".fodt":
        return etree.parse(str(file)).getroot()
    with ZipFile(file) as package:
        return etree.fromstring(package.read("content.xml"))
