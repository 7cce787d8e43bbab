"""A document as PDF/UA-1: tagged, with its language and title. WeasyPrint, for the worker only."""

import base64
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import matplotlib as mpl
from weasyprint import HTML
from weasyprint.urls import URLFetcher

from surveyapp.reports.document import Document
from surveyapp.reports.figures.drawing.drawn import svg
from surveyapp.reports.figures.figure import Figure
from surveyapp.reports.figures.specification import from_document
from surveyapp.reports.html import page
from surveyapp.reports.recipe import place
from surveyapp.reports.rendered import Rendered, file_name

_FACES = (("fira-sans-400.ttf", "DejaVuSans.ttf", 400), ("fira-sans-700.ttf", "DejaVuSans-Bold.ttf", 700))


def pdf(document: Document, fonts: Path | None = None) -> Rendered:
    """The same document gives the same bytes. ``fonts`` is the folder with the shipped fonts."""
    source = page(document, house_style(fonts), lambda figure: _picture(figure, fonts))
    return printed(source, document.title)


def house_style(fonts: Path | None = None) -> str:
    """The letters and the look that every document has."""
    return _faces(fonts) + (place("house") / "theme.css").read_text(encoding="utf-8")


def typed_letters() -> str:
    """A font for addresses that people type over, in which l, I and 1 differ: ``Typed``."""
    file = Path(mpl.get_data_path(), "fonts", "ttf", "DejaVuSansMono.ttf")
    return f'@font-face {{ font-family: "Typed"; src: url("{file.resolve().as_uri()}"); }}\n'


def printed(source: str, title: str) -> Rendered:
    """A whole page of HTML with its style, printed; ``title`` names the file."""
    fetcher = URLFetcher(allowed_protocols={"file", "data"}, allow_redirects=False, fail_on_errors=True)
    with _timeless():
        content = HTML(string=source, url_fetcher=fetcher).write_pdf(
            pdf_variant="pdf/ua-1", pdf_identifier=hashlib.sha256(source.encode()).digest()[:16]
        )
    return Rendered(content, "application/pdf", file_name(title, "pdf"))


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


def _picture(figure: Figure, fonts: Path | None) -> str:
    drawing = svg(from_document(figure.to_document()), fonts).content
    return f"data:image/svg+xml;base64,{base64.b64encode(drawing).decode()}"


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
