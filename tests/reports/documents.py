"""A document with one of everything, in words that break badly made files."""

from datetime import date

from surveyapp.reports.document import (
    Bullets,
    Callout,
    Cover,
    Document,
    FigureReference,
    Heading,
    NoteSpace,
    PageBreak,
    Paragraph,
    Run,
    Table,
    storable,
)
from tests.reports.figures.examples import dumbbell

HOSTILE = (
    "<b>&amp; \"quotes\" 'single' ]]> {{ jinja }} {title} ${x} \x00\x07\x1b\ud800\ufffe",
    '=HYPERLINK("http://example.invalid";"x")',
    "שלום עולם مرحبا بالعالم \u202eback\u202c 漢字 😀👩‍👩‍👧 é e\u0301 \u200b\u00ad",
    "Bestuurlijkverantwoordelijkheidsverdelingsovereenkomst" * 6,
    "-- # Kop | cel | * _ ` ~ \\ // %s %(x)s",
)
"""Markup, formulas, right to left, letters that fonts lack, a word without an end, and characters that no XML has."""


def line(text: str) -> tuple[Run, ...]:
    return (Run(text),)


def everything(
    words: str = "Gewone woorden", *, with_cover: bool = True, language: str = "nl", rows: int = 60
) -> Document:
    """One of every block; ``words`` stand wherever words can, and ``rows`` times in a long table."""
    strong = (Run("Vet: ", "strong"), Run(words), Run(words, "emphasis"))
    cover = Cover(words, words, ((words, words), ("Gepubliceerd", "1 december 2026")), "Inhoud")
    blocks = (
        Heading(2, line("Eerste hoofdstuk")),
        Paragraph(strong),
        Heading(3, line(words)),
        Callout((strong, line(words))),
        Bullets((line(words), strong)),
        Bullets((line("een"), line("twee")), "ordered"),
        Bullets((line("weer een"),), "ordered"),
        Bullets((line(words),), "ticks"),
        Table((line("Thema"), line("Score"), line("Aandeel")), ((line(words), line("3,45"), line("62%")),), (), words),
        Table((line("Wie"), line("Wat")), ((line("Almelo"), line(words)),) * rows, (1,), "Een lange tabel"),
        Table((line("Zonder bijschrift"), line("n")), ((line("x"), line("−12")),)),
        FigureReference(dumbbell().model_copy(update={"title": storable(words)}), words),
        FigureReference(dumbbell()),
        NoteSpace(words, 2),
        PageBreak(),
        Heading(2, line("Tweede hoofdstuk")),
        Heading(3, line("Een kop")),
        Heading(4, line("Een kleine kop")),
        Paragraph(line(words)),
    )
    return Document(
        f"Rapport {words}", language, blocks, cover if with_cover else None, author=words, day=date(2026, 12, 1)
    )
