"""Who writes to an SQLite file stands in line.

SQLite lets one connection write at a time, and the others ask again and again, ever later: when many write, one of them
may be passed over for seconds while the file lies idle. So a writing connection first waits for its turn, and is woken
the moment that it comes. The threads of a process wait for a lock, processes for a lock on a file beside the database.
That file holds nothing. The system frees it when a process dies; and what writes without standing in line is still kept
apart by SQLite itself.
"""

import fcntl
import os
import sqlite3
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any, Final

_LINES: Final[dict[str, Lock]] = {}
"""One for each database that this process writes to."""


class InTurn(sqlite3.Connection):
    """A connection that waits for its turn before it writes, and gives it up at the end of the transaction."""

    def __init__(self, database: str, timeout: float, **settings: Any) -> None:  # noqa: ANN401 - those of sqlite3
        """``timeout`` in seconds: for who stands before it in this process, and then for who does not stand in line."""
        super().__init__(database, timeout, **settings)
        self._patience = timeout
        self._line = _LINES.setdefault(database, Lock())
        self._place = os.open(f"{database}-line", os.O_RDWR | os.O_CREAT, 0o600)
        self._left = weakref.finalize(self, os.close, self._place)  # a connection may be dropped without being closed
        self._has_turn = False

    def begin_writing(self) -> None:
        """Begin a transaction that may write; its end is the end of the turn."""
        self._wait()
        try:
            self.execute("BEGIN IMMEDIATE")
        except sqlite3.Error:
            self._leave()
            raise

    @contextmanager
    def turn(self) -> Iterator[None]:
        """A turn for what is no transaction."""
        self._wait()
        try:
            yield
        finally:
            self._leave()

    def _wait(self) -> None:
        """Raises ``sqlite3.OperationalError``, as SQLite would, when the turn does not come."""
        if not self._line.acquire(timeout=self._patience):
            raise sqlite3.OperationalError("database is locked")
        self._has_turn = True
        fcntl.flock(self._place, fcntl.LOCK_EX)

    def _leave(self) -> None:
        """Let the next one write; without a turn this does nothing."""
        if self._has_turn:
            self._has_turn = False
            fcntl.flock(self._place, fcntl.LOCK_UN)
            self._line.release()

    def commit(self) -> None:
        try:
            super().commit()
        finally:
            self._leave()

    def rollback(self) -> None:
        try:
            super().rollback()
        finally:
            self._leave()

    def close(self) -> None:
        try:
            super().close()
        finally:
            self._leave()
            self._left()
