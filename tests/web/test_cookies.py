"""A respondent's pages neither set nor read a cookie."""

from flask import Flask
from flask.sessions import NullSession

from surveyapp.web.cookies import FormCookies


def test_pages_whose_address_is_the_key_open_no_cookie() -> None:
    app = Flask("proof")
    app.secret_key = "x" * 32
    opened = FormCookies()
    for path, without in (("/r/token/g1", True), ("/c/token", True), ("/sign-in", False), ("/o/token", False)):
        with app.test_request_context(path) as context:
            assert isinstance(opened.open_session(app, context.request), NullSession) is without
