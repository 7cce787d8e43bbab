"""Writers of an SQLite file stand in line: each is served, and nobody waits for somebody who is gone."""

import gc
import os
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from surveyapp.models.database import Database
from surveyapp.models.turns import InTurn

HOLDER = """
import sys, time
from surveyapp.models.turns import InTurn
connection = InTurn(sys.argv[1], 20.0, isolation_level=None)
connection.begin_writing()
connection.execute("INSERT INTO kept VALUES ('by who was killed')")
print("writing", flush=True)
time.sleep(600)
"""
WRITER = """
import sys
from surveyapp.models.turns import InTurn
connection = InTurn(sys.argv[1], 60.0, isolation_level=None)
for _ in range(50):
    connection.begin_writing()
    connection.execute("INSERT INTO kept VALUES (?)", (sys.argv[2],))
    connection.commit()
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "survey.db"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE kept (words TEXT)")
    return file


@pytest.fixture
def opened(file: Path) -> Iterator[list[InTurn]]:
    """Three connections of this process."""
    made = [InTurn(str(file), 0.05, isolation_level=None, check_same_thread=False) for _ in range(3)]
    yield made
    for connection in made:
        connection.close()


def words(file: Path) -> list[str]:
    with closing(sqlite3.connect(file)) as connection:
        return [row[0] for row in connection.execute("SELECT words FROM kept")]


@pytest.mark.parametrize("end", ["commit", "rollback", "close"])
def test_the_end_of_a_transaction_is_the_turn_of_the_next(opened: list[InTurn], end: str) -> None:
    first, second, _ = opened
    first.begin_writing()
    with pytest.raises(sqlite3.OperationalError, match="database is locked"):
        second.begin_writing()
    getattr(first, end)()
    second.begin_writing()
    second.commit()


def test_who_waits_is_woken_when_the_turn_comes(file: Path) -> None:
    began, came = threading.Event(), []

    def second() -> None:
        with closing(InTurn(str(file), 60.0, isolation_level=None)) as connection:
            began.set()
            connection.begin_writing()
            came.append(words(file))
            connection.commit()

    with closing(InTurn(str(file), 60.0, isolation_level=None)) as first:
        first.begin_writing()
        waiting = threading.Thread(target=second)
        waiting.start()
        assert began.wait(60)
        first.execute("INSERT INTO kept VALUES ('before you')")
        first.commit()
        waiting.join(60)
    assert came == [["before you"]]


def test_every_writer_of_several_processes_is_served(file: Path) -> None:
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, str(file), name]) for name in ("Anna", "Bram", "Carla")]
    assert [writer.wait(120) for writer in writers] == [0, 0, 0]
    assert sorted(words(file)) == ["Anna"] * 50 + ["Bram"] * 50 + ["Carla"] * 50


def test_who_is_killed_while_writing_leaves_the_line_and_nothing_else(file: Path) -> None:
    holder = subprocess.Popen([sys.executable, "-c", HOLDER, str(file)], stdout=subprocess.PIPE)
    with holder, closing(InTurn(str(file), 60.0, isolation_level=None)) as connection:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"writing\n"
        os.kill(holder.pid, signal.SIGKILL)
        connection.begin_writing()
        connection.execute("INSERT INTO kept VALUES ('by who came after')")
        connection.commit()
    assert words(file) == ["by who came after"]


def test_who_does_not_stand_in_line_is_waited_for_no_longer_than_was_said(file: Path, opened: list[InTurn]) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as stranger:
        stranger.execute("BEGIN IMMEDIATE")
        with pytest.raises(sqlite3.OperationalError, match="database is locked"):
            opened[0].begin_writing()
        stranger.execute("ROLLBACK")
    opened[1].begin_writing()
    opened[1].commit()


def test_a_turn_that_fails_is_given_up(opened: list[InTurn]) -> None:
    with pytest.raises(sqlite3.OperationalError, match="no such table"), opened[0].turn():
        opened[0].execute("DELETE FROM nowhere")
    with opened[1].turn():
        opened[1].execute("VACUUM")


def test_a_connection_that_is_dropped_while_it_writes_holds_nobody_up(file: Path, opened: list[InTurn]) -> None:
    dropped = InTurn(str(file), 0.05, isolation_level=None)
    dropped.begin_writing()
    dropped.execute("INSERT INTO kept VALUES ('never committed')")
    del dropped
    gc.collect()
    opened[0].begin_writing()
    opened[0].commit()
    assert words(file) == []


def test_a_session_for_writing_waits_in_line_and_one_for_reading_does_not(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("surveyapp.models.database.PATIENCE", 50)
    database = Database(f"sqlite:///{file}")
    with database.session() as writing, database.session() as another, database.session(readonly=True) as reading:
        writing.execute(text("INSERT INTO kept VALUES ('mine')"))
        assert reading.scalars(text("SELECT words FROM kept")).all() == []
        with pytest.raises(OperationalError, match="database is locked"):
            another.execute(text("INSERT INTO kept VALUES ('theirs')"))
        writing.commit()
        another.rollback()
        another.execute(text("INSERT INTO kept VALUES ('after all')"))
        another.commit()
    database.dispose()
    assert words(file) == ["mine", "after all"]
