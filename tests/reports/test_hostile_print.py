"""Words that break badly made documents are printed as they were written, and lead nowhere."""

import re
from typing import Any

import pytest
from weasyprint.urls import URLFetcher

from surveyapp.questionnaires.condition import Standing
from surveyapp.reports.own_copy import OwnCopy, html_body, own_copy
from surveyapp.reports.printing import render
from surveyapp.reports.rendered import file_name
from tests.reports.pdfs import text_of
from tests.web.naughty import Outline, harmless, kept, plain, refused, strings
from tests.web.respond.hostile import edition, fields

STORABLE = [words for words in strings() if not refused(words) and kept(words)]


def copy_of(words: list[str], name: str = "Almelo") -> OwnCopy:
    """Bram's copy of a questionnaire that he answered with these words."""
    asked = edition(len(words)).questionnaire
    long = tuple(section for section in asked.sections if section.key == "long")
    return own_copy(
        asked.model_copy(update={"sections": long}),
        standing=Standing("governor", "GM0141", "municipality"),
        answers=fields("long", words),
        language="nl",
        study=name,
        organisation=name,
        sent="1 december 2026, 12.00 uur",
        summary="Uw antwoorden zijn vertrouwelijk.",
        audiences=[("Het onderzoeksteam", "Alles.")],
    )


def test_an_own_copy_on_a_page_holds_every_word_and_no_tag_of_theirs() -> None:
    found = Outline(html_body(copy_of(STORABLE, "<b>Almelo</b> {organisation}")))
    assert found.tags == Outline(html_body(copy_of([harmless(words) for words in STORABLE]))).tags
    assert [words for words in STORABLE if plain(words) not in found.text] == []


def test_an_own_copy_is_printed_with_every_word_in_it_and_fetches_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    fetched: list[str] = []
    fetch = URLFetcher.fetch

    def noted(self: URLFetcher, address: str, *more: Any, **named: Any) -> Any:  # noqa: ANN401 - as weasyprint has it
        fetched.append(address)
        return fetch(self, address, *more, **named)

    monkeypatch.setattr(URLFetcher, "fetch", noted)
    printed = text_of(render("own-copy", copy_of(STORABLE).to_document()).content)
    assert [address for address in fetched if not address.endswith((".ttf", ".otf", ".woff2"))] == []
    # What reads the text back takes letters that were joined for others, and adds NULs where many scripts meet.
    ascii_only = [words for words in STORABLE if words.isascii() and len(words) < 40 and "f" not in words]
    assert len(ascii_only) > 100
    letters = re.sub(r"[\s\0]", "", printed)
    assert [words for words in ascii_only if re.sub(r"\s", "", words) not in letters] == []


@pytest.mark.parametrize("words", ["", "a\r\nSet-Cookie: b", '"; filename="x', "../../etc/passwd", "😀", "CON"])
def test_a_title_makes_a_file_name_that_no_header_stumbles_over(words: str) -> None:
    for each in (words, *strings()):
        assert re.fullmatch(r"[a-z0-9-]{1,80}\.pdf", file_name(each, "pdf"))
