"""Drawing and printing by kind, for the worker: loads matplotlib at once, and WeasyPrint for the first document."""

from collections.abc import Callable
from pathlib import Path

from surveyapp.errors import InvalidContent, Unavailable
from surveyapp.reports import beforehand, guide_document, letter_document, own_copy
from surveyapp.reports.as_docx import as_docx
from surveyapp.reports.as_html import as_html
from surveyapp.reports.as_odt import as_odt
from surveyapp.reports.as_xlsx import as_xlsx
from surveyapp.reports.beforehand import Beforehand
from surveyapp.reports.document import Document
from surveyapp.reports.figures.drawing.drawn import png, svg
from surveyapp.reports.figures.specification import from_document
from surveyapp.reports.interview_guide import InterviewGuide
from surveyapp.reports.letter import Letters
from surveyapp.reports.own_copy import OwnCopy
from surveyapp.reports.paper_document import source, title_of
from surveyapp.reports.paper_form import FOLDER, PaperForm
from surveyapp.reports.recipe import place
from surveyapp.reports.rendered import Rendered
from surveyapp.reports.report import Report
from surveyapp.reports.report_document import document_of, numbers_label


def render(kind: str, specification: dict[str, object], *, fonts: Path | None = None) -> Rendered:
    """Make a ``figure`` (SVG or, ``figure-png``, PNG), ``own-copy`` or ``paper-form`` (PDF), or an
    ``interview-guide``, ``interview-beforehand`` or ``report`` (PDF; with ``-docx`` or ``-odt`` behind it for word
    processors, with ``-html`` a page of its own, and with ``-xlsx`` its tables).

    From its ``to_document``; ``fonts`` is the folder with the shipped fonts. The same specification gives the same
    bytes. Raises InvalidContent where the kind or the document is not understood, Unavailable (``pango-missing``)
    where the machine cannot print.
    """
    if kind not in _MAKERS:
        raise InvalidContent("unknown-report", kind=kind)
    return _MAKERS[kind](specification, fonts)


def printed_letters(letters: Letters, *, fonts: Path | None = None) -> Rendered:
    """All letters as one PDF. Raises InvalidContent where the wording does not work, and Unavailable as ``render``."""
    try:
        from surveyapp.reports.pdf import house_style, printed, typed_letters  # noqa: PLC0415  as below
    except OSError as missing:
        raise Unavailable("pango-missing") from missing
    style = house_style(fonts) + typed_letters() + letter_document.style()
    return printed(letter_document.source(letters, style), letters.title)


def _figure(specification: dict[str, object], fonts: Path | None) -> Rendered:
    return svg(from_document(specification), fonts)


def _picture(specification: dict[str, object], fonts: Path | None) -> Rendered:
    return png(from_document(specification), fonts)


def _interview_guide(specification: dict[str, object]) -> Document:
    return guide_document.document_of(InterviewGuide.from_document(specification))


def _report(specification: dict[str, object]) -> Document:
    return document_of(Report.from_document(specification))


def _beforehand(specification: dict[str, object]) -> Document:
    return beforehand.document_of(Beforehand.from_document(specification))


def _own_copy(specification: dict[str, object], fonts: Path | None) -> Rendered:
    return _printed(own_copy.document_of(OwnCopy.from_document(specification)), fonts)


def _paper_form(specification: dict[str, object], fonts: Path | None) -> Rendered:
    form = PaperForm.from_document(specification)
    try:
        from surveyapp.reports.pdf import house_style, printed  # noqa: PLC0415  as below
    except OSError as missing:
        raise Unavailable("pango-missing") from missing
    own_style = (place(FOLDER) / "paper.css").read_text(encoding="utf-8")
    return printed(source(form, house_style(fonts) + own_style), title_of(form))


def _page(document: Document, fonts: Path | None) -> Rendered:
    return as_html(document, numbers_label(document.language), fonts)


def _printed(document: Document, fonts: Path | None) -> Rendered:
    try:
        from surveyapp.reports.pdf import pdf  # noqa: PLC0415  looks for the machine's pango when it is loaded
    except OSError as missing:
        raise Unavailable("pango-missing") from missing
    return pdf(document, fonts)


def _in_every_format(
    kind: str, read: Callable[[dict[str, object]], Document]
) -> dict[str, Callable[[dict[str, object], Path | None], Rendered]]:
    """The kind as PDF, with ``-docx`` and ``-odt`` behind it for word processors, and with ``-html`` and ``-xlsx``."""
    return {
        kind: lambda specification, fonts: _printed(read(specification), fonts),
        f"{kind}-docx": lambda specification, fonts: as_docx(read(specification), fonts),
        f"{kind}-odt": lambda specification, fonts: as_odt(read(specification), fonts),
        f"{kind}-html": lambda specification, fonts: _page(read(specification), fonts),
        f"{kind}-xlsx": lambda specification, _fonts: as_xlsx(read(specification)),
    }


_MAKERS: dict[str, Callable[[dict[str, object], Path | None], Rendered]] = {
    "figure": _figure,
    "figure-png": _picture,
    "own-copy": _own_copy,
    "paper-form": _paper_form,
    **_in_every_format("interview-guide", _interview_guide),
    **_in_every_format("interview-beforehand", _beforehand),
    **_in_every_format("report", _report),
}
