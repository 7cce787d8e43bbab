"""A copy of one's own answers: all of them in words, and of nobody else."""

import re

import pytest

from surveyapp.errors import InvalidContent
from surveyapp.questionnaires.condition import Standing
from surveyapp.reports.own_copy import OwnCopy, document_of, html_body, own_copy, title_of
from surveyapp.reports.printing import render
from tests.questionnaires import sampled
from tests.reports.pdfs import text_of

BRAM = Standing("governor", "GM0141", "municipality")


def copy_of(name: str, answers: dict[str, str], language: str = "nl") -> OwnCopy:
    """Bram's copy of his answers to a sample."""
    return own_copy(
        sampled.questionnaire(name),
        standing=BRAM,
        answers=answers,
        language=language,
        study="Evaluatie Twente",
        organisation="Almelo",
        sent="1 december 2026, 12.00 uur",
        summary="Uw antwoorden zijn vertrouwelijk.",
        audiences=[("Het onderzoeksteam", "Alles.")],
        entered="",
    )


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("nl", ("Uw antwoorden: Voorbeeld", "in de rol: Bestuurder", "1. Bent u er geweest?", "Ja", "Niet beantwoord")),
        ("en", ("Your answers: Sample", "in the role: Governor", "1. Were you there?", "Yes", "Not answered")),
    ],
)
def test_it_says_every_answer_that_counts_and_what_was_left_open(language: str, expected: tuple[str, ...]) -> None:
    made = copy_of("follow_up", {"came": "yes", "why_not": "Dit telt niet mee."}, language)
    printed = text_of(render("own-copy", made.to_document()).content)
    for words in (*expected, "Almelo", "Evaluatie Twente", "Het onderzoeksteam: Alles."):
        assert words in printed
    assert "Dit telt niet mee." not in printed


def test_questions_are_numbered_over_all_sections_as_far_as_they_were_shown() -> None:
    made = copy_of("follow_up", {"came": "no"})
    found = [(answer.number, answer.question) for section in made.sections for answer in section.answers]
    assert found == [(1, "Bent u er geweest?"), (2, "Waarom bent u niet gekomen?"), (3, "Vertelt u het verder?")]


def test_what_something_else_is_and_what_was_said_beside_it_are_there() -> None:
    page = str(html_body(copy_of("choice_other", {"travel": "other", "travel.other": "Te paard"})))
    assert "Anders, namelijk:" in page
    assert "Namelijk: Te paard" in page
    page = str(html_body(copy_of("comment", {"welcome_1": "4", "welcome_1.comment": "Met koffie"})))
    assert "<em>Waar bleek dat uit?</em>: Met koffie" in page


def test_what_somebody_wrote_stays_what_they_wrote() -> None:
    nasty = "# Kop\n- [ ] punt | cel\n<script>alert(1)</script> **vet** [[new_page]] {{ copy }} &amp; 1. é 😀"
    page = str(html_body(copy_of("text", {"story": nasty})))
    assert "<script>" not in page
    assert re.findall(r"<(h\d|strong|li|hr)", page).count("h2") == 2
    for words in ("# Kop", "- [ ] punt | cel", "&lt;script&gt;alert(1)&lt;/script&gt; **vet** [[new_page]] {{ copy }}"):
        assert words in page
    assert "&amp;amp; 1. é 😀" in page


def test_two_people_who_said_the_same_never_share_a_copy() -> None:
    made = copy_of("choice", {"again": "yes"})
    assert made.digest_for(1) != made.digest_for(2)
    assert made.digest_for(1) == OwnCopy.from_document(made.to_document()).digest_for(1)
    assert made.digest_for(1) != copy_of("choice", {"again": "no"}).digest_for(1)


def test_a_response_that_came_another_way_says_so() -> None:
    made = copy_of("choice", {"again": "yes"}).model_copy(update={"entered": "U antwoordde op papier."})
    assert "U antwoordde op papier." in html_body(made)
    assert title_of(made) == document_of(made).title == "Uw antwoorden: Voorbeeld"


def test_a_document_of_something_else_is_refused() -> None:
    with pytest.raises(InvalidContent, match="not-an-own-copy"):
        render("own-copy", {"language": "nl"})
