"""The cookie in which forms of signed-in pages keep their proof; a respondent's pages have none, and look for none."""

from typing import Final

from flask import Flask, Request
from flask.sessions import NullSession, SecureCookieSession, SecureCookieSessionInterface

WITHOUT: Final = ("/r/", "/c/", "/static/", "/public/")
"""What these addresses begin with: the address itself is the key, or there is nothing to protect."""


class FormCookies(SecureCookieSessionInterface):
    """Flask's own, opened only where a page can need it."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        if request.path.startswith(WITHOUT):
            return NullSession()
        return super().open_session(app, request)
