"""One database session per request: reading for GET, writing for POST. The view commits, once and explicitly."""

import logging
from collections.abc import Callable
from typing import Final

from flask import Flask, current_app, g, request
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from surveyapp.models.database import Database

_EXTENSION = "surveyapp.database"
READING: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_log = logging.getLogger(__name__)


def connect(app: Flask, database: Database) -> None:
    """Let requests of this application use the database."""
    app.extensions[_EXTENSION] = database
    app.teardown_appcontext(_close)


def database() -> Database:
    """The database of the running application; for a short transaction apart from the request's own, such as logging
    that something was read."""
    found: Database = current_app.extensions[_EXTENSION]
    return found


def session() -> Session:
    """The session of this request. Read-only for GET; for POST it holds the write lock from its first statement."""
    if "session" not in g:
        g.session = database().session(readonly=request.method in READING)
    found: Session = g.session
    return found


def reading() -> Session:
    """A session to look something up with before anything is written, so that a POST holds the write lock as short as
    can be. What is written must be looked at again under that lock; every verb on a response does.
    """
    if request.method in READING:
        return session()
    if "reading" not in g:
        g.reading = database().session(readonly=True)
    found: Session = g.reading
    return found


def writing() -> Session:
    """The session of a GET that must write after all: of the address to which another site sends a visitor back."""
    opened: Session | None = g.pop("session", None)
    if opened is not None:
        opened.close()
    g.session = database().session()
    found: Session = g.session
    return found


def only_read() -> None:
    """Let go of whatever this request has not committed; what it still looks up, such as for the page that tells of a
    fault, waits for nobody who writes."""
    for name in ("session", "reading"):
        opened: Session | None = g.pop(name, None)
        if opened is not None:
            opened.close()
    g.session = database().session(readonly=True)


def afterwards(act: Callable[[Session], None]) -> None:
    """Do this when the request is over and holds nothing any more, in a short transaction of its own: what may be
    written though the request only reads, and may be lost."""
    g.setdefault("afterwards", []).append(act)


def _close(problem: BaseException | None) -> None:
    """Whatever was not committed is rolled back."""
    del problem
    for name in ("session", "reading"):
        opened: Session | None = g.pop(name, None)
        if opened is not None:
            opened.close()
    for act in g.pop("afterwards", ()):
        try:
            with database().session() as noting:
                act(noting)
                noting.commit()
        except SQLAlchemyError as fault:
            _log.warning("what was to be noted after a request was not: %s", type(fault).__name__)
