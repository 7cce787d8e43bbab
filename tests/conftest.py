"""What every test can ask for: a database of its own, of each kind, with the schema and nothing in it."""

import os
import shutil
import socket
from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from surveyapp.actions import passwords, publications
from surveyapp.analysis.disclosure import protect
from surveyapp.models import schema
from surveyapp.models.database import Database
from tests import cluster as postgresql
from tests import protecting
from tests.applications import Templates, remembering

PROTECT = protecting.remembering(protect)
KINDS = ("sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql))


@pytest.fixture(scope="session")
def cluster() -> Iterator[postgresql.Cluster]:
    """One PostgreSQL server for all tests of this process, started when the first needs it."""
    programs = postgresql.programs()
    if programs is None:
        reason = "no PostgreSQL on this machine: apt install postgresql"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    with postgresql.running(programs) as server:
        yield server


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with the schema, to copy."""
    path = tmp_path_factory.mktemp("template") / "survey.db"
    schema.upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture(params=KINDS)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database that only this test uses; the test runs once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        copy = tmp_path / "survey.db"
        shutil.copyfile(request.getfixturevalue("migrated_file"), copy)
        yield f"sqlite:///{copy}"
        return
    server: postgresql.Cluster = request.getfixturevalue("cluster")
    address = server.lend()
    yield address
    server.take_back(address)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """The database itself."""
    opened = Database(database_url)
    yield opened
    opened.dispose()


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """A session that writes; what it does not commit is gone afterwards."""
    with database.session() as opened:
        yield opened


@pytest.fixture(autouse=True)
def _quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hash passwords with little work, as no product ever should."""
    monkeypatch.setattr(passwords, "HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture(autouse=True)
def _quick_publications(monkeypatch: pytest.MonkeyPatch) -> None:
    """Publish what was published before in another test without protecting it anew."""
    monkeypatch.setattr(publications, "protect", PROTECT)


@pytest.fixture(autouse=True, scope="session")
def _quick_applications() -> Iterator[None]:
    """Every test has an application of its own, of which the templates and addresses are the same each time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Flask, "jinja_options", {**Flask.jinja_options, "bytecode_cache": Templates()})
        patch.setattr(Rule, "_compile_builder", remembering(Rule._compile_builder))
        yield


@pytest.fixture(autouse=True, scope="session")
def _loopback_only() -> Iterator[None]:
    """No test talks to another machine: neither ours nor what a library would ask on its own."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any, /) -> None:  # noqa: ANN401 - as socket has it
        if self.family in {socket.AF_INET, socket.AF_INET6} and not ip_address(address[0]).is_loopback:
            raise AssertionError(f"a test wants to connect to {address[0]}")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        yield
