"""Bringing a database to the newest schema, and telling how it differs from it."""

from collections.abc import Iterator
from contextlib import contextmanager

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, event
from sqlalchemy.pool import NullPool

from surveyapp import content
from surveyapp.errors import Unavailable
from surveyapp.models import Base
from surveyapp.models.database import PATIENCE, Database, address, set_up_sqlite

_ONE_AT_A_TIME = 7_308_113_201
"""Any number: PostgreSQL's name for the lock under which a schema changes."""


def upgrade(url: str, revision: str = "head") -> None:
    """Bring the database to this revision, in one transaction: it succeeds or nothing changed."""
    with _migrating(url) as connection:
        command.upgrade(_config(connection), revision)


def downgrade(url: str, revision: str = "base") -> None:
    """Take the database back to this revision; what later revisions stored is lost."""
    with _migrating(url) as connection:
        command.downgrade(_config(connection), revision)


def head(url: str) -> str | None:
    """The revision at which the database is; None where it is empty."""
    with _reading(url) as connection:
        return MigrationContext.configure(connection).get_current_revision()


def newest() -> str | None:
    """The newest revision that ``migrations/`` has."""
    return ScriptDirectory(str(content.folder("migrations"))).get_current_head()


def must_be_current(url: str) -> None:
    """Raise ``Unavailable`` (``schema-not-current``) where the database needs migrating, or is newer than the code."""
    found, needed = head(url) or "none", newest() or "none"
    if found != needed:
        raise Unavailable("schema-not-current", found=found, needed=needed)


def differences(url: str) -> list[str]:
    """What the tables of the code have otherwise than the database, one sentence each; empty when they agree."""
    with _reading(url) as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True, "render_as_batch": True}
        )
        return [str(difference) for difference in compare_metadata(context, Base.metadata)]


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(content.folder("migrations")).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


@contextmanager
def _reading(url: str) -> Iterator[Connection]:
    database = Database(url)
    try:
        with database.engine.execution_options(readonly=True, postgresql_readonly=True).connect() as connection:
            yield connection
    finally:
        database.dispose()


@contextmanager
def _migrating(url: str) -> Iterator[Connection]:
    """A connection in a transaction that holds off every other migration.

    On SQLite foreign keys are off: rebuilding a table drops the old one, which would delete the rows that refer to it.
    They are checked before the commit instead.
    """
    parsed = address(url)
    Database(url).dispose()
    sqlite = parsed.get_backend_name() == "sqlite"
    engine = create_engine(parsed, poolclass=NullPool, connect_args={"timeout": PATIENCE / 1000} if sqlite else {})
    if sqlite:
        event.listen(engine, "connect", lambda raw, _entry: set_up_sqlite(raw, foreign_keys=False))
        event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    with engine.begin() as connection:
        if not sqlite:
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_ONE_AT_A_TIME})")
        yield connection
        if sqlite:
            _check_references(connection)


def _check_references(connection: Connection) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if broken:
        tables = ", ".join(sorted({str(row[0]) for row in broken}))
        raise RuntimeError(f"the migration left {len(broken)} rows that refer to nothing, in: {tables}")
