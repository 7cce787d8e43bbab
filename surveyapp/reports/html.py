"""A document as HTML: semantic, without styles of its own, every word escaped."""

from collections.abc import Callable
from functools import singledispatch
from itertools import count
from typing import Final

from markupsafe import Markup, escape

from surveyapp.reports.captions import caption_of
from surveyapp.reports.document import (
    Block,
    Bullets,
    Callout,
    Cover,
    Document,
    FigureReference,
    Heading,
    Line,
    NoteSpace,
    PageBreak,
    Paragraph,
    Table,
    numbered,
)
from surveyapp.reports.figures.figure import DataTable, Figure

DEEPEST_LISTED: Final = 3
"""The level of headings that still stand in a table of contents."""
_ELEMENTS = {"strong": "strong", "emphasis": "em"}

Address = Callable[[Figure], str]
"""Where the picture of a figure is."""


def body(document: Document, address: Address | None = None, *, numbers: str = "") -> Markup:
    """Everything but the title, headings from level 2; without ``address`` figures are left out.

    With ``numbers`` the table of each figure stands under it, folded away behind these words. Headings have addresses
    (``#h1``, ``#h2``) where the document has a table of contents.
    """
    return Markup("\n").join(part for part in parts(document, address, numbers=numbers) if part)


def parts(document: Document, address: Address | None = None, *, numbers: str = "") -> list[Markup]:
    """The same, block by block; empty for what is left out."""
    tables = count(1)
    found = []
    for each in numbered(document):
        match each.block:
            case FigureReference() as block:
                found.append(_figure(block, each.number, document.language, address, numbers) if address else Markup())
            case Table() as block:
                found.append(_table(block, next(tables), each.number, document.language))
            case Heading() as block if document.cover:
                found.append(Markup('<h{0} id="h{1}">{2}</h{0}>').format(block.level, each.number, words(block.line)))
            case block:
                found.append(_html(block))
    return found


def page(document: Document, style: str, address: Address | None = None, *, numbers: str = "") -> str:
    """A whole document on its own, as a printer or a browser wants it; ``style`` is our own CSS."""
    head = Markup(
        '<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<title>{}</title>\n{}<style>{}</style>"
    ).format(document.title, _properties(document), Markup(style))  # noqa: S704
    title = Markup("<h1>{}</h1>").format(document.title)
    opening = _cover(document, document.cover, title) if document.cover else title
    return str(
        Markup(
            '<!doctype html>\n<html lang="{}">\n<head>\n{}\n</head>\n<body>\n{}\n<main>\n{}\n</main>\n'
            "</body>\n</html>\n"
        ).format(document.language, head, opening, body(document, address, numbers=numbers))
    )


def words(line: Line) -> Markup:
    """A line with its strong and emphasised words."""
    return Markup().join(
        Markup("<{0}>{1}</{0}>").format(_ELEMENTS[run.style], run.text) if run.style in _ELEMENTS else escape(run.text)
        for run in line
    )


def _properties(document: Document) -> Markup:
    author = Markup('<meta name="author" content="{}">\n').format(document.author) if document.author else Markup()
    if document.day is None:
        return author
    made = Markup('<meta name="dcterms.created" content="{0}">\n<meta name="dcterms.modified" content="{0}">\n')
    return author + made.format(document.day.isoformat())


def _cover(document: Document, cover: Cover, title: Markup) -> Markup:
    facts = Markup("\n").join(Markup("<dt>{}</dt><dd>{}</dd>").format(*fact) for fact in cover.facts)
    listed = Markup("\n").join(
        Markup('<li class="level-{}"><a href="#h{}">{}</a></li>').format(
            each.block.level, each.number, words(each.block.line)
        )
        for each in numbered(document)
        if isinstance(each.block, Heading) and each.block.level <= DEEPEST_LISTED
    )
    return Markup(
        '<header class="cover">\n<div class="front"><p class="kind">{}</p>\n{}\n<p class="subtitle">{}</p></div>\n'
        "<dl>\n{}\n</dl>\n</header>\n"
        '<nav class="contents" aria-labelledby="contents">\n<h2 id="contents">{}</h2>\n<ol>\n{}\n</ol>\n</nav>'
    ).format(cover.kind, title, cover.subtitle, facts, cover.contents, listed)


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


def _table(block: Table, place: int, number: int, language: str) -> Markup:
    """Tables are named by their caption, else by their first column; their numbers are aligned by the style."""
    name = f"document-table-{place}"
    caption = (
        Markup('<caption id="{}"><strong>{}</strong> {}</caption>\n').format(
            name, caption_of("table", number, language), block.caption
        )
        if block.caption
        else Markup()
    )
    heads = [
        Markup('<th{} scope="col"{}>{}</th>').format(
            Markup(' id="{}"').format(name) if not (at or caption) else "", _kind(block, at), words(cell)
        )
        for at, cell in enumerate(block.header)
    ]
    is_pair = bool(block.words and caption) and len(block.header) == 2
    kind = Markup(' class="worded{}"').format(" pair" if is_pair else "") if block.words else Markup()
    return Markup(
        '<div class="table" tabindex="0" role="group" aria-labelledby="{}">'
        "<table{}>\n{}<thead><tr>{}</tr></thead>\n<tbody>\n{}\n</tbody>\n</table></div>"
    ).format(name, kind, caption, Markup().join(heads), Markup("\n").join(_row(row, block) for row in block.rows))


def _row(row: tuple[Line, ...], block: Table) -> Markup:
    first, *rest = row
    cells = (Markup("<td{}>{}</td>").format(_kind(block, at), words(cell)) for at, cell in enumerate(rest, 1))
    return Markup('<tr><th scope="row">{}</th>{}</tr>').format(words(first), Markup().join(cells))


def _kind(block: Table, place: int) -> Markup:
    return Markup(' class="words"') if place and place in block.words else Markup()


def _figure(block: FigureReference, number: int, language: str, address: Address, numbers: str) -> Markup:
    picture = Markup('<img class="figure" src="{}" alt="{}">').format(
        address(block.picture), block.figure.alternative_text()
    )
    if not block.caption:
        return picture
    caption = Markup("<figcaption><strong>{}</strong> {}</figcaption>").format(
        caption_of("figure", number, language), block.caption
    )
    folded = _folded(block.figure.table(), numbers) if numbers else Markup()
    return Markup("<figure>\n{}\n{}\n{}</figure>").format(caption, picture, folded)


def _folded(table: DataTable, title: str) -> Markup:
    head = Markup().join(Markup('<th scope="col">{}</th>').format(cell) for cell in table.header)
    rows = Markup("\n").join(
        Markup('<tr><th scope="row">{}</th>{}</tr>').format(
            row[0], Markup().join(Markup("<td>{}</td>").format(cell) for cell in row[1:])
        )
        for row in table.rows
    )
    return Markup(
        "<details><summary>{}</summary>\n<table>\n<thead><tr>{}</tr></thead>\n<tbody>\n{}\n</tbody>\n</table></details>\n"
    ).format(title, head, rows)
