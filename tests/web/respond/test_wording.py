"""The sentences that respondents rely on."""

from datetime import UTC, date, datetime

import pytest

from surveyapp import clock
from surveyapp.analysis.disclosure import Policy
from surveyapp.web.respond import wording
from surveyapp.web.respond.sheet import Item
from surveyapp.web.respond.wording import moment, problem
from tests.web.conftest import Study


@pytest.mark.parametrize(
    ("at", "language", "expected"),
    [
        (clock.end_of(date(2026, 12, 12)), "nl", "12 december 2026, 23.59 uur"),
        (clock.end_of(date(2026, 7, 1)), "nl", "1 juli 2026, 23.59 uur"),
        (datetime(2026, 6, 30, 22, 5, tzinfo=UTC), "nl", "1 juli 2026, 00.05 uur"),
        (clock.end_of(date(2026, 12, 12)), "en", "December 12, 2026, 23:59"),
    ],
)
def test_times_are_told_on_an_amsterdam_clock(study: Study, at: datetime, language: str, expected: str) -> None:
    with study.app.test_request_context(f"/?language={language}"):
        assert moment(at) == expected


@pytest.mark.parametrize("code", ["too-long", "ranked-twice", "not-text", "not-an-option", "too-many"])
def test_a_problem_says_what_to_do(study: Study, code: str) -> None:
    with study.app.test_request_context("/"):
        told = problem(code, Item("a", 1, "text", "A", None, limit=10), "twaalf tekens")
    assert told.split()[0] in {"Gebruik", "Kies", "Verwijder"}


def test_the_promise_names_the_thresholds_that_the_gate_keeps() -> None:
    promised = wording.LEAST_FOR_ORGANISATIONS, wording.LEAST_FOR_PUBLIC
    assert promised == (Policy.of("lead").threshold, Policy.of("public").threshold)
    assert Policy.of("organisation").threshold == wording.LEAST_FOR_ORGANISATIONS
