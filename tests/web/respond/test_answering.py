"""A page is kept as far as it can be, and says the rest; two windows; questions that come and go."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from surveyapp.questionnaires.edition import Edition
from surveyapp.questionnaires.path import Step
from surveyapp.web.respond.forms import fields
from tests.effort import tries
from tests.questionnaires.answering import answers_to
from tests.questionnaires.sampled import names, sample
from tests.web.respond.conftest import Respondent, Sampled
from tests.web.respond.form import Page

COST = {"nl": "Wat kostte het?", "en": "What did it cost?"}


@pytest.mark.parametrize("name", names())
def test_every_sample_can_be_seen_on_every_page_in_both_languages(sampled: Sampled, name: str) -> None:
    bram = sampled(name)
    for language in ("nl", "en"):
        for section in bram.edition.questionnaire.sections:
            answer = bram.client.get(f"{bram.link}/{section.key}?language={language}")
            assert answer.status_code == 200 or section.when is not None
            assert "\x00" not in answer.text
            assert "{organisation}" not in answer.text
        look = bram.client.get(f"{bram.link}/check-answers?language={language}")
        assert look.status_code == 200
        assert "\x00" not in look.text


@given(st.sampled_from(names()), st.sampled_from(("nl", "en")), st.data())
@tries(8)
def test_a_page_that_is_posted_as_it_was_shown_changes_nothing(
    sampled: Sampled, name: str, language: str, data: st.DataObject
) -> None:
    bram = sampled(name)
    asked = bram.edition.questionnaire
    stored = {key: data.draw(answers_to(asked, key), label=key) for key in asked.stored}
    for section in asked.sections:
        _fill(bram, section.key, stored, language)
    kept = bram.stored()
    for section in bram.edition.questionnaire.sections:
        page = bram.page(section.key, language)
        assert bram.post(section.key, page, "later").status_code == 303
        assert bram.post(section.key, page, "later").status_code == 303
    assert bram.stored() == kept


def _fill(bram: Respondent, section: str, stored: dict[str, str], language: str) -> None:
    asked = next(one for one in bram.edition.questionnaire.sections if one.key == section)
    with bram.app.app_context():
        posted = MultiDict([*fields(Step(asked, asked.questions), stored, language), ("language", language)])
    posted["save-and"] = "later"
    bram.client.post(f"{bram.link}/{section}", data=posted)


def test_what_can_be_stored_is_stored_where_something_else_is_wrong(sampled: Sampled) -> None:
    bram = sampled("required")
    page = bram.page("visit")
    changes: dict[str, str | list[str]] = {
        "welcome": "4",
        "people": "twaalf",
        "visited-day": "31",
        "visited-month": "2",
        "visited-year": "2026",
        "remark": "Dit ging goed <b>",
        "effort-house": "60",
        "effort-garden": "50",
    }
    again = bram.post("visit", page, "later", changes)
    back = Page(again.text)
    assert again.status_code == 422
    assert bram.stored() == {"welcome": "4", "remark": "Dit ging goed <b>"}
    assert back.title.startswith("Fout: Het bezoek")
    assert "Er zijn 3 fouten" in again.text
    assert "Uw andere antwoorden op deze pagina zijn opgeslagen" in again.text
    assert {"#q-people", "#q-visited", "#q-effort"} <= set(back.links)
    assert set(back.fields) >= {(key, value) for key, value in changes.items() if isinstance(value, str)}
    assert {"e-people", "e-visited", "e-effort", "errors"} <= set(back.ids)


def test_a_mistake_of_before_can_be_put_right_on_the_page_that_came_back(sampled: Sampled) -> None:
    bram = sampled("required")
    first = bram.post("visit", bram.page("visit"), "later", {"people": "twaalf", "welcome": "4"})
    second = bram.post("visit", Page(first.text), "later", {"people": "1.200"})
    assert second.status_code == 303
    assert bram.stored() == {"people": "1200", "welcome": "4"}


def test_going_on_tells_all_that_is_unfinished_and_other_buttons_do_not(sampled: Sampled) -> None:
    bram = sampled("required")
    again = bram.post("visit", bram.page("visit"), "continue", {"effort-house": "40"})
    assert again.status_code == 422
    assert "Er zijn 10 fouten" in again.text
    assert "U verdeelde 40 van de 100 punten. Verdeel ook de andere 60." in again.text
    assert bram.stored() == {"effort": "house=40"}
    for button in ("later", "previous", "language-en"):
        assert bram.post("visit", bram.page("visit"), button).status_code == 303


def test_something_else_must_be_said_and_the_link_leads_to_its_field(sampled: Sampled) -> None:
    bram = sampled("choice_other")
    again = bram.post("visit", bram.page("visit"), "continue", {"travel": "other"})
    assert again.status_code == 422
    assert "#q-travel.other" in Page(again.text).links
    assert {"q-travel.other", "e-travel.other"} <= set(Page(again.text).ids)
    assert bram.stored() == {"travel": "other"}
    assert bram.post("visit", Page(again.text), "continue", {"travel.other": "Te paard"}).status_code == 303


def test_a_comment_that_is_too_long_comes_back_open_with_its_error(sampled: Sampled) -> None:
    bram = sampled("comment")
    assert '<details class="comment">' in bram.client.get(f"{bram.link}/visit").text
    again = bram.post("visit", bram.page("visit"), "continue", {"welcome_1": "4", "welcome_1.comment": "a" * 1001})
    assert again.status_code == 422
    assert "Vraag 1: Gebruik hooguit 1.000 tekens; dit zijn er 1.001." in again.text
    assert '<details class="comment" open>' in again.text
    assert bram.stored() == {"welcome_1": "4"}


def test_a_question_that_an_answer_adds_to_the_page_is_shown_once_before_going_on(sampled: Sampled) -> None:
    bram = sampled("follow_up")
    page = bram.page("visit")
    assert page.shown == ["came"]
    again = bram.post("visit", page, "continue", {"came": "yes"})
    back = Page(again.text)
    assert again.status_code == 200
    assert "Door uw antwoorden is er 1 vraag bijgekomen" in again.text
    assert not back.title.startswith("Fout")
    assert back.shown == ["came", "tour"]
    assert bram.post("visit", back, "continue").headers["Location"].endswith("/after")


def test_an_answer_that_is_hidden_is_kept_and_comes_back(sampled: Sampled) -> None:
    bram = sampled("follow_up")
    bram.post("visit", bram.page("visit"), "later", {"came": "yes", "tour": "4", "better": "Meer licht"})
    assert bram.page("visit").shown == ["came", "tour", "better"]
    bram.post("visit", bram.page("visit"), "later", {"came": "no"})
    assert bram.page("visit").shown == ["came"]
    assert bram.stored() == {"came": "no", "tour": "4", "better": "Meer licht"}
    assert "Meer licht" not in bram.client.get(f"{bram.link}/check-answers").text
    bram.post("visit", bram.page("visit"), "later", {"came": "yes"})
    assert dict(bram.page("visit").fields)["better"] == "Meer licht"


def test_questions_are_numbered_as_they_are_shown(sampled: Sampled) -> None:
    bram = sampled("follow_up")
    bram.post("visit", bram.page("visit"), "later", {"came": "no"})
    html = bram.client.get(f"{bram.link}/after").text
    assert re.findall(r'<span class="number">(\d*)\.</span>', html) == ["1", "2"]
    bram.post("visit", bram.page("visit"), "later", {"came": "yes"})
    html = bram.client.get(f"{bram.link}/after").text
    assert re.findall(r'<span class="number">(\d*)\.</span>', html) == ["", "1"]


def test_a_section_that_is_not_shown_leads_on_and_is_no_step(sampled: Sampled) -> None:
    bram = sampled("skipped_section")
    assert "Stap 1 van 3" in bram.client.get(f"{bram.link}/visit").text
    assert bram.client.get(f"{bram.link}/guide").headers["Location"].endswith("/end")
    onward = bram.post("visit", bram.page("visit"), "continue", {"guided": "yes"})
    assert onward.headers["Location"].endswith("/guide")
    assert "Stap 2 van 4" in bram.client.get(f"{bram.link}/guide").text


class TestTwoWindows:
    def test_an_untouched_answer_takes_nothing_back(self, sampled: Sampled) -> None:
        bram = sampled("comment")
        first, second = bram.page("visit"), bram.page("visit")
        bram.post("visit", first, "later", {"welcome_1": "2", "welcome_1.comment": "Eerste"})
        told = bram.post("visit", second, "later", {"again": "yes"})
        assert bram.stored() == {"welcome_1": "2", "welcome_1.comment": "Eerste", "again": "yes"}
        assert told.status_code == 200
        assert "Deze vragen zijn in een ander venster gewijzigd" in told.text
        assert "#q-welcome_1" in Page(told.text).links
        assert dict(Page(told.text).fields)["welcome_1.comment"] == "Eerste"
        assert bram.post("visit", Page(told.text), "later").status_code == 303

    def test_the_last_change_of_one_question_wins_and_the_page_says_so(self, sampled: Sampled) -> None:
        bram = sampled("comment")
        first, second = bram.page("visit"), bram.page("visit")
        bram.post("visit", first, "later", {"welcome_1": "2"})
        told = bram.post("visit", second, "continue", {"welcome_1": "5"})
        assert bram.stored() == {"welcome_1": "5"}
        assert told.status_code == 200
        assert "Wat u hier het laatst invulde, is bewaard" in told.text

    def test_the_same_change_in_both_is_no_news(self, sampled: Sampled) -> None:
        bram = sampled("comment")
        first, second = bram.page("visit"), bram.page("visit")
        bram.post("visit", first, "later", {"welcome_1": "2"})
        assert bram.post("visit", second, "later", {"welcome_1": "2"}).status_code == 303

    def test_taking_an_answer_back_is_a_change_too(self, sampled: Sampled) -> None:
        bram = sampled("comment")
        bram.post("visit", bram.page("visit"), "later", {"welcome_1.comment": "Iets"})
        bram.post("visit", bram.page("visit"), "later", {"welcome_1.comment": ""})
        assert bram.stored() == {}

    def test_a_double_click_is_one_change(self, sampled: Sampled) -> None:
        bram = sampled("comment")
        page = bram.page("visit")
        for _ in range(2):
            assert bram.post("visit", page, "continue", {"welcome_1": "2"}).status_code == 303
        assert bram.stored() == {"welcome_1": "2"}


def test_a_number_is_read_by_the_language_of_the_page_and_shown_in_that_of_the_next(sampled: Sampled) -> None:
    bram = sampled(_one_number())
    bram.post("visit", bram.page("visit", "nl"), "later", {"cost": "1.234,5"})
    assert bram.stored() == {"cost": "1234.5"}
    assert dict(bram.page("visit", "nl").fields)["cost"] == "1234,5"
    assert dict(bram.page("visit", "en").fields)["cost"] == "1234.5"
    unclear = bram.post("visit", bram.page("visit", "en"), "later", {"cost": "1.234,5"})
    assert unclear.status_code == 422
    assert dict(Page(unclear.text).fields)["cost"] == "1.234,5"
    assert bram.stored() == {"cost": "1234.5"}


def test_changing_the_language_keeps_what_was_typed(sampled: Sampled) -> None:
    bram = sampled(_one_number())
    to_english = bram.post("visit", bram.page("visit", "nl"), "language-en", {"cost": "0,5"})
    assert to_english.status_code == 303
    assert dict(Page(bram.client.get(to_english.headers["Location"]).text).fields)["cost"] == "0.5"


def test_names_are_filled_in_and_made_safe(sampled: Sampled) -> None:
    bram = sampled("piping", organisation='<b>&"')
    html = bram.client.get(f"{bram.link}/visit").text
    assert "Het bezoek aan &lt;b&gt;&amp;&#34;" in html
    assert "als Bestuurder." in html
    assert '<b>&"' not in html
    assert '<b>&"' not in bram.client.get(f"{bram.link}/check-answers").text
    other = sampled("piping", organisation="Borne")
    assert "Het bezoek aan Borne" in other.client.get(f"{other.link}/visit").text


@pytest.mark.parametrize("text", ["a" * 1_000_000, "<script>" * 10_000, "\u202e" + "ب" * 5000, "👩‍👩‍👧" * 2000])
def test_a_text_that_is_too_long_gets_its_own_error_and_comes_back_whole(sampled: Sampled, text: str) -> None:
    bram = sampled("text")
    key = next(iter(bram.page("visit").texts))
    again = bram.post("visit", bram.page("visit"), "continue", {key: text})
    assert again.status_code == 422
    assert Page(again.text).texts[key] == text
    assert "<script>" not in again.text
    assert bram.stored() == {}


def test_control_characters_are_refused_and_made_visible(sampled: Sampled) -> None:
    bram = sampled("text")
    key = next(iter(bram.page("visit").texts))
    again = bram.post("visit", bram.page("visit"), "continue", {key: "voor\x00na\x1b"})
    assert again.status_code == 422
    assert Page(again.text).texts[key] == "voor\ufffdna\ufffd"
    assert "\x00" not in again.text


def test_unknown_fields_change_nothing(sampled: Sampled) -> None:
    bram = sampled("text")
    answer = bram.client.post(f"{bram.link}/visit", data={"nothing": "1", "was": "a:b zzz", "save-and": "later"})
    assert answer.status_code in {200, 303}
    assert bram.stored() == {}


def _one_number() -> Edition:
    edition = sample("number")
    document = edition.questionnaire.model_dump(by_alias=True, exclude_none=True)
    document["sections"] = [
        {
            "key": "visit",
            "title": {"nl": "Het bezoek", "en": "The visit"},
            "questions": [{"key": "cost", "kind": "number", "text": COST, "decimals": 2}],
        }
    ]
    return edition.model_copy(update={"questionnaire": type(edition.questionnaire).model_validate(document)})
