"""One session per request."""

from collections.abc import Callable

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from surveyapp.web.database import afterwards, session
from tests.web.conftest import Study


def test_a_get_cannot_write(study: Study) -> None:
    with study.app.test_request_context("/privacy"), pytest.raises(DBAPIError):
        session().execute(text("DELETE FROM wave"))


def test_what_a_view_does_not_commit_is_gone(study: Study) -> None:
    before = study.rows()
    with study.app.test_request_context("/privacy", method="POST"):
        session().execute(text("DELETE FROM membership"))
    assert study.rows() == before


def test_a_request_has_one_session(study: Study) -> None:
    with study.app.test_request_context("/privacy"):
        assert session() is session()


def _says(statement: str) -> Callable[[Session], None]:
    def act(writing: Session) -> None:
        writing.execute(text(statement))

    return act


def test_what_is_done_afterwards_is_kept_though_the_request_only_reads(study: Study) -> None:
    with study.app.test_request_context("/privacy"):
        afterwards(_says("UPDATE evaluation SET client = 'Afterwards'"))
        assert session().scalar(text("SELECT client FROM evaluation")) == "Samenwerkende gemeenten"
    with study.database.session(readonly=True) as looking:
        assert looking.scalar(text("SELECT client FROM evaluation")) == "Afterwards"


def test_it_does_not_wait_for_a_request_that_wrote_and_may_fail_unseen(
    study: Study, caplog: pytest.LogCaptureFixture
) -> None:
    with study.app.test_request_context("/privacy", method="POST"):
        session().execute(text("UPDATE evaluation SET client = 'Lost'"))
        afterwards(_says("UPDATE nothing SET client = 'Secret'"))
        afterwards(_says("UPDATE evaluation SET client = client || '!'"))
    with study.database.session(readonly=True) as looking:
        assert looking.scalar(text("SELECT client FROM evaluation")) == "Samenwerkende gemeenten!"
    assert "was not" in caplog.text
    assert "Secret" not in caplog.text
