"""A document for Word: real styles, headings, captions that count, a table of contents, repeated headers of tables.

python-docx makes the package and its styles; what is in it is written here as XML, as it has no words for fields,
borders and lists that begin anew.
"""

import io
from datetime import UTC, datetime, time
from functools import singledispatchmethod
from itertools import count
from pathlib import Path
from typing import Final

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.oxml.xmlchemy import serialize_for_reading
from docx.shared import Cm
from markupsafe import Markup

from surveyapp.reports import docx_styles
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
from surveyapp.reports.office import LEADER, TICK, column_widths, listed, picture, timeless
from surveyapp.reports.rendered import Rendered, file_name

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_RUN_STYLES: Final = {"strong": "Strong", "emphasis": "Emphasis"}
_LISTS: Final = {"points": "ListBullet", "ordered": "ListNumber", "ticks": "List"}
_NEW_PAGE: Final = Markup('<w:p><w:r><w:br w:type="page"/></w:r></w:p>')
_TWIPS: Final = 1440 / 25.4
"""In a millimetre."""
_PROPERTY: Final = 255
"""Characters that a property of a file can have."""


def as_docx(document: Document, fonts: Path | None = None) -> Rendered:
    """The same document gives the same bytes. ``fonts`` is the folder with the shipped fonts, for its figures."""
    writer = _Writer(document, fonts)
    written = parse_xml(f"<w:body {nsdecls('w', 'r')}>{writer.content()}</w:body>")
    body = writer.word.element.body
    for child in list(written):
        body.insert_element_before(child, "w:sectPr")
    made = io.BytesIO()
    writer.word.save(made)
    return Rendered(timeless(made.getvalue()), MEDIA_TYPE, file_name(document.title, "docx"))


class _Writer:
    """Writes one document from its first block to its last."""

    def __init__(self, document: Document, fonts: Path | None) -> None:
        self.word = docx.Document()
        docx_styles.prepare(self.word, document)
        self._document = document
        self._fonts = fonts
        self._pictures = count(1)
        self._number = 0
        """Of the block at hand."""
        self._properties()

    def content(self) -> Markup:
        """Cover and contents where there are, then every block."""
        title = _paragraph("Title", self._document.title)
        cover = self._document.cover
        parts = [self._cover(cover, title)] if cover else [title]
        for each in numbered(self._document):
            self._number = each.number
            parts.append(self._block(each.block))
        return Markup("\n").join(parts)

    def _properties(self) -> None:
        known, document = self.word.core_properties, self._document
        moment = datetime.combine(document.day, time(), UTC) if document.day else datetime(1980, 1, 1, tzinfo=UTC)
        known.title, known.author = storable(document.title)[:_PROPERTY], storable(document.author)[:_PROPERTY]
        known.last_modified_by, known.comments, known.revision = known.author, "", 1
        known.language = document.language
        known.created = known.modified = moment

    def _cover(self, cover: Cover, title: Markup) -> Markup:
        facts = (
            _p("Coverfact", _run(name, "Strong") + Markup("<w:r><w:tab/></w:r>") + _run(said))
            for name, said in cover.facts
        )
        opening = (_paragraph("Coverkind", cover.kind), title, _paragraph("Subtitle", cover.subtitle), *facts)
        contents = (_NEW_PAGE, _paragraph("TOCHeading", cover.contents), self._contents(), _NEW_PAGE)
        return Markup("\n").join((*opening, *contents))

    def _contents(self) -> Markup:
        """A field that Word fills in anew with page numbers; until then it holds the headings, which lead there."""
        entries = []
        found = listed(self._document)
        for place, (heading, number) in enumerate(found):
            link = Markup('<w:hyperlink w:anchor="_Toc{:06d}" w:history="1">{}</w:hyperlink>').format(
                number, _run(plain(heading.line))
            )
            begin = _field_begin('TOC \\o "1-2" \\h \\z \\u', dirty=True) if place == 0 else Markup()
            end = _mark("end") if place == len(found) - 1 else Markup()
            entries.append(_p(f"toc{heading.level - 1}", begin + link + end))
        return Markup("\n").join(entries)

    @singledispatchmethod
    def _block(self, block: Block) -> Markup:
        raise TypeError(f"no DOCX for {type(block).__name__}")

    @_block.register
    def _heading(self, block: Heading) -> Markup:
        marked = Markup('<w:bookmarkStart w:id="{0}" w:name="_Toc{0:06d}"/>{1}<w:bookmarkEnd w:id="{0}"/>').format(
            self._number, _runs(block.line)
        )
        return _p(f"Heading{block.level - 1}", marked)

    @_block.register
    def _text(self, block: Paragraph) -> Markup:
        return _p("BodyText", _runs(block.line))

    @_block.register
    def _bullets(self, block: Bullets) -> Markup:
        more = docx_styles.list_from_one(self.word) if block.kind == "ordered" else ""
        before = _run(TICK) if block.kind == "ticks" else Markup()
        return Markup("\n").join(_p(_LISTS[block.kind], before + _runs(line), more) for line in block.lines)

    @_block.register
    def _callout(self, block: Callout) -> Markup:
        return Markup("\n").join(_p("Callout", _runs(line)) for line in block.lines)

    @_block.register
    def _notes(self, block: NoteSpace) -> Markup:
        lines = [_paragraph("Notesline", LEADER)] * block.lines
        return Markup("\n").join([_paragraph("Noteslabel", block.label), *lines])

    @_block.register
    def _page_break(self, block: PageBreak) -> Markup:
        del block
        return _NEW_PAGE

    @_block.register
    def _table(self, block: Table) -> Markup:
        caption = self._caption("table", block.caption) if block.caption else Markup()
        widths = [round(width * _TWIPS) for width in column_widths(block)]
        columns = Markup().join(Markup('<w:gridCol w:w="{}"/>').format(width) for width in widths)
        rows = Markup("\n").join(_row(row, block, widths, is_header=False) for row in block.rows)
        return caption + Markup(
            '<w:tbl><w:tblPr><w:tblStyle w:val="Reporttable"/><w:tblW w:w="5000" w:type="pct"/>'
            '<w:tblLayout w:type="fixed"/>'
            '<w:tblLook w:val="0420" w:firstRow="1" w:firstColumn="0"/><w:tblCaption w:val="{}"/></w:tblPr>'
            "<w:tblGrid>{}</w:tblGrid>{}{}</w:tbl>{}"
        ).format(
            storable(block.caption or plain(block.header[0])),
            columns,
            _row(block.header, block, widths, is_header=True),
            rows,
            _paragraph("Aftertable", ""),
        )

    @_block.register
    def _figure(self, block: FigureReference) -> Markup:
        caption = self._caption("figure", block.caption) if block.caption else Markup()
        drawn = picture(block.picture, self._fonts)
        inline = self.word.part.new_pic_inline(io.BytesIO(drawn.content), Cm(drawn.width), Cm(drawn.height))
        inline.docPr.set("descr", storable(block.figure.alternative_text()))
        inline.docPr.set("title", storable(block.caption or block.figure.title))
        inline.docPr.set("id", str(next(self._pictures)))
        shape = Markup(serialize_for_reading(inline))  # noqa: S704 - XML of its own
        return caption + _p("Figure", Markup("<w:r><w:drawing>{}</w:drawing></w:r>").format(shape))

    def _caption(self, kind: str, text: str) -> Markup:
        """``Tabel 3. ...``, of which Word counts the number."""
        word, _, number = caption_of(kind, self._number, self._document.language)[:-1].rpartition(" ")
        counted = _field_begin(f"SEQ {KINDS[kind]['en']} \\* ARABIC") + _run(number, "Strong") + _mark("end")
        return _p("Caption", _run(f"{word} ", "Strong") + counted + _run(f". {text}"))


def _row(cells: tuple[Line, ...], block: Table, widths: list[int], *, is_header: bool) -> Markup:
    parts = []
    for at, line in enumerate(cells):
        style = "Tablenumber" if at > 0 and at not in block.words else "Tabletext"
        words = tuple(Run(run.text, "strong") for run in line) if is_header else line
        cell = Markup('<w:tc><w:tcPr><w:tcW w:w="{}" w:type="dxa"/></w:tcPr>{}</w:tc>')
        parts.append(cell.format(widths[at], _p(style, _runs(words))))
    repeated = Markup("<w:tblHeader/>") if is_header else Markup()
    return Markup("<w:tr><w:trPr><w:cantSplit/>{}</w:trPr>{}</w:tr>").format(repeated, Markup().join(parts))


def _p(style: str, runs: Markup, more: str = "") -> Markup:
    return Markup('<w:p><w:pPr><w:pStyle w:val="{}"/>{}</w:pPr>{}</w:p>').format(style, more, runs)


def _paragraph(style: str, text: str) -> Markup:
    return _p(style, _run(text))


def _runs(line: Line) -> Markup:
    return Markup().join(_run(run.text, _RUN_STYLES.get(run.style, "")) for run in line)


def _run(text: str, style: str = "") -> Markup:
    properties = Markup('<w:rPr><w:rStyle w:val="{}"/></w:rPr>').format(style) if style else Markup()
    return Markup('<w:r>{}<w:t xml:space="preserve">{}</w:t></w:r>').format(properties, storable(text))


def _mark(kind: str, *, dirty: bool = False) -> Markup:
    waits = Markup(' w:dirty="true"') if dirty else Markup()
    return Markup('<w:r><w:fldChar w:fldCharType="{}"{}/></w:r>').format(kind, waits)


def _field_begin(instruction: str, *, dirty: bool = False) -> Markup:
    """The beginning of a field, up to where its outcome stands."""
    asked = Markup('<w:r><w:instrText xml:space="preserve"> {} </w:instrText></w:r>').format(Markup(instruction))  # noqa: S704
    return _mark("begin", dirty=dirty) + asked + _mark("separate")
