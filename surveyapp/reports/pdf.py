"""A document as one file that is both PDF/UA-1 and PDF/A-2a: tagged, with its language and title, and to be kept.

WeasyPrint, for the worker only.
"""

import hashlib
import os
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import MethodType
from typing import Final

import matplotlib as mpl
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from weasyprint import HTML
from weasyprint.document import DocumentMetadata
from weasyprint.urls import URLFetcher

from surveyapp.reports.document import Document, storable
from surveyapp.reports.figures.figure import Figure
from surveyapp.reports.html import page
from surveyapp.reports.pdf_drawing import Drawing
from surveyapp.reports.recipe import place
from surveyapp.reports.rendered import Rendered, file_name

_BOTH_STANDARDS: Final = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""
"""That a file is PDF/UA-1, in the words of a schema of which PDF/A wants the description (ISO 19005-2, 6.6.2.3)."""
_MISSING: Final = "\N{REPLACEMENT CHARACTER}"
"""Stands for a letter that no font has: an archived document may not refer to a letter that is not there."""
_FACES = (("fira-sans-400.ttf", "DejaVuSans.ttf", 400), ("fira-sans-700.ttf", "DejaVuSans-Bold.ttf", 700))


def pdf(document: Document, fonts: Path | None = None) -> Rendered:
    """The same document gives the same bytes. ``fonts`` is the folder with the shipped fonts."""
    drawings: dict[str, Drawing] = {}

    def address(figure: Figure) -> str:
        drawing = Drawing.of(figure.on_paper().to_json(), fonts)
        drawings[drawing.address] = drawing
        return drawing.address

    return printed(page(document, house_style(fonts), address), document.title, drawings)


def house_style(fonts: Path | None = None) -> str:
    """The letters and the look that every document has."""
    return _faces(fonts) + (place("house") / "theme.css").read_text(encoding="utf-8")


def typed_letters() -> str:
    """A font for addresses that people type over, in which l, I and 1 differ: ``Typed``."""
    file = Path(mpl.get_data_path(), "fonts", "ttf", "DejaVuSansMono.ttf")
    return f'@font-face {{ font-family: "Typed"; src: url("{file.resolve().as_uri()}"); }}\n'


def printed(source: str, title: str, drawings: Mapping[str, Drawing] | None = None) -> Rendered:
    """A whole page of HTML with its style, printed; ``title`` names the file.

    ``drawings`` are its pictures by address.
    """
    fetcher = URLFetcher(allowed_protocols={"file", "data"}, allow_redirects=False, fail_on_errors=True)
    identifier = hashlib.sha256(source.encode(errors="replace")).digest()[:16]
    with _timeless(), warnings.catch_warnings():
        page = HTML(string=_with_known_letters(source), url_fetcher=fetcher)
        document = page.render(pdf_variant="pdf/a-2a", cache=dict(drawings or {}))
        document.metadata.generate_rdf_metadata = MethodType(_of_both_standards, document.metadata)
        warnings.simplefilter("ignore", ResourceWarning)  # WeasyPrint does not close the colour profile that it reads
        content = document.write_pdf(pdf_variant="pdf/a-2a", pdf_identifier=identifier)
    return Rendered(content, "application/pdf", file_name(title, "pdf"))


def _of_both_standards(self: DocumentMetadata, variant: str, version: int, conformance: str) -> bytes:
    """What the file says of itself: that it is PDF/A, which WeasyPrint writes, and PDF/UA-1 (ISO 14289-1, 5)."""
    written = bytes(DocumentMetadata.generate_rdf_metadata(self, variant, version, conformance))
    end = b"</rdf:RDF>"
    return written.replace(end, _BOTH_STANDARDS + end)


def _with_known_letters(source: str) -> str:
    """The source without letters that neither the shipped nor the spare font can print."""
    known = _spare_letters()
    strange = {letter for letter in set(storable(source)) if ord(letter) not in known and letter not in "\n\r\t"}
    return storable(source).translate({ord(letter): _MISSING for letter in strange})


@cache
def _spare_letters() -> frozenset[int]:
    """What both weights of the spare font have: more than the shipped one, and on every machine the same."""
    spare = Path(mpl.get_data_path(), "fonts", "ttf")
    regular, bold = (set(TTFont(spare / other).getBestCmap()) for _, other, _ in _FACES)
    return frozenset(regular & bold)


def _faces(fonts: Path | None) -> str:
    """The shipped font, with one that is always there for letters it lacks."""
    spare = Path(mpl.get_data_path(), "fonts", "ttf")
    faces = []
    for shipped, other, weight in _FACES:
        if fonts is not None and (fonts / shipped).is_file():
            faces.append(("House", fonts / shipped, weight))
        faces.append(("Spare", spare / other, weight))
    return "".join(
        f'@font-face {{ font-family: "{name}"; font-weight: {weight}; src: url("{file.resolve().as_uri()}"); }}\n'
        for name, file, weight in faces
    )


@contextmanager
def _timeless() -> Iterator[None]:
    """A font that is cut to size gets the time of cutting, unless this is set (reproducible-builds.org)."""
    before = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ["SOURCE_DATE_EPOCH"] = before or "0"
    try:
        yield
    finally:
        if before is None:
            del os.environ["SOURCE_DATE_EPOCH"]
