"""Results made readable: figures, tables and documents. Knows neither a database nor a page.

The pages use ``figures.specification`` (what to show, its alternative text and its table), ``interview_guide`` and
``guide_document``. Drawing and printing belong to the worker, whose only entry is ``render``.
"""

from pathlib import Path

from surveyapp.reports.rendered import Rendered

__all__ = ["Rendered", "render"]


def render(kind: str, specification: dict[str, object], *, fonts: Path | None = None) -> Rendered:
    """Make a ``figure`` (SVG) or an ``interview-guide`` (PDF) from what its ``to_document`` wrote.

    ``fonts`` is the folder with the shipped fonts. Raises InvalidContent where the kind or the document is not
    understood. The same specification gives the same bytes.
    """
    from surveyapp.reports.printing import make  # noqa: PLC0415  draws and prints, which no page does

    return make(kind, specification, fonts)
