"""What a database cannot do at a moment, as a page that says what to do. Nothing is half saved: see ``database``.

Busy, away, or changed by somebody else at the same moment: none is a fault of our pages or of who visits them.
"""

import logging
from typing import Final

from flask import Flask, request
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection
from sqlalchemy.orm.exc import ObjectDeletedError, StaleDataError

from surveyapp.web.database import READING, only_read
from surveyapp.web.errors import page
from surveyapp.web.words import N_, _

_log = logging.getLogger(__name__)

AGAIN_AFTER: Final = 60
"""Seconds after which a program may try again."""
_TAKEN: Final = frozenset({"23505", "23503", "SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY"})
"""How databases say that somebody else made the same, or removed what this belongs to, a moment before."""
_WRONG_STATEMENT: Final = "SQLITE_ERROR"
"""How SQLite says that a statement is wrong, in the same words in which it says that it is busy."""
_NOT_SHOWN: Final = N_("The database is busy at this moment. Load this page again in a minute.")
_NOT_SAVED: Final = N_(
    "The database is busy at this moment. What you just sent has not been saved. Go back and send it again in a minute."
)
_UNKNOWN: Final = N_(
    "The database went away at this moment. Go back in a minute, see whether what you just sent has been saved, and "
    "send it again if not."
)
_CHANGED: Final = N_(
    "This was changed or removed by somebody else at the same moment, or by you in another window. Nothing has been "
    "saved. Go back, load the page again and see how it is now."
)


def add_fault_pages(app: Flask) -> None:
    """Answer with a page where a database is busy or away (503), changed (409), or cannot hold what was sent (422)."""
    for busy in (OperationalError, NoConnection):
        app.register_error_handler(busy, _busy)
    for changed in (StaleDataError, ObjectDeletedError, IntegrityError):
        app.register_error_handler(changed, _changed)
    app.register_error_handler(DataError, _unfit)


def _busy(fault: OperationalError | NoConnection) -> tuple[str, int] | tuple[str, int, dict[str, str]]:
    _log.error("the database does not answer: %s", _name(fault), exc_info=fault)
    only_read()
    if _name(fault) == _WRONG_STATEMENT:
        return page(500)
    if request.method in READING:
        words = _NOT_SHOWN
    else:
        lost = isinstance(fault, DBAPIError) and fault.connection_invalidated
        words = _UNKNOWN if lost else _NOT_SAVED
    return *page(503, _(words)), {"Retry-After": str(AGAIN_AFTER)}


def _changed(fault: StaleDataError | ObjectDeletedError | IntegrityError) -> tuple[str, int]:
    """Noted as an error where a key was taken: that no page looked first may be a fault of ours."""
    only_read()
    _log.error("somebody else was first: %s", _name(fault), exc_info=fault)
    ours = isinstance(fault, IntegrityError) and _name(fault) not in _TAKEN
    return page(500) if ours else page(409, _(_CHANGED))


def _unfit(fault: DataError) -> tuple[str, int]:
    """A number or a character that no column can hold."""
    only_read()
    _log.error("what was sent fits in no column: %s", _name(fault), exc_info=fault)
    return page(422)


def _name(fault: Exception) -> str:
    """The code that the database gave, such as ``SQLITE_BUSY`` or ``40P01``; else the type of the fault."""
    original = getattr(fault, "orig", None)
    code = getattr(original, "sqlite_errorname", None) or getattr(original, "sqlstate", None)
    return str(code or type(fault).__name__)
