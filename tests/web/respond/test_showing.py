"""What the script and other doors rely on in a page of questions."""

import re

import pytest

from tests.questionnaires.sampled import names
from tests.web.respond.conftest import Sampled
from tests.web.respond.form import Page


@pytest.mark.parametrize("name", names())
def test_every_question_that_may_be_shown_is_on_the_page_with_its_names(sampled: Sampled, name: str) -> None:
    bram = sampled(name)
    first = bram.edition.questionnaire.sections[0]
    asked = first.questions_for(bram.edition.questionnaire.roles[0].key)
    html = bram.client.get(f"{bram.link}/{first.key}").text
    page = Page(html)
    found = dict(re.findall(r'data-question="(\w+)" data-kind="(\w+)"', html))
    assert set(found.items()) <= {(question.key, question.kind) for question in asked}
    assert f'data-keep="{first.key}/keep-answers"' in html
    for question in asked:
        if question.key in found:
            assert page.ids.count(f"q-{question.key}") == 1
    assert len(page.ids) == len(set(page.ids))


def test_required_questions_say_so_in_words(sampled: Sampled) -> None:
    bram = sampled("required")
    html = bram.client.get(f"{bram.link}/visit").text
    assert html.count("(verplicht)") == len(bram.edition.questionnaire.questions)


def test_what_is_left_to_divide_is_shown_and_follows_what_is_saved(sampled: Sampled) -> None:
    bram = sampled("points")
    assert "Nog te verdelen: 100." in bram.client.get(f"{bram.link}/visit").text
    bram.post("visit", bram.page("visit"), "later", {"effort-house": "40"})
    assert "Nog te verdelen: 60." in bram.client.get(f"{bram.link}/visit").text
    bram.post("visit", bram.page("visit"), "later", {"effort-garden": "60"})
    assert "Alle punten zijn verdeeld." in bram.client.get(f"{bram.link}/visit").text


def test_a_comment_is_folded_until_something_stands_in_it_and_names_its_question(sampled: Sampled) -> None:
    bram = sampled("comment")
    html = bram.client.get(f"{bram.link}/visit").text
    assert "Waar bleek dat uit?: Ik voelde me welkom.</label>" in html
    assert "<details" in html
    assert " open>" not in html
    bram.post("visit", bram.page("visit"), "later", {"welcome_1.comment": "Aan de koffie"})
    assert '<details class="comment" open>' in bram.client.get(f"{bram.link}/visit").text


def test_titles_and_steps_count_what_is_shown(sampled: Sampled) -> None:
    bram = sampled("skipped_section")
    assert bram.page("end").title == "Tot slot – Stap 2 van 3"
    bram.post("visit", bram.page("visit"), "later", {"guided": "yes"})
    assert bram.page("end").title == "Tot slot – Stap 3 van 4"
