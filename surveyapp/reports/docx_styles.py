"""The look of documents for Word, in styles that its users can change."""

from typing import Final, cast

from docx.document import Document as Word
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from markupsafe import Markup

from surveyapp.reports.document import Document, storable
from surveyapp.reports.office import COUNTRIES

_FONT: Final = "Calibri"
_INK: Final = RGBColor(0x0F, 0x22, 0x33)
_ACCENT: Final = RGBColor(0x00, 0x54, 0x8A)
_MUTED: Final = RGBColor(0x4A, 0x5A, 0x68)
_SIZES: Final[dict[str, float]] = {
    "Title": 26,
    "Subtitle": 14,
    "Heading 1": 18,
    "Heading 2": 14,
    "Heading 3": 12,
    "Caption": 10,
}
_OWN: Final[dict[str, tuple[str, float]]] = {
    "Cover kind": ("Normal", 11.0),
    "Cover fact": ("Normal", 10.5),
    "toc 1": ("Normal", 11.0),
    "toc 2": ("Normal", 10),
    "Callout": ("Normal", 10.5),
    "Notes label": ("Normal", 9),
    "Notes line": ("Normal", 11.0),
    "Table text": ("Normal", 9),
    "Table number": ("Table text", 9),
    "After table": ("Normal", 5),
    "Figure": ("Normal", 10.5),
}
"""Style -> what it is based on, and its size in points."""
_TABLE_STYLE: Final = f"""<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="Reporttable">
<w:name w:val="Report table"/><w:basedOn w:val="TableNormal"/><w:tblPr><w:tblStyleRowBandSize w:val="1"/><w:tblBorders>
<w:top w:val="single" w:sz="8" w:color="0F2233"/><w:bottom w:val="single" w:sz="8" w:color="0F2233"/>
<w:insideH w:val="single" w:sz="4" w:color="D5DCE2"/></w:tblBorders></w:tblPr>
<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr><w:tcPr><w:tcBorders>
<w:bottom w:val="single" w:sz="6" w:color="0F2233"/></w:tcBorders></w:tcPr></w:tblStylePr></w:style>"""


def prepare(word: Word, document: Document) -> None:
    """Page, styles, language, and the title with page numbers at the foot of every page but the cover."""
    for section in word.sections:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.2)
        section.top_margin, section.bottom_margin = Cm(2.2), Cm(2)
        section.different_first_page_header_footer = document.cover is not None
    _styles(word)
    _language(word, document.language)
    _foot(word, document)


def list_from_one(word: Word) -> Markup:
    """What a paragraph needs to be in a new numbered list."""
    numbering = word.part.numbering_part.element
    style = word.styles["List Number"].element.pPr.numPr.numId.val
    number = numbering.add_num(numbering.num_having_numId(style).abstractNumId.val)
    number.add_lvlOverride(ilvl=0).add_startOverride(1)
    return Markup('<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{}"/></w:numPr>').format(number.numId)


def _styles(word: Word) -> None:
    normal = _paragraph_style(word, "Normal")
    _font(normal, 10.5)
    for name, size in _SIZES.items():
        _font(_paragraph_style(word, name), size)
    for name, (base, size) in _OWN.items():
        word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = word.styles[base]
        _font(_paragraph_style(word, name), size)
    word.styles.element.append(parse_xml(_TABLE_STYLE))
    _spaces(word)
    _lines(word)


def _paragraph_style(word: Word, name: str) -> ParagraphStyle:
    return cast("ParagraphStyle", word.styles[name])


def _font(style: ParagraphStyle, size: float) -> None:
    style.font.name, style.font.size, style.font.color.rgb = _FONT, Pt(size), _INK
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{script}"), None)
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), _FONT)


def _spaces(word: Word) -> None:
    """Room around paragraphs, in points."""
    for name, before, after in (
        ("Body Text", 0, 7),
        ("Heading 1", 26, 8),
        ("Heading 2", 16, 5),
        ("Heading 3", 12, 4),
        ("Caption", 12, 4),
        ("Title", 8, 6),
        ("Cover kind", 150, 0),
        ("Cover fact", 0, 2),
        ("Subtitle", 0, 40),
        ("Callout", 3, 3),
        ("Table text", 2, 2),
        ("Table number", 2, 2),
        ("After table", 0, 6),
        ("Figure", 0, 10),
        ("toc 1", 6, 1),
        ("toc 2", 0, 1),
    ):
        form = _paragraph_style(word, name).paragraph_format
        form.space_before, form.space_after = Pt(before), Pt(after)
    for name in ("Caption", "Notes label", "Heading 1", "Heading 2", "Heading 3"):
        _paragraph_style(word, name).paragraph_format.keep_with_next = True
    _paragraph_style(word, "Caption").font.bold = False
    _paragraph_style(word, "Title").font.bold = True
    _paragraph_style(word, "Cover kind").font.bold = True
    for name in ("Cover kind", "Heading 2"):
        _paragraph_style(word, name).font.color.rgb = _ACCENT
    _paragraph_style(word, "Subtitle").font.italic = False
    _paragraph_style(word, "Table number").paragraph_format.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _paragraph_style(word, "Cover fact").paragraph_format.tab_stops.add_tab_stop(Cm(4.5))
    _paragraph_style(word, "Cover fact").paragraph_format.left_indent = Cm(4.5)
    _paragraph_style(word, "Cover fact").paragraph_format.first_line_indent = Cm(-4.5)
    _paragraph_style(word, "toc 2").paragraph_format.left_indent = Cm(0.8)


def _lines(word: Word) -> None:
    """A bar beside what must not be missed; no line under the title."""
    callout = _paragraph_style(word, "Callout").element.get_or_add_pPr()
    callout.append(
        parse_xml(f'<w:pBdr {nsdecls("w")}><w:left w:val="single" w:sz="24" w:space="8" w:color="0072B2"/></w:pBdr>')
    )
    callout.append(parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="EAF2F8"/>'))
    title = _paragraph_style(word, "Title").element.get_or_add_pPr()
    for border in title.findall(qn("w:pBdr")):
        title.remove(border)


def _language(word: Word, language: str) -> None:
    defaults = word.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    known = defaults.find(qn("w:lang"))
    known.set(qn("w:val"), f"{language}-{COUNTRIES.get(language, language.upper())}")


def _foot(word: Word, document: Document) -> None:
    paragraph = word.sections[0].footer.paragraphs[0]
    paragraph.style.font.size, paragraph.style.font.color.rgb = Pt(8), _MUTED
    paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(16.6), WD_TAB_ALIGNMENT.RIGHT)
    paragraph.add_run(f"{storable(document.title)}\t")
    for instruction, between in (("PAGE", " / "), ("NUMPAGES", "")):
        paragraph.add_run().element.addnext(
            parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="{instruction}"><w:r><w:t>1</w:t></w:r></w:fldSimple>')
        )
        paragraph.add_run(between)
