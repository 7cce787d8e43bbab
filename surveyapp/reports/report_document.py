"""A report as a document: the sections of its recipe, in the words of its text, with chapters that are numbered."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from surveyapp.reports.document import Block, Cover, Document, Heading, Run
from surveyapp.reports.figures.figure import Figure
from surveyapp.reports.markdown import blocks, line_of, own_words
from surveyapp.reports.recipe import ReportRecipe, report_recipe
from surveyapp.reports.report import Report
from surveyapp.reports.wording import Wording, wording

SHARED: Final = "report"
"""The folder with the words that all kinds of reports have in common."""
_THEMES: Final = "themes"
"""The section that is followed by the parts of each theme."""
FACTS: Final = ("client", "sender", "field", "published")


def document_of(report: Report) -> Document:
    """The report in its own language. Raises InvalidContent where an author's recipe or text does not work."""
    words = wording(report.kind, report.language, SHARED)
    written = {place: own_words(text) for place, text in report.texts.items()}
    body, behind = (blocks(text, figures_of(report), written) for text in markdown_of(report))
    appendix = _said(words, "appendix", report)
    return Document(
        _said(words, "title", report),
        report.language,
        (*_chapters(body), *_appendices(behind, appendix)),
        Cover(
            _said(words, "kind", report),
            _said(words, "subtitle", report),
            tuple((_said(words, f"{name}_name", report), _said(words, name, report)) for name in FACTS),
            _said(words, "contents", report),
        ),
        report.sender,
        report.provenance.published,
    )


def markdown_of(report: Report) -> tuple[str, str]:
    """The chapters and the appendices, before their directives are followed."""
    words, plan = wording(report.kind, report.language, SHARED), report_recipe(report.kind)
    return _joined(plan.sections, report, words, plan), _joined(plan.appendices, report, words, plan)


def numbers_label(language: str) -> str:
    """What leads to the numbers of a figure."""
    return line_of(wording(SHARED, language).block("numbers"))


def _said(words: Wording, block: str, report: Report) -> str:
    return line_of(words.block(block, report=report))


def _joined(names: tuple[str, ...], report: Report, words: Wording, plan: ReportRecipe) -> str:
    return "\n\n".join(part for name in names for part in _section(name, report, words, plan))


def _section(name: str, report: Report, words: Wording, plan: ReportRecipe) -> Iterator[str]:
    yield words.block(name, report=report)
    if name == _THEMES:
        for chapter in report.chapters:
            for part in plan.theme:
                yield words.block(f"theme_{part}", report=report, chapter=chapter)


def figures_of(report: Report) -> dict[str, Figure]:
    """By the names that texts use."""
    named: dict[str, Figure | None] = {
        "response": report.response,
        "response_by_role": report.response_by_role,
        "heatmap": report.heatmap,
        "profile": report.profile,
        "importance": report.importance,
        "differences": report.differences,
        **{f"dumbbell_{chapter.key}": chapter.dumbbell for chapter in report.chapters},
        **{f"page_{page.code}": page.profile for page in report.pages},
        **{
            f"bars_{chapter.key}_{number}": bars
            for chapter in report.chapters
            for number, bars in enumerate(chapter.bars, 1)
        },
    }
    return {name: figure for name, figure in named.items() if figure is not None}


def _chapters(found: tuple[Block, ...]) -> Iterator[Block]:
    """Headings with the numbers of their chapters and sections: ``3``, ``3.1``."""
    chapter = section = 0
    for block in found:
        if isinstance(block, Heading) and block.level == 2:
            chapter, section = chapter + 1, 0
            yield _titled(block, str(chapter))
        elif isinstance(block, Heading) and block.level == 3:
            section += 1
            yield _titled(block, f"{chapter}.{section}")
        else:
            yield block


def _appendices(found: tuple[Block, ...], name: str) -> Iterator[Block]:
    """Headings with the letters of their appendices: ``Bijlage A``."""
    number = 0
    for block in found:
        if isinstance(block, Heading) and block.level == 2:
            yield _titled(block, f"{name} {chr(ord('A') + number)}.")
            number += 1
        else:
            yield block


def _titled(heading: Heading, number: str) -> Heading:
    return replace(heading, line=(Run(f"{number} "), *heading.line))
