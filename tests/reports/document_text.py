"""What a document says, as plain lines, to compare with what it said when somebody last looked."""

from surveyapp.reports.captions import caption_of
from surveyapp.reports.document import (
    Block,
    Bullets,
    Callout,
    Document,
    FigureReference,
    Heading,
    NoteSpace,
    Numbered,
    Paragraph,
    Table,
    numbered,
    plain,
)


def text_of_document(document: Document) -> str:
    """A line for everything that is said."""
    lines = [f"# {document.title}"]
    if document.cover:
        lines += [document.cover.kind, document.cover.subtitle, *(": ".join(fact) for fact in document.cover.facts)]
    for each in numbered(document):
        lines += _figures_and_tables(each, document.language) or _words(each.block)
    return "\n".join(lines) + "\n"


def _words(block: Block) -> list[str]:
    match block:
        case Heading():
            return ["", f"{'#' * block.level} {plain(block.line)}"]
        case Paragraph():
            return [plain(block.line)]
        case Bullets():
            return [f"- {plain(line)}" for line in block.lines]
        case Callout():
            return [f"> {plain(line)}" for line in block.lines]
        case NoteSpace():
            return [f"({block.label}: {block.lines})"]
        case _:
            return ["--------"]


def _figures_and_tables(each: Numbered, language: str) -> list[str]:
    match each.block:
        case Table() as block:
            caption = f"{caption_of('table', each.number, language)} {block.caption}"
            return [
                *[caption] * bool(block.caption),
                *(" | ".join(map(plain, row)) for row in (block.header, *block.rows)),
            ]
        case FigureReference() as block:
            caption = f"{caption_of('figure', each.number, language)} {block.caption}"
            return [caption, f"[{block.figure.alternative_text()}]"]
        case _:
            return []
