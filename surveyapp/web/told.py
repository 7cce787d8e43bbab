"""A sentence told once: what a form brought about, on the page that its redirect leads to.

It waits in the signed cookie of the forms, so that it needs no address and no table. Anybody who holds the device can
read that cookie: tell counts and titles, never an answer or a link that is a key.
"""

from typing import Final

import flask
from flask import Flask

_WAITING: Final = "told"
_MOST: Final = 4
"""Sentences that wait at most; a cookie is small."""
_LONGEST: Final = 500


def tell(sentence: str) -> None:
    """Say this, in the language of the visitor, on the next page of the team that this browser opens."""
    waiting = [*flask.session.get(_WAITING, []), sentence[:_LONGEST]]
    flask.session[_WAITING] = waiting[-_MOST:]


def told() -> list[str]:
    """What is to be said on this page; asked again, there is nothing more."""
    waiting: list[str] = flask.session.pop(_WAITING, [])
    return waiting


def add_telling(app: Flask) -> None:
    """Give templates ``told()``, which ``staff.html`` calls."""
    app.jinja_env.globals["told"] = told
