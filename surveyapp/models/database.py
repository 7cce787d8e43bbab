"""One database, SQLite or PostgreSQL: its engine, its sessions, and what each kind needs to keep data safe."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from surveyapp.config import MissingSetting
from surveyapp.models.turns import InTurn

READ_ONLY: Final = "readonly"
"""The execution option of a transaction that only reads."""
PATIENCE: Final = 20_000
"""Milliseconds that a writer waits for its turn."""
_VACUUM: Final = (
    "VACUUM response, answer, receipt, invitation, item_tally, theme_tally"
    ", invitee, delegation, mail, people_file, rendering"
)
"""The tables that anonymous answers, and people who were erased, leave traces in."""


class Database:
    """Where an installation keeps its data; one per process, made after a fork.

    A session writes unless it is asked for ``readonly``: on SQLite a writing transaction takes the write lock when it
    begins, so that what it read cannot have changed when it writes; a reading one never waits for it.
    """

    def __init__(self, url: str) -> None:
        parsed = address(url)
        if parsed.get_backend_name() == "sqlite":
            self.engine, self._readers = _sqlite(parsed), _sqlite(parsed, readonly=True)
        else:
            self.engine = _postgresql(parsed)
            self._readers = self.engine.execution_options(postgresql_readonly=True)

    @property
    def engines(self) -> tuple[Engine, ...]:
        """Through which its sessions speak."""
        return (self.engine, self._readers) if self.engine.dialect.name == "sqlite" else (self.engine,)

    def session(self, *, readonly: bool = False) -> Session:
        """A session that begins at its first statement. Its owner commits it once, and closes it."""
        return Session(self._readers if readonly else self.engine, expire_on_commit=False)

    def erase_traces(self) -> bool:
        """Free the disk of what was deleted: earlier versions of rows, and the log of what was written to them.

        Says whether it could: SQLite cannot while somebody reads, which is never long. Its file is written anew, as
        overwriting what is deleted leaves copies where rows were moved; meanwhile others wait to write. To be called
        after the commit, by whoever has no session open. PostgreSQL keeps its own log for as long as it was told to.
        """
        if self.engine.dialect.name != "sqlite":
            with self.engine.connect() as connection:
                connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql(_VACUUM)
            return True
        with closing(self.engine.raw_connection()) as raw:
            driver: Any = raw.dbapi_connection
            with driver.turn():
                driver.execute("VACUUM")
                busy, _pages, _copied = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            return not busy

    def dispose(self) -> None:
        """Close the connections that are not in use."""
        for engine in self.engines:
            engine.dispose()


def address(url: str) -> URL:
    """The database that ``SURVEYAPP_DATABASE_URL`` names; raises ``MissingSetting`` where it is of no use."""
    advice = "SURVEYAPP_DATABASE_URL must be like sqlite:///var/surveyapp.db or postgresql://user@host/name"
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise MissingSetting(advice) from None
    if parsed.drivername in {"postgresql", "postgres", "postgresql+psycopg"}:
        return parsed.set(drivername="postgresql+psycopg")
    if parsed.drivername == "sqlite" and parsed.database not in {None, "", ":memory:"}:
        return parsed
    raise MissingSetting(advice)


def _postgresql(url: URL) -> Engine:
    """A statement prepared on the server does not survive a pooler that works per transaction."""
    return create_engine(url, hide_parameters=True, pool_pre_ping=True, connect_args={"prepare_threshold": None})


def _sqlite(url: URL, *, readonly: bool = False) -> Engine:
    """Connections that are for reading from the first: one that is told each time which it is to do, compiles its
    statements anew each time."""
    Path(str(url.database)).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        url,
        hide_parameters=True,
        execution_options={READ_ONLY: readonly},
        pool_use_lifo=True,  # few connections, whose caches are warm
        connect_args={"factory": InTurn, "timeout": PATIENCE / 1000},
    )

    def prepare(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        set_up_sqlite(connection, foreign_keys=True, readonly=readonly)

    event.listen(engine, "connect", prepare)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def set_up_sqlite(connection: Any, *, foreign_keys: bool, readonly: bool = False) -> None:  # noqa: ANN401
    """Make a new SQLite connection durable and safe, and leave beginning a transaction to us."""
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA cache_size=-512")
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA secure_delete=ON")  # what is withdrawn or erased is overwritten, not only forgotten
    cursor.execute(f"PRAGMA foreign_keys={'ON' if foreign_keys else 'OFF'}")
    cursor.execute(f"PRAGMA query_only={'ON' if readonly else 'OFF'}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    """Every request of a respondent comes by here, some of them twice: the driver is spoken to directly."""
    readonly = bool(connection.get_execution_options().get(READ_ONLY, False))
    driver: Any = connection.connection.dbapi_connection
    try:
        if readonly:
            driver.execute("BEGIN")
        else:
            driver.begin_writing()
    except sqlite3.Error as problem:
        raise OperationalError("BEGIN", None, problem) from problem
