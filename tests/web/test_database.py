"""One session per request."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from surveyapp.web.database import session
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
