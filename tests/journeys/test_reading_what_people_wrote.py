"""A researcher looks for a word in what people wrote, and reads on from there."""

import pytest

from tests.journeys.conftest import Demonstration, Visitor
from tests.journeys.markup import Checker

pytestmark = pytest.mark.browser


def test_a_researcher_searches_chooses_and_reads(
    visitor: Visitor, demonstration: Demonstration, checker: Checker
) -> None:
    page = f"{demonstration.study}/open-answers"
    visitor.open(demonstration.links["researcher"])
    visitor.open(page)
    visitor.reads("Wat mensen schreven", "onbeschermd", "Woorden die terugkomen")
    assert visitor.page.locator("blockquote").count() > 10
    assert checker.faults(visitor.page.request.get(page).text()) == []

    # a word that returns leads to the answers in which it stands
    word = visitor.page.locator(".words a").first
    looked_for, number = word.inner_text(), word.locator("xpath=following-sibling::*[1]").inner_text()
    visitor.follow(looked_for)
    visitor.reads(f"{number} van de")
    assert visitor.page.locator("mark").count() >= min(int(number), 50)

    # with the keyboard: type and press enter; then choose
    visitor.open(page)
    visitor.page.locator("#q").fill(f'{looked_for} -"dit staat er nergens')
    with visitor.page.expect_navigation():
        visitor.page.locator("#q").press("Enter")
    visitor.look()
    visitor.reads("Een aanhalingsteken is niet gesloten")
    visitor.page.locator("#organisation").select_option(label="Almelo")
    visitor.press("Zoeken")
    assert "organisation=GM0141" in visitor.page.url
    assert set(visitor.page.locator("blockquote footer a").all_inner_texts()) <= {"Almelo"}
    assert checker.faults(visitor.page.request.get(visitor.page.url).text()) == []

    # what is not there, what cannot be chosen, and in English
    visitor.open(f"{page}?q=hottentottententen")
    visitor.reads("Niets gevonden", "Toon alles")
    visitor.open(f"{page}?organisation=GM9999", status=422)
    visitor.open(f"{page}?language=en&q=gemeente")
    visitor.reads("answers found")
    visitor.press("Search")
    assert "language=en" in visitor.page.url
