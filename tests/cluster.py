"""A PostgreSQL server of the tests' own: in a folder that disappears, reached through a socket, without a port."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, Connection, create_engine, make_url, text
from sqlalchemy.pool import NullPool

from surveyapp.models import Base, database, schema

_QUICK = "-c fsync=off -c full_page_writes=off -c synchronous_commit=off -c max_connections=200 -c shared_buffers=32MB"


def programs() -> Path | None:
    """Where initdb and pg_ctl are: the newest Debian has, or on the path; None where there are none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).parent if on_path else None


class Cluster:
    """A running server. Making a database takes longer than most tests, so one with the schema is lent out again."""

    def __init__(self, folder: Path, account: str) -> None:
        self._folder = folder
        self._account = account
        self._made = 0
        self._clean: list[str] = []

    def lend(self) -> str:
        """The address of a database with the schema and nothing in it."""
        if self._clean:
            return self._clean.pop()
        address = self.create()
        schema.upgrade(address)
        return address

    def take_back(self, address: str) -> None:
        """Empty it for the next, whatever was done to its rows and whoever is still connected."""
        with self._connected(make_url(address).database or "") as connection:
            connection.execute(
                text(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
            )
            for table in reversed(Base.metadata.sorted_tables):
                connection.execute(table.delete())
            connection.commit()
        self._clean.append(address)

    def create(self) -> str:
        """The address of a new database without anything."""
        self._made += 1
        name = f"test_{self._made}"
        with self._connected("postgres") as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql(f"CREATE DATABASE {name}")
        return self._address(name)

    def drop(self, address: str) -> None:
        """Remove it, whoever is still connected."""
        with self._connected("postgres") as connection:
            name = make_url(address).database
            autocommit = connection.execution_options(isolation_level="AUTOCOMMIT")
            autocommit.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")

    def _address(self, name: str) -> str:
        socket = {"host": str(self._folder / "socket")}
        return URL.create("postgresql", username=self._account, database=name, query=socket).render_as_string()

    @contextmanager
    def _connected(self, name: str) -> Iterator[Connection]:
        engine = create_engine(database.address(self._address(name)), poolclass=NullPool)
        with engine.connect() as connection:
            yield connection


@contextmanager
def running(folder_of_programs: Path) -> Iterator[Cluster]:
    """Start a server and stop it afterwards. It refuses to run as root, so root lends it to another account."""
    account = _account()
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
    (folder / "socket").mkdir()
    if os.geteuid() == 0:
        shutil.chown(folder, account)
        shutil.chown(folder / "socket", account)
    server = str(folder / "data")
    control = [str(folder_of_programs / "pg_ctl"), "-D", server, "-w", "-s"]
    options = f"{_QUICK} -c listen_addresses= -c unix_socket_directories={folder / 'socket'}"
    try:
        initialise = ["-A", "trust", "-U", account, "-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "-D", server]
        _run([str(folder_of_programs / "initdb"), *initialise], account)
        _run([*control, "-l", str(folder / "log"), "-o", options, "start"], account)
        try:
            yield Cluster(folder, account)
        finally:
            _run([*control, "-m", "immediate", "stop"], account)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _account() -> str:
    if os.geteuid() != 0:
        return pwd.getpwuid(os.geteuid()).pw_name
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


def _run(command: list[str], account: str) -> None:
    other = account if os.geteuid() == 0 else None
    subprocess.run(
        command,
        check=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        cwd="/",
        user=other,
        group=pwd.getpwnam(other).pw_gid if other is not None else None,
        extra_groups=[] if other is not None else None,
    )
