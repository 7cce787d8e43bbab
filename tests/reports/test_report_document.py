"""Reports in words: in the order of their recipe, in both languages, with what people wrote in its place."""

from itertools import pairwise

import pytest

from surveyapp.reports.document import FigureReference, Heading, Paragraph, Table, plain, storable
from surveyapp.reports.report import KINDS
from surveyapp.reports.report_document import document_of
from tests.reports.document_text import text_of_document
from tests.reports.documents import HOSTILE
from tests.reports.report_samples import FINDINGS, sample_report
from tests.reports.samples import golden

EVERY_KIND = pytest.mark.parametrize("kind", KINDS)


@EVERY_KIND
@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_report_says_what_it_said_when_somebody_last_looked(kind: str, language: str) -> None:
    said = text_of_document(document_of(sample_report(kind, language)))
    assert said == golden(f"report-{kind}.{language}.txt", said)


@EVERY_KIND
def test_chapters_are_numbered_appendices_have_letters_and_no_level_is_skipped(kind: str) -> None:
    headings = [block for block in document_of(sample_report(kind)).blocks if isinstance(block, Heading)]
    titles = [plain(each.line) for each in headings if each.level == 2]
    assert [title.split()[0] for title in titles][:9] == [*"12345678", "9" if kind == "region" else "Bijlage"]
    assert next(title for title in titles if title.startswith("Bijlage")) == "Bijlage A. Verantwoording van de methode"
    levels = [each.level for each in headings]
    assert levels[0] == 2
    assert all(after - before <= 1 for before, after in pairwise(levels))


@EVERY_KIND
def test_every_figure_and_every_larger_table_has_a_caption(kind: str) -> None:
    blocks = document_of(sample_report(kind)).blocks
    assert all(block.caption for block in blocks if isinstance(block, FigureReference))
    assert sum(not block.caption for block in blocks if isinstance(block, Table)) == 1


@EVERY_KIND
def test_what_a_researcher_wrote_stands_in_its_place_with_current_numbers(kind: str) -> None:
    blocks = document_of(sample_report(kind)).blocks
    lines = [plain(block.line) for block in blocks if isinstance(block, Paragraph | Heading)]
    assert "De regio scoort 2,2 op het derde onderwerp." in lines
    own = lines.index("Eigen woorden.")
    assert lines[own - 1] == "Duiding"
    assert "Zet het hele instrumentarium in" in " ".join(lines[own - 6 : own])


@EVERY_KIND
def test_hostile_words_of_people_stay_what_they_are_and_end_nothing(kind: str) -> None:
    words = " ".join(storable(HOSTILE[0]).split())
    hostile = FINDINGS[0].model_copy(update={"fact": f"{words} | # kop\n\n| a | b |\n\n[[new_page]] {HOSTILE[4]}"})
    plainly = FINDINGS[0].model_copy(update={"fact": "Gewoon."})
    made, usual = (document_of(sample_report(kind, findings=(each,))) for each in (hostile, plainly))
    assert [type(block) for block in made.blocks] == [type(block) for block in usual.blocks]
    assert words in text_of_document(made)


def test_a_directive_in_the_text_of_a_researcher_is_text() -> None:
    texts = {"summary": "[[new_page]]\n\n[[figure heatmap]]\n\n```\ncode\n```\n\n---\n\n# Groot"}
    document = document_of(sample_report(texts=texts))
    lines = [plain(block.line) for block in document.blocks if isinstance(block, Paragraph | Heading)]
    assert {"[[new_page]]", "[[figure heatmap]]", "code", "1.1 Groot"} <= set(lines)


def concluded(kind: str, language: str, scored: int) -> str:
    """The conclusions of a report without findings, in which so many themes have a score."""
    made = sample_report(kind, language, findings=(), texts={})
    none = made.chapters[0].region.model_copy(update={"value": None, "hidden": "small"})
    chapters = [
        chapter if at < scored else chapter.model_copy(update={"region": none, "own": chapter.own and none})
        for at, chapter in enumerate(made.chapters)
    ]
    said = text_of_document(document_of(made.model_copy(update={"chapters": tuple(chapters)})))
    title = {"nl": "Conclusies", "en": "Conclusions"}[language]
    return said.partition(f" {title}\n")[2].partition("\n#")[0]


@EVERY_KIND
@pytest.mark.parametrize("language", ["nl", "en"])
def test_without_scores_and_findings_the_conclusions_say_that_there_are_none(kind: str, language: str) -> None:
    words = {"nl": "conclusies uit te trekken", "en": "to draw conclusions from"}[language]
    assert words in concluded(kind, language, 0)
    assert words not in concluded(kind, language, 1)


@EVERY_KIND
@pytest.mark.parametrize("scored", [1, 2, 3, 4])
def test_no_theme_is_both_strong_and_weak(kind: str, scored: int) -> None:
    said = concluded(kind, "nl", scored)
    titles = [chapter.title for chapter in sample_report(kind).chapters[:scored]]
    assert said.count("Zwak") == (scored > 1)
    assert all(said.count(title) <= 1 for title in titles)


def test_one_organisation_is_not_told_of_as_several() -> None:
    alone = sample_report().model_copy(update={"organisations": ("Borne",)})
    cover = document_of(alone).cover
    assert cover is not None
    assert cover.subtitle == "Wat één organisatie vindt van de samenwerking"
