"""A document as OpenDocument text: real styles, headings, captions that count, contents, repeated headers of tables.

odfdo makes the package; what is in it is written here as XML, in the styles of ``reports/house/``.
"""

import io
from functools import singledispatchmethod
from pathlib import Path
from typing import Final

from markupsafe import Markup
from odfdo import Document as Package

from surveyapp.reports.captions import KINDS, caption_of
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
    Run,
    Table,
    numbered,
    plain,
    storable,
)
from surveyapp.reports.office import COUNTRIES, LEADER, TICK, column_widths, listed, picture, timeless
from surveyapp.reports.recipe import place
from surveyapp.reports.rendered import Rendered, file_name

MEDIA_TYPE: Final = "application/vnd.oasis.opendocument.text"
_SPANS: Final = {"strong": "Strong", "emphasis": "Emphasis"}
_LISTS: Final = {"points": "Points", "ordered": "Ordered"}
_NAMESPACES: Final = Markup(  # noqa: S704 - our own
    " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{of}:1.0"'
        for name, of in (
            *(("office", "office"), ("text", "text"), ("table", "table"), ("draw", "drawing"), ("style", "style")),
            *(("fo", "xsl-fo-compatible"), ("svg", "svg-compatible"), ("meta", "meta")),
        )
    )
    + ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:ooow="http://openoffice.org/2004/writer" office:version="1.4"'
)
_COLUMN: Final = Markup(
    '<style:style style:name="Column{0}" style:family="table-column">'
    '<style:table-column-properties style:column-width="{0}mm" style:rel-column-width="{0}*"/></style:style>'
)
_HEAD: Final = Markup('<?xml version="1.0" encoding="UTF-8"?>\n')


def as_odt(document: Document, fonts: Path | None = None) -> Rendered:
    """The same document gives the same bytes. ``fonts`` is the folder with the shipped fonts, for its figures."""
    writer = _Writer(document, fonts)
    package = Package("odt")
    parts = {
        "content.xml": writer.content().encode(),
        "styles.xml": _styles(document).encode(),
        "meta.xml": _meta(document).encode(),
        **writer.pictures,
    }
    for name in writer.pictures:
        package.manifest.add_full_path(name, "image/png")
    made = io.BytesIO()
    package.save(made)
    return Rendered(timeless(made.getvalue(), parts), MEDIA_TYPE, file_name(document.title, "odt"))


def _styles(document: Document) -> str:
    """The styles that an author may change, in the language of the document and with its title at the foot."""
    text = (place("house") / "document-styles.xml").read_text(encoding="utf-8")
    language = document.language
    known = {
        "{language}": language,
        "{country}": COUNTRIES.get(language, language.upper()),
        "{first}": "Cover" if document.cover else "Standard",
        "{title}": str(Markup("{}").format(storable(document.title))),
    }
    for name, said in known.items():
        text = text.replace(name, said)
    return text


def _meta(document: Document) -> Markup:
    day = f"{document.day or '1980-01-01'}T00:00:00"
    return _HEAD + Markup(
        "<office:document-meta {}><office:meta><meta:generator>surveyapp</meta:generator><dc:title>{}</dc:title>"
        "<dc:creator>{}</dc:creator><dc:language>{}</dc:language><meta:creation-date>{}</meta:creation-date>"
        "<dc:date>{}</dc:date></office:meta></office:document-meta>"
    ).format(_NAMESPACES, storable(document.title), storable(document.author), document.language, day, day)


class _Writer:
    """Writes one document from its first block to its last."""

    def __init__(self, document: Document, fonts: Path | None) -> None:
        self._document = document
        self._fonts = fonts
        self._number = 0
        """Of the block at hand."""
        self._frames = 0
        self._widths: set[int] = set()
        """Of the columns of its tables, in millimetres."""
        self.pictures: dict[str, bytes] = {}

    def content(self) -> Markup:
        """The whole of ``content.xml``."""
        cover = self._document.cover
        title = _paragraph("Title", self._document.title)
        parts = [_cover(self._document, cover, title)] if cover else [title]
        for each in numbered(self._document):
            self._number = each.number
            parts.append(self._block(each.block))
        declared = Markup().join(
            Markup('<text:sequence-decl text:display-outline-level="0" text:name="{}"/>').format(said["en"])
            for said in KINDS.values()
        )
        looks = Markup((place("house") / "document-tables.xml").read_text(encoding="utf-8"))  # noqa: S704 - our own
        columns = Markup().join(_COLUMN.format(each) for each in sorted(self._widths))
        return _HEAD + Markup(
            "<office:document-content {}><office:automatic-styles>{}{}</office:automatic-styles>"
            "<office:body><office:text><text:sequence-decls>{}</text:sequence-decls>{}</office:text></office:body></office:document-content>"
        ).format(_NAMESPACES, looks, columns, declared, Markup("\n").join(parts))

    @singledispatchmethod
    def _block(self, block: Block) -> Markup:
        raise TypeError(f"no ODT for {type(block).__name__}")

    @_block.register
    def _heading(self, block: Heading) -> Markup:
        return Markup(
            '<text:h text:style-name="Heading_20_{0}" text:outline-level="{0}">'
            '<text:bookmark text:name="h{1}"/>{2}</text:h>'
        ).format(block.level - 1, self._number, _words(block.line))

    @_block.register
    def _text(self, block: Paragraph) -> Markup:
        return _worded("Text_20_body", block.line)

    @_block.register
    def _bullets(self, block: Bullets) -> Markup:
        if block.kind == "ticks":
            return Markup().join(_worded("Tick", line, TICK) for line in block.lines)
        items = (Markup("<text:list-item>{}</text:list-item>").format(_worded("List", line)) for line in block.lines)
        return Markup('<text:list text:style-name="{}">{}</text:list>').format(_LISTS[block.kind], Markup().join(items))

    @_block.register
    def _callout(self, block: Callout) -> Markup:
        return Markup().join(_worded("Callout", line) for line in block.lines)

    @_block.register
    def _notes(self, block: NoteSpace) -> Markup:
        lines = Markup().join([_paragraph("Notes_20_line", LEADER)] * block.lines)
        return _paragraph("Notes_20_label", block.label) + lines

    @_block.register
    def _page_break(self, block: PageBreak) -> Markup:
        del block
        return Markup('<text:p text:style-name="New_20_page"/>')

    @_block.register
    def _table(self, block: Table) -> Markup:
        caption = self._caption("table", block.caption) if block.caption else Markup()
        widths = column_widths(block)
        self._widths |= set(widths)
        rows = Markup().join(_row(row, block, is_header=False) for row in block.rows)
        self._frames += 1
        return Markup(
            '{}<table:table table:name="Table{}" table:style-name="Report_20_table">'
            "{}"
            "<table:table-header-rows>{}</table:table-header-rows>{}</table:table>{}"
        ).format(
            caption,
            self._frames,
            Markup().join(Markup('<table:table-column table:style-name="Column{}"/>').format(each) for each in widths),
            _row(block.header, block, is_header=True),
            rows,
            _paragraph("After_20_table", ""),
        )

    @_block.register
    def _figure(self, block: FigureReference) -> Markup:
        drawn = picture(block.picture, self._fonts)
        name = f"Pictures/figure-{len(self.pictures) + 1}.png"
        self.pictures[name] = drawn.content
        caption = self._caption("figure", block.caption) if block.caption else Markup()
        return caption + Markup(
            '<text:p text:style-name="Figure"><draw:frame draw:name="Figure{}" draw:style-name="Picture" '
            'text:anchor-type="as-char" svg:width="{}cm" svg:height="{}cm"><draw:image xlink:href="{}" '
            'xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/><svg:title>{}</svg:title>'
            "<svg:desc>{}</svg:desc></draw:frame></text:p>"
        ).format(
            len(self.pictures),
            drawn.width,
            drawn.height,
            name,
            storable(block.caption or block.figure.title),
            storable(block.figure.alternative_text()),
        )

    def _caption(self, kind: str, text: str) -> Markup:
        """``Tabel 3. ...``, of which a word processor counts the number."""
        word, _, number = caption_of(kind, self._number, self._document.language)[:-1].rpartition(" ")
        counted = Markup(
            '<text:sequence text:name="{0}" text:formula="ooow:{0}+1" style:num-format="1" text:ref-name="{0}{1}">'
            "{1}</text:sequence>"
        ).format(KINDS[kind]["en"], number)
        return Markup('<text:p text:style-name="Caption">{} {}. {}</text:p>').format(
            _span("Strong", word), counted, storable(text)
        )


def _cover(document: Document, cover: Cover, title: Markup) -> Markup:
    facts = (
        Markup('<text:p text:style-name="Cover_20_fact">{}<text:tab/>{}</text:p>').format(
            _span("Strong", name), storable(said)
        )
        for name, said in cover.facts
    )
    opening = (_paragraph("Cover_20_kind", cover.kind), title, _paragraph("Subtitle", cover.subtitle), *facts)
    return Markup("\n").join([*opening, _contents(document, cover.contents)])


def _contents(document: Document, title: str) -> Markup:
    """A list that a word processor makes anew; until then it holds the headings, which lead there."""
    entries = Markup().join(
        Markup(
            '<text:p text:style-name="Contents_20_{}"><text:a xlink:type="simple" xlink:href="#h{}"'
            ' text:style-name="Index_20_Link" text:visited-style-name="Index_20_Link">{}</text:a></text:p>'
        ).format(heading.level - 1, number, storable(plain(heading.line)))
        for heading, number in listed(document)
    )
    templates = Markup().join(
        Markup(
            '<text:table-of-content-entry-template text:outline-level="{0}" text:style-name="Contents_20_{0}">'
            "<text:index-entry-link-start/><text:index-entry-text/><text:index-entry-tab-stop "
            'style:type="right" style:leader-char="."/><text:index-entry-page-number/><text:index-entry-link-end/>'
            "</text:table-of-content-entry-template>"
        ).format(level)
        for level in (1, 2)
    )
    return Markup(
        '<text:table-of-content text:name="Contents" text:protected="true">'
        '<text:table-of-content-source text:outline-level="2"><text:index-title-template '
        'text:style-name="Contents_20_Heading">{0}</text:index-title-template>{1}</text:table-of-content-source>'
        '<text:index-body><text:index-title text:name="Contents_Head">'
        '<text:p text:style-name="Contents_20_Heading">{0}</text:p></text:index-title>{2}</text:index-body>'
        '</text:table-of-content><text:p text:style-name="New_20_page"/>'
    ).format(storable(title), templates, entries)


def _row(cells: tuple[Line, ...], block: Table, *, is_header: bool) -> Markup:
    cell_style = "Header_20_cell" if is_header else "Cell"
    parts = []
    for at, line in enumerate(cells):
        style = "Table_20_number" if at > 0 and at not in block.words else "Table_20_text"
        words = tuple(Run(run.text, "strong") for run in line) if is_header else line
        paragraph = _worded(style, words)
        parts.append(
            Markup('<table:table-cell table:style-name="{}" office:value-type="string">{}</table:table-cell>').format(
                cell_style, paragraph
            )
        )
    return Markup('<table:table-row table:style-name="Row">{}</table:table-row>').format(Markup().join(parts))


def _paragraph(style: str, text: str) -> Markup:
    return Markup('<text:p text:style-name="{}">{}</text:p>').format(style, storable(text))


def _worded(style: str, line: Line, before: str = "") -> Markup:
    return Markup('<text:p text:style-name="{}">{}{}</text:p>').format(style, before, _words(line))


def _words(line: Line) -> Markup:
    return Markup().join(
        _span(_SPANS[run.style], run.text) if run.style in _SPANS else Markup("{}").format(storable(run.text))
        for run in line
    )


def _span(style: str, text: str) -> Markup:
    return Markup('<text:span text:style-name="{}">{}</text:span>').format(style, storable(text))
