"""Everything that was answered, in words; and what keeps it from being sent."""

import re

import pytest

from tests.questionnaires.sampled import names
from tests.web.respond.conftest import Respondent, Sampled
from tests.web.respond.form import Page


def _answers(html: str) -> dict[str, str]:
    """Question with its number -> its answer, lines joined with a bar."""
    rows = re.findall(r"<dt>(.*?)</dt>\s*<dd>(.*?)</dd>", html, re.DOTALL)
    return {question: " | ".join(re.sub(r"<[^>]*>", "", answer).splitlines()) for question, answer in rows}


def _looked(bram: Respondent, changes: dict[str, str | list[str]], language: str = "nl") -> dict[str, str]:
    bram.post("visit", bram.page("visit"), "later", changes)
    return _answers(bram.client.get(f"{bram.link}/check-answers?language={language}").text)


@pytest.mark.parametrize(
    ("name", "changes", "language", "told"),
    [
        ("scale", {"welcome_1": "5"}, "nl", "Helemaal eens"),
        ("scale", {"welcome_1": "5"}, "en", "Strongly agree"),
        (
            "choice_other",
            {"travel": "other", "travel.other": "Te <paard>"},
            "nl",
            "Anders, namelijk: | “Te &lt;paard&gt;”",
        ),
        ("choice_other", {"travel": "train", "travel.other": "Te paard"}, "nl", "Met de trein"),
        ("comment", {"welcome_1": "4", "welcome_1.comment": "Zie <b>"}, "nl", "Eens | Toelichting: Zie &lt;b&gt;"),
        ("ranking", {"first-1": "", "first-2": ""}, "nl", "Niet ingevuld"),
    ],
)
def test_answers_are_told_in_words(
    sampled: Sampled, name: str, changes: dict[str, str | list[str]], language: str, told: str
) -> None:
    assert told in _looked(sampled(name), changes, language).values()


def test_days_numbers_and_levels_are_told_as_people_say_them(sampled: Sampled) -> None:
    bram = sampled("required")
    changes: dict[str, str | list[str]] = {
        "seen": ["house", "garden"],
        "people": "1.200",
        "visited-day": "3",
        "visited-month": "5",
        "visited-year": "2026",
        "order-1": "garden",
        "order-2": "house",
        "effort-house": "40",
        "effort-garden": "60",
        "access": "lift",
    }
    told = _looked(bram, changes).values()
    assert {"Het huis | De tuin", "1.200", "3 mei 2026", "1. De tuin | 2. Het huis"} <= set(told)
    assert {"Het huis: 40 | De tuin: 60", "Er is een lift. | Niveau 0 van 2"} <= set(told)


def test_what_is_open_is_counted_and_linked_to_its_question(sampled: Sampled) -> None:
    bram = sampled("comment")
    bram.post("visit", bram.page("visit"), "later", {"welcome_1": "4"})
    html = bram.client.get(f"{bram.link}/check-answers").text
    assert "U hebt 1 van de 2 vragen ingevuld" in html
    assert "visit#q-again" in Page(html).links
    assert "visit#q-welcome_1" not in Page(html).links
    assert "visit?language=en#q-again" in Page(bram.client.get(f"{bram.link}/check-answers?language=en").text).links


def test_sending_something_unfinished_tells_everything_at_once_and_where(sampled: Sampled) -> None:
    bram = sampled("required")
    bram.post("visit", bram.page("visit"), "later", {"welcome": "4", "effort-house": "40"})
    refused = bram.client.post(f"{bram.link}/check-answers")
    page = Page(refused.text)
    assert refused.status_code == 422
    assert page.title.startswith("Fout: ")
    assert "Uw antwoorden zijn nog niet verstuurd" in refused.text
    assert "9 vragen hebben eerst uw aandacht nodig" in refused.text
    assert "Het bezoek, vraag 9: U verdeelde 40 van de 100 punten." in refused.text
    assert "errors" in page.ids
    wrong = {link for link in page.links if "#q-" in link}
    assert wrong == {f"visit#q-{key}" for key in bram.page("visit").shown if key != "welcome"}
    for link in wrong:
        assert link.partition("#")[2] in bram.page("visit").ids


def test_what_is_not_shown_is_not_there(sampled: Sampled) -> None:
    bram = sampled("follow_up")
    bram.post("visit", bram.page("visit"), "later", {"came": "yes", "tour": "4", "better": "Meer licht"})
    assert "Meer licht" in bram.client.get(f"{bram.link}/check-answers").text
    bram.post("visit", bram.page("visit"), "later", {"came": "no"})
    assert "Meer licht" not in bram.client.get(f"{bram.link}/check-answers").text


def test_one_respondents_look_back_holds_nothing_of_another(sampled: Sampled) -> None:
    first, second = sampled("comment"), sampled("comment", organisation="Borne")
    first.post("visit", first.page("visit"), "later", {"welcome_1.comment": "Van de eerste"})
    assert "Van de eerste" in first.client.get(f"{first.link}/check-answers").text
    assert "Van de eerste" not in second.client.get(f"{second.link}/check-answers").text


@pytest.mark.parametrize("name", names())
def test_no_name_of_a_person_is_on_a_page_of_questions(sampled: Sampled, name: str) -> None:
    bram = sampled(name)
    for page in ("visit", "check-answers"):
        assert "Bram" not in bram.client.get(f"{bram.link}/{page}").text
