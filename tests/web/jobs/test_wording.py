"""Jobs in words."""

import pytest
from flask import Flask

from surveyapp.web.jobs import wording
from surveyapp.web.language import prefer
from surveyapp.worker.work import WORK
from tests.web.staff import Stage


@pytest.fixture
def app(published: Stage) -> Flask:
    return published.app


def test_everything_that_a_worker_does_has_words() -> None:
    assert set(WORK) <= set(wording.KINDS)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("database-busy", "The database was in use all the time."),
        ("the worker died each time", "stopped in the middle of it each time"),
        ("ZeroDivisionError", "nobody foresaw (ZeroDivisionError)"),
        ("some-refusal", "It was refused (some-refusal)."),
        ("", ""),
        (None, ""),
    ],
)
def test_what_went_wrong_is_said_as_far_as_it_is_known(app: Flask, code: str | None, words: str) -> None:
    with app.test_request_context("/?language=en"):
        prefer("en")
        assert words in wording.problem(code)
        assert bool(wording.problem(code)) == bool(words)


def test_a_kind_that_nobody_knows_is_named(app: Flask) -> None:
    with app.test_request_context("/?language=en"):
        assert wording.kind("mail") == "Send mail"
        assert wording.kind("unheard-of") == "unheard-of"


def test_a_worker_has_a_short_name_that_does_not_tell_its_machine() -> None:
    assert wording.worker("machine7-123-abcd") == wording.worker("machine7-123-abcd")
    assert wording.worker("machine7-123-abcd") != wording.worker("machine7-124-abcd")
    assert len(wording.worker("machine7-123-abcd")) == 4
    assert wording.worker(None) == ""
