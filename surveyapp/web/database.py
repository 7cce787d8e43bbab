"""One database session per request: reading for GET, writing for POST. The view commits, once and explicitly."""

from flask import Flask, current_app, g, request
from sqlalchemy.orm import Session

from surveyapp.models.database import Database

_EXTENSION = "surveyapp.database"
_READING = frozenset({"GET", "HEAD", "OPTIONS"})


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
        g.session = database().session(readonly=request.method in _READING)
    found: Session = g.session
    return found


def _close(problem: BaseException | None) -> None:
    """Whatever was not committed is rolled back."""
    del problem
    opened: Session | None = g.pop("session", None)
    if opened is not None:
        opened.close()
