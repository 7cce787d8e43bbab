"""Drawing and printing by kind, for the worker: loads matplotlib at once, and WeasyPrint for the first document."""

from collections.abc import Callable
from pathlib import Path

from surveyapp.errors import InvalidContent, Unavailable
from surveyapp.reports import guide_document, own_copy
from surveyapp.reports.document import Document
from surveyapp.reports.figures.drawing.drawn import svg
from surveyapp.reports.figures.specification import from_document
from surveyapp.reports.interview_guide import InterviewGuide
from surveyapp.reports.own_copy import OwnCopy
from surveyapp.reports.rendered import Rendered


def render(kind: str, specification: dict[str, object], *, fonts: Path | None = None) -> Rendered:
    """Make a ``figure`` (SVG), ``interview-guide`` or ``own-copy`` (PDF) from what its ``to_document`` wrote.

    ``fonts`` is the folder with the shipped fonts. Raises InvalidContent where the kind or the document is not
    understood, Unavailable (``pango-missing``) where the machine cannot print. The same specification gives the same
    bytes.
    """
    if kind not in _MAKERS:
        raise InvalidContent("unknown-report", kind=kind)
    return _MAKERS[kind](specification, fonts)


def _figure(specification: dict[str, object], fonts: Path | None) -> Rendered:
    return svg(from_document(specification), fonts)


def _interview_guide(specification: dict[str, object], fonts: Path | None) -> Rendered:
    return _printed(guide_document.document_of(InterviewGuide.from_document(specification)), fonts)


def _own_copy(specification: dict[str, object], fonts: Path | None) -> Rendered:
    return _printed(own_copy.document_of(OwnCopy.from_document(specification)), fonts)


def _printed(document: Document, fonts: Path | None) -> Rendered:
    try:
        from surveyapp.reports.pdf import pdf  # noqa: PLC0415  looks for the machine's pango when it is loaded
    except OSError as missing:
        raise Unavailable("pango-missing") from missing
    return pdf(document, fonts)


_MAKERS: dict[str, Callable[[dict[str, object], Path | None], Rendered]] = {
    "figure": _figure,
    "interview-guide": _interview_guide,
    "own-copy": _own_copy,
}
