"""Drawing and printing by kind. Slow to import: ``reports.render`` does so when a worker has something to make."""

from collections.abc import Callable
from pathlib import Path

from surveyapp.errors import InvalidContent
from surveyapp.reports.figures.drawing.drawn import svg
from surveyapp.reports.figures.specification import from_document
from surveyapp.reports.guide_document import document_of
from surveyapp.reports.interview_guide import InterviewGuide
from surveyapp.reports.pdf import pdf
from surveyapp.reports.rendered import Rendered


def _figure(specification: dict[str, object], fonts: Path | None) -> Rendered:
    return svg(from_document(specification), fonts)


def _interview_guide(specification: dict[str, object], fonts: Path | None) -> Rendered:
    return pdf(document_of(InterviewGuide.from_document(specification)), fonts)


_MAKERS: dict[str, Callable[[dict[str, object], Path | None], Rendered]] = {
    "figure": _figure,
    "interview-guide": _interview_guide,
}


def make(kind: str, specification: dict[str, object], fonts: Path | None) -> Rendered:
    """See ``reports.render``."""
    if kind not in _MAKERS:
        raise InvalidContent("unknown-report", kind=kind)
    return _MAKERS[kind](specification, fonts)
