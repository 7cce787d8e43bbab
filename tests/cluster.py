"""A PostgreSQL server of the tests' own: in a folder that disappears, reached through a socket, without a port."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, create_engine
from sqlalchemy.pool import NullPool

from surveyapp.models import schema

_QUICK = "-c fsync=off -c full_page_writes=off -c synchronous_commit=off -c max_connections=200 -c shared_buffers=32MB"
_TEMPLATE = "surveyapp_template"


def programs() -> Path | None:
    """Where initdb and pg_ctl are: the newest Debian has, or on the path; None where there are none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).parent if on_path else None


class Cluster:
    """A running server, whose databases are copies of one that has the schema."""

    def __init__(self, folder: Path, account: str) -> None:
        self._folder = folder
        self._account = account
        self._made = 0

    def create(self) -> str:
        """A new, empty database with the schema; returns its address."""
        if self._made == 0:
            self._execute(f"CREATE DATABASE {_TEMPLATE}")
            schema.upgrade(self._address(_TEMPLATE))
        return self._copy(_TEMPLATE)

    def create_empty(self) -> str:
        """A new database without anything."""
        return self._copy("template0")

    def drop(self, address: str) -> None:
        """Remove it, whoever is still connected."""
        self._execute(f"DROP DATABASE {address.split('?', maxsplit=1)[0].rsplit('/', maxsplit=1)[1]} WITH (FORCE)")

    def _copy(self, template: str) -> str:
        self._made += 1
        name = f"test_{self._made}"
        self._execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return self._address(name)

    def _address(self, database: str) -> str:
        url = URL.create(
            "postgresql", username=self._account, database=database, query={"host": str(self._folder / "socket")}
        )
        return url.render_as_string(hide_password=False)

    def _execute(self, statement: str) -> None:
        address = self._address("postgres").replace("postgresql:", "postgresql+psycopg:", 1)
        engine = create_engine(address, poolclass=NullPool, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.exec_driver_sql(statement)


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
