"""A sentence told once: what a form brought about, or why it did not, on the page that its redirect leads to.

It waits in the signed cookie of the forms, so that it needs no address and no table. Anybody who holds the device can
read that cookie: tell counts and titles, never an answer or a link that is a key.
"""

from typing import Final

import flask
from flask import Flask

_WAITING: Final = "told"
_WARNING: Final = "warned"
_MOST: Final = 4
"""Sentences that wait at most; a cookie is small."""
_LONGEST: Final = 500


def tell(sentence: str) -> None:
    """Say this, in the language of the visitor, on the next page of the team that this browser opens."""
    _keep(_WAITING, sentence)


def warn(sentence: str) -> None:
    """The same for what could not be done: it does not look like something that went well."""
    _keep(_WARNING, sentence)


def told() -> list[str]:
    """What is to be said on this page; asked again, there is nothing more."""
    return _taken(_WAITING)


def warned() -> list[str]:
    """The same for what could not be done."""
    return _taken(_WARNING)


def add_telling(app: Flask) -> None:
    """Give templates ``told()`` and ``warned()``, which ``staff.html`` calls."""
    app.jinja_env.globals.update(told=told, warned=warned)


def _keep(kind: str, sentence: str) -> None:
    waiting = [*flask.session.get(kind, []), sentence[:_LONGEST]]
    flask.session[kind] = waiting[-_MOST:]


def _taken(kind: str) -> list[str]:
    waiting: list[str] = flask.session.pop(kind, [])
    return waiting
