"""The chapter of a theme says what the open answers about it are about."""

import pytest

from surveyapp.reports.report import KINDS, Coded, CodedAs
from surveyapp.reports.report_document import document_of
from tests.reports.document_text import text_of_document
from tests.reports.report_samples import sample_report

CODED = {"g3": Coded(of=40, codes=(CodedAs(title="Tijd | tempo", people=21), CodedAs(title="Geld", people=12)))}


@pytest.mark.parametrize("kind", KINDS)
def test_codes_stand_in_the_chapter_of_their_theme_with_their_people(kind: str) -> None:
    made = sample_report(kind, coded=CODED)
    assert [chapter.key for chapter in made.chapters if chapter.coded] == ["g3"]
    said = text_of_document(document_of(made))
    assert "Van 40 mensen zijn de open antwoorden over dit onderwerp ingedeeld." in said
    assert "Tijd | tempo" in said
    assert "Waar de open antwoorden over gaan" not in text_of_document(document_of(sample_report(kind)))


def test_in_english_too() -> None:
    document = document_of(sample_report("region", "en", coded=CODED))
    assert "The open answers of 40 people about this theme were sorted." in text_of_document(document)
