"""Our own words: complete in each language, and the promise in them is the one that is kept."""

import re
from datetime import UTC, datetime
from itertools import product

import pytest

from surveyapp.mail import placeholders, words
from surveyapp.models import mail as table
from surveyapp.models.approval import ACTS
from surveyapp.models.wave import REGIMES
from surveyapp.web.respond.promise import LEAST_FOR_ORGANISATIONS, LEAST_FOR_PUBLIC

LANGUAGES = ("nl", "en")


def test_we_speak_dutch_first() -> None:
    assert words.languages() == LANGUAGES


def test_the_purposes_are_those_of_the_table() -> None:
    assert words.PURPOSES == table.PURPOSES == tuple(placeholders.PLACES) == tuple(placeholders.REQUIRED)


@pytest.mark.parametrize(("purpose", "language"), [*product(words.PURPOSES, LANGUAGES)])
def test_our_words_are_without_fault(purpose: str, language: str) -> None:
    found = words.shipped(purpose, language)
    assert placeholders.problems(found.subject, found.body, purpose) == []


@pytest.mark.parametrize("purpose", words.PURPOSES)
def test_each_language_fills_in_the_same_places(purpose: str) -> None:
    both = [words.shipped(purpose, language) for language in LANGUAGES]
    assert len({frozenset(placeholders.places(found.subject)) for found in both}) == 1
    assert len({frozenset(placeholders.places(found.body)) for found in both}) == 1


@pytest.mark.parametrize(("purpose", "language"), [*product(("invitation", "reminder"), LANGUAGES)])
def test_whoever_is_asked_reads_by_whom_for_whom_how_long_until_when_who_sees_what_and_whom_to_ask(
    purpose: str, language: str
) -> None:
    told = {
        "sender",
        "client",
        "minutes",
        "closes",
        "promise",
        "contact_name",
        "contact_email",
        "opt_out",
        "link",
        "privacy",
    }
    assert told <= set(placeholders.places(words.shipped(purpose, language).body))


@pytest.mark.parametrize(("regime", "language"), [*product(REGIMES, LANGUAGES)])
def test_each_regime_has_its_promise_with_the_numbers_that_are_kept(regime: str, language: str) -> None:
    told = words.promise(regime, language)
    assert set(placeholders.places(told)) <= {"sender", "client"}
    numbers = [] if regime == "attributable" else [str(LEAST_FOR_ORGANISATIONS), str(LEAST_FOR_PUBLIC)]
    assert re.findall(r"\d+", told) == numbers


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_link_has_words(language: str) -> None:
    linked = [purpose for purpose in words.PURPOSES if "link" in placeholders.PLACES[purpose]]
    assert all(
        words.label(name, language)
        for name in (*(f"link.{purpose}" for purpose in linked), "opt_out", "privacy", "test")
    )
    assert all(words.label(f"act.{act}", language) for act in ACTS)
    assert words.label("of nothing", language) == ""


def test_a_language_that_we_do_not_speak_gets_dutch() -> None:
    assert words.shipped("invitation", "fy") == words.shipped("invitation", "nl")
    assert words.moment(datetime(2026, 12, 18, 22, 59, tzinfo=UTC), "fy") == "vrijdag 18 december 2026, 23:59 uur"
    assert words.moment(datetime(2026, 6, 18, 21, 59, tzinfo=UTC), "en") == "Thursday 18 June 2026, 23:59"


def test_there_are_no_words_for_another_purpose() -> None:
    with pytest.raises(ValueError, match="purpose"):
        words.shipped("../../config", "nl")
