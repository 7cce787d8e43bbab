"""The places of a report where a researcher can write, and what the machine says around each."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from surveyapp.reports.document import Block, Heading, PageBreak, Paragraph, Run, plain
from surveyapp.reports.markdown import blocks
from surveyapp.reports.report import Report
from surveyapp.reports.report_document import figures_of, markdown_of

_DIRECTIVE: Final = re.compile(r"^\[\[text (.+)\]\]$", re.MULTILINE)
_SECTION: Final = 3
"""The deepest level of headings that begin a section."""


@dataclass(frozen=True)
class Place:
    """Where one text goes: the section under ``heading``, in two parts with the text between them."""

    name: str
    heading: str
    before: tuple[Block, ...]
    after: tuple[Block, ...]


def places(report: Report) -> tuple[Place, ...]:
    """In the order of the report, each name once; raises InvalidContent as ``document_of`` does."""
    found: dict[str, Place] = {}
    for text in markdown_of(report):
        marks = {name: Paragraph((Run(name),)) for name in dict.fromkeys(_DIRECTIVE.findall(text))}
        laid_out = blocks(text, figures_of(report), {name: (mark,) for name, mark in marks.items()})
        for place in _divided(laid_out, marks):
            found.setdefault(place.name, place)
    return tuple(found.values())


def _divided(laid_out: Sequence[Block], marks: dict[str, Paragraph]) -> Iterator[Place]:
    names = {id(mark): name for name, mark in marks.items()}
    at = [place for place, block in enumerate(laid_out) if id(block) in names]
    beginnings = {place: _beginning(laid_out, place) for place in at}
    for place in at:
        first, heading = beginnings[place]
        others = {begins - 1 for begins, _heading in beginnings.values() if begins > place}
        last = next(
            (
                end
                for end in range(place + 1, len(laid_out))
                if end in others or _ends(laid_out[end], heading.level if heading else _SECTION)
            ),
            len(laid_out),
        )
        yield Place(
            names[id(laid_out[place])],
            plain(heading.line) if heading else "",
            _without_breaks(laid_out[first:place]),
            _without_breaks(laid_out[place + 1 : last]),
        )


def _beginning(laid_out: Sequence[Block], place: int) -> tuple[int, Heading | None]:
    """Where the section begins in which this stands, after its heading."""
    for before in range(place, -1, -1):
        block = laid_out[before]
        if isinstance(block, Heading) and block.level <= _SECTION:
            return before + 1, block
    return 0, None


def _ends(block: Block, level: int) -> bool:
    return isinstance(block, Heading) and block.level <= level


def _without_breaks(part: Sequence[Block]) -> tuple[Block, ...]:
    return tuple(block for block in part if not isinstance(block, PageBreak))
