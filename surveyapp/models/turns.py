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


class Place:
    """One connection's place in line."""

    def __init__(self, database: str, patience: float) -> None:
        self._patience = patience
        self._line = _LINES.setdefault(database, Lock())
        self._file = os.open(f"{database}-line", os.O_RDWR | os.O_CREAT, 0o600)
        self._has_turn = False

    def wait(self) -> None:
        """Until it is the turn; raises ``sqlite3.OperationalError``, as SQLite would, when it does not come."""
        if not self._line.acquire(timeout=self._patience):
            raise sqlite3.OperationalError("database is locked")
        self._has_turn = True
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX)
        except OSError as problem:
            self.leave()
            raise sqlite3.OperationalError("the line of writers cannot be joined") from problem

    def leave(self) -> None:
        """Let the next one write; without a turn this does nothing."""
        if self._has_turn:
            self._has_turn = False
            fcntl.flock(self._file, fcntl.LOCK_UN)
            self._line.release()

    def close(self) -> None:
        """Give up the place for good."""
        self.leave()
        os.close(self._file)


class InTurn(sqlite3.Connection):
    """A connection that waits for its turn before it writes, and gives it up at the end of the transaction."""

    def __init__(self, database: str, timeout: float, **settings: Any) -> None:  # noqa: ANN401 - those of sqlite3
        """``timeout`` in seconds: for who stands before it in this process, and then for who does not stand in line."""
        super().__init__(database, timeout, **settings)
        self._place = Place(database, timeout)
        self._give_up = weakref.finalize(self, self._place.close)  # a connection may be dropped without being closed

    def begin_writing(self) -> None:
        """Begin a transaction that may write; its end is the end of the turn."""
        self._place.wait()
        try:
            self.execute("BEGIN IMMEDIATE")
        except sqlite3.Error:
            self._place.leave()
            raise

    @contextmanager
    def turn(self) -> Iterator[None]:
        """A turn for what is no transaction."""
        self._place.wait()
        try:
            yield
        finally:
            self._place.leave()

    def commit(self) -> None:
        try:
            super().commit()
        finally:
            self._place.leave()

    def rollback(self) -> None:
        try:
            super().rollback()
        finally:
            self._place.leave()

    def close(self) -> None:
        try:
            super().close()
        finally:
            self._give_up()
