"""A document as HTML: semantic, without styles of its own, every word escaped."""

from collections.abc import Callable
from functools import singledispatch
from itertools import count

from markupsafe import Markup, escape

from surveyapp.reports.document import (
    Block,
    Bullets,
    Callout,
    Document,
    FigureReference,
    Heading,
    Line,
    NoteSpace,
    PageBreak,
    Paragraph,
    Table,
)
from surveyapp.reports.figures.figure import Figure

_ELEMENTS = {"strong": "strong", "emphasis": "em"}

Address = Callable[[Figure], str]
"""Where the picture of a figure is."""


def body(document: Document, address: Address | None = None) -> Markup:
    """Everything but the title, headings from level 2; without ``address`` figures are left out."""
    tables = count(1)
    parts = []
    for block in document.blocks:
        if isinstance(block, FigureReference):
            parts.append(_figure(block.figure, address) if address else Markup())
        elif isinstance(block, Table):
            parts.append(_table(block, next(tables)))
        else:
            parts.append(_html(block))
    return Markup("\n").join(part for part in parts if part)


def page(document: Document, style: str, address: Address | None = None) -> str:
    """A whole document on its own, as a printer wants it; ``style`` is our own CSS."""
    head = Markup('<meta charset="utf-8">\n<title>{}</title>\n<style>{}</style>').format(document.title, Markup(style))  # noqa: S704
    title = Markup("<h1>{}</h1>").format(document.title)
    return str(
        Markup('<!doctype html>\n<html lang="{}">\n<head>\n{}\n</head>\n<body>\n{}\n{}\n</body>\n</html>\n').format(
            document.language, head, title, body(document, address)
        )
    )


def words(line: Line) -> Markup:
    """A line with its strong and emphasised words."""
    return Markup().join(
        Markup("<{0}>{1}</{0}>").format(_ELEMENTS[run.style], run.text) if run.style in _ELEMENTS else escape(run.text)
        for run in line
    )


@singledispatch
def _html(block: Block) -> Markup:
    raise TypeError(f"no HTML for {type(block).__name__}")


@_html.register
def _heading(block: Heading) -> Markup:
    return Markup("<h{0}>{1}</h{0}>").format(block.level, words(block.line))


@_html.register
def _paragraph(block: Paragraph) -> Markup:
    return Markup("<p>{}</p>").format(words(block.line))


@_html.register
def _bullets(block: Bullets) -> Markup:
    element = "ol" if block.kind == "ordered" else "ul"
    kind = Markup(' class="ticks"') if block.kind == "ticks" else Markup()
    box = Markup('<span class="tick" aria-hidden="true"></span>') if block.kind == "ticks" else Markup()
    items = Markup("\n").join(Markup("<li>{}{}</li>").format(box, words(line)) for line in block.lines)
    return Markup("<{0}{1}>\n{2}\n</{0}>").format(element, kind, items)


@_html.register
def _callout(block: Callout) -> Markup:
    lines = Markup("\n").join(Markup("<p>{}</p>").format(words(line)) for line in block.lines)
    return Markup('<div class="callout" role="note">\n{}\n</div>').format(lines)


@_html.register
def _note_space(block: NoteSpace) -> Markup:
    rules = Markup().join([Markup('<div class="rule"></div>')] * block.lines)
    return Markup('<div class="notes"><p class="notes-label">{}</p>{}</div>').format(block.label, rules)


@_html.register
def _page_break(block: PageBreak) -> Markup:
    del block
    return Markup('<div class="new-page"></div>')


def _table(block: Table, number: int) -> Markup:
    """Tables are named by their first column, and their numbers are aligned by the style."""
    head = Markup().join(Markup('<th scope="col">{}</th>').format(words(cell)) for cell in block.header)
    rows = Markup("\n").join(_row(row) for row in block.rows)
    return Markup(
        '<div class="table" tabindex="0" role="group" aria-labelledby="document-table-{0}">'
        "<table>\n<thead><tr>{1}</tr></thead>\n<tbody>\n{2}\n</tbody>\n</table></div>"
    ).format(number, head.replace(Markup("<th "), Markup('<th id="document-table-{}" ').format(number), 1), rows)


def _row(row: tuple[Line, ...]) -> Markup:
    first, *rest = row
    cells = Markup().join(Markup("<td>{}</td>").format(words(cell)) for cell in rest)
    return Markup('<tr><th scope="row">{}</th>{}</tr>').format(words(first), cells)


def _figure(figure: Figure, address: Address) -> Markup:
    return Markup('<img class="figure" src="{}" alt="{}">').format(address(figure), figure.alternative_text())
