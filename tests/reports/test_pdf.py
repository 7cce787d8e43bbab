"""Every kind of document keeps the standards that it says it keeps, whatever words are in it."""

from pathlib import Path
from zipfile import ZipFile

import pytest
from lxml import etree  # type: ignore[import-untyped]

from surveyapp.reports.as_docx import as_docx
from surveyapp.reports.as_odt import as_odt
from surveyapp.reports.document import Document, Heading, plain, storable
from surveyapp.reports.guide_document import document_of as guide_of
from surveyapp.reports.pdf import pdf
from surveyapp.reports.report_document import document_of
from tests.reports.documents import HOSTILE, everything
from tests.reports.report_samples import FINDINGS, sample_report
from tests.reports.samples import sample
from tests.tools.office_check import converted
from tests.tools.pdf_check import faults

ALL_HOSTILE = storable(" ".join(HOSTILE))


def documents() -> dict[str, Document]:
    """Each kind, with hostile words in a report and in every block that there is."""
    hostile = FINDINGS[0].model_copy(update={"fact": ALL_HOSTILE, "judgement_reason": ALL_HOSTILE})
    texts = {"summary": ALL_HOSTILE, "conclusions": f"# {ALL_HOSTILE}\n\n- {ALL_HOSTILE}"}
    return {
        "region": document_of(sample_report(findings=(hostile,), texts=texts)),
        "municipality": document_of(sample_report("municipality", "en")),
        "guide": guide_of(sample()),
        "hostile": everything(ALL_HOSTILE),
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
