"""Markdown into blocks: headings, paragraphs, lists, things to tick off (``- [ ]``), tables and callouts (``>``).

Raw HTML is text. A line of its own can be a directive, which only templates can write: see ``directive``.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from surveyapp.errors import InvalidContent
from surveyapp.reports.document import (
    Block,
    Bullets,
    Callout,
    FigureReference,
    Heading,
    Line,
    NoteSpace,
    PageBreak,
    Paragraph,
    Run,
    Table,
    plain,
)
from surveyapp.reports.figures.figure import Figure

_TICK = "[ ] "
_DIRECTIVE = re.compile(r"^\[\[(notes|figure|table|text|new_page)(?: (.+))?\]\]$")
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table").disable(["link", "image", "autolink"])

Style = Literal["plain", "strong", "emphasis"]


class Directive(str):
    """Markdown that is meant as such and is not escaped."""

    __slots__ = ()


def directive(name: str, *arguments: str) -> Directive:
    """A line that stands for room for notes, a figure, the caption of the table that follows, or a new page."""
    return Directive(f"\n\n[[{' '.join((name, *arguments))}]]\n\n")


def blocks(
    text: str, figures: Mapping[str, Figure], written: Mapping[str, tuple[Block, ...]] | None = None
) -> tuple[Block, ...]:
    """The blocks of a Markdown text. Raises InvalidContent ``report-text`` for a figure that is not there.

    ``written`` are the texts that people wrote for places in it, by their names; see ``own_words``.
    """
    found: list[Block] = []
    caption = ""
    for node in SyntaxTreeNode(_MARKDOWN.parse(text)).children:
        read = _READERS.get(node.type)
        if read is None:
            raise InvalidContent("report-text", problem=f"this kind of text is not supported: {node.type}")
        name, said = _directive(node)
        if name == "text":
            found.extend((written or {}).get(said, ()))
            continue
        if name == "table":
            caption = line_of(said)
            continue
        block = _directed(name, said, figures) or read(node)
        found.append(replace(block, caption=caption) if caption and isinstance(block, Table) else block)
        caption = ""
    return tuple(found)


def own_words(text: str, *, below: int = 3) -> tuple[Block, ...]:
    """What somebody wrote for a place in a document: nothing in it is a directive, and nothing is refused.

    Its headings are of level ``below`` and further; what a document cannot hold (code, rules) becomes a paragraph.
    """
    found: list[Block] = []
    for node in SyntaxTreeNode(_MARKDOWN.parse(text)).children:
        read = _READERS.get(node.type)
        block = read(node) if read is not None else Paragraph((Run(" ".join(node.content.split())),))
        if isinstance(block, Heading):
            block = replace(block, level=min(below + block.level - 1, 4))
        if not isinstance(block, Paragraph) or plain(block.line).strip():
            found.append(block)
    return tuple(found)


def line_of(text: str) -> str:
    """The words of one line of Markdown."""
    return plain(_inline(SyntaxTreeNode(_MARKDOWN.parse(text))))


def _directive(node: SyntaxTreeNode) -> tuple[str, str]:
    """The name of a directive and what it says; letters that were filled in are escaped and never match."""
    match = _DIRECTIVE.match(node.children[0].content) if node.type == "paragraph" else None
    return (match.group(1), match.group(2) or "") if match is not None else ("", "")


def _directed(name: str, arguments: str, figures: Mapping[str, Figure]) -> Block | None:
    """The block that a directive stands for."""
    match name:
        case "new_page":
            return PageBreak()
        case "notes":
            lines, _, label = arguments.partition(" ")
            return NoteSpace(line_of(label), int(lines))
        case "figure":
            figure, _, caption = arguments.partition(" ")
            if figure not in figures:
                raise InvalidContent("report-text", problem=f"there is no figure {figure!r}")
            return FigureReference(figures[figure], line_of(caption))
        case _:
            return None


def _inline(node: SyntaxTreeNode) -> Line:
    """The runs of a heading, paragraph, cell or list item."""
    inline = next((child for child in node.walk() if child.type == "inline"), None)
    return _line(inline.children) if inline is not None else ()


def _line(nodes: Sequence[SyntaxTreeNode], style: Style = "plain") -> Line:
    runs: list[Run] = []
    for node in nodes:
        if node.type in {"softbreak", "hardbreak"}:
            runs.append(Run(" ", style))
        elif node.type in {"strong", "em"}:
            runs.extend(_line(node.children, "strong" if node.type == "strong" else "emphasis"))
        else:
            runs.append(Run(node.content, style))
    return tuple(run for run in runs if run.text)


def _heading(node: SyntaxTreeNode) -> Block:
    return Heading(int(node.tag.removeprefix("h")), _inline(node))


def _paragraph(node: SyntaxTreeNode) -> Block:
    return Paragraph(_inline(node))


def _bullets(node: SyntaxTreeNode) -> Block:
    lines = tuple(_inline(item) for item in node.children)
    if lines and all(plain(line).startswith(_TICK) for line in lines):
        return Bullets(tuple(_without_tick(line) for line in lines), "ticks")
    return Bullets(lines, "ordered" if node.type == "ordered_list" else "points")


def _without_tick(line: Line) -> Line:
    first, *rest = line
    return (Run(first.text.removeprefix(_TICK), first.style), *rest)


def _table(node: SyntaxTreeNode) -> Block:
    head, *bodies = node.children
    rows = tuple(tuple(_inline(cell) for cell in row.children) for body in bodies for row in body.children)
    titles = head.children[0].children
    words = tuple(place for place, cell in enumerate(titles) if "left" in str(cell.attrs.get("style", "")))
    return Table(tuple(_inline(cell) for cell in titles), rows, words)


def _callout(node: SyntaxTreeNode) -> Block:
    return Callout(tuple(_inline(child) for child in node.children))


_READERS: dict[str, Callable[[SyntaxTreeNode], Block]] = {
    "heading": _heading,
    "paragraph": _paragraph,
    "bullet_list": _bullets,
    "ordered_list": _bullets,
    "table": _table,
    "blockquote": _callout,
}
