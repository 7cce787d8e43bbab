"""What each kind of database is asked for, so that nothing is lost and readers do not wait."""

import threading
from pathlib import Path

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session

from surveyapp.config import MissingSetting
from surveyapp.models import Membership, Setting
from surveyapp.models.database import Database, address


def test_an_sqlite_database_makes_its_folder_and_keeps_acknowledged_data_on_disk(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'deep' / 'down' / 'survey.db'}")
    with database.session() as session:
        pragmas = {
            name: session.scalar(text(f"PRAGMA {name}"))
            for name in ("journal_mode", "foreign_keys", "busy_timeout", "synchronous", "secure_delete")
        }
    database.dispose()
    assert pragmas == {
        "journal_mode": "wal",
        "foreign_keys": 1,
        "busy_timeout": 20_000,
        "synchronous": 2,
        "secure_delete": 1,
    }


@pytest.mark.parametrize("url", ["postgresql://a@b/c", "postgres://a@b/c", "postgresql+psycopg://a@b/c"])
def test_postgresql_is_reached_through_psycopg(url: str) -> None:
    assert address(url).drivername == "postgresql+psycopg"


@pytest.mark.parametrize("url", ["", "nonsense", "mysql://a@b/c", "sqlite://", "sqlite:///:memory:"])
def test_another_address_is_refused_with_advice(url: str) -> None:
    with pytest.raises(MissingSetting, match="SURVEYAPP_DATABASE_URL must be like"):
        Database(url)


def test_references_are_enforced(session: Session) -> None:
    session.add(Membership(evaluation_id=41, organisation_id=42, position=0))
    with pytest.raises(IntegrityError):
        session.flush()


def test_a_session_for_reading_cannot_write(database: Database) -> None:
    with database.session(readonly=True) as reading:
        reading.add(Setting(name="colour", value="red"))
        with pytest.raises(DBAPIError, match=r"(?i)read.?only"):
            reading.flush()


def test_a_session_for_writing_can_write_after_one_for_reading_used_the_same_connection(database: Database) -> None:
    for colour in ("red", "blue"):
        with database.session(readonly=True) as reading:
            reading.scalars(select(Setting)).all()
        with database.session() as writing:
            writing.merge(Setting(name="colour", value=colour))
            writing.commit()
    with database.session(readonly=True) as reading:
        assert reading.scalars(select(Setting.value)).all() == ["blue"]


def test_reading_does_not_wait_for_a_writer(database: Database) -> None:
    with database.session() as writing, database.session(readonly=True) as reading:
        writing.add(Setting(name="colour", value="red"))
        writing.flush()
        assert reading.scalars(select(Setting)).all() == []


def test_what_was_read_to_write_cannot_have_changed_meanwhile(database: Database) -> None:
    with database.session() as session:
        session.add(Setting(name="counter", value="0"))
        session.commit()

    def count_up() -> None:
        for _ in range(10):
            with database.session() as session:
                found = select(Setting).where(Setting.name == "counter").with_for_update()
                value = int(session.scalars(found).one().value)
                session.execute(update(Setting).values(value=str(value + 1)))
                session.commit()

    threads = [threading.Thread(target=count_up) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.session(readonly=True) as session:
        assert session.scalars(select(Setting.value)).one() == "40"


def test_what_was_deleted_is_nowhere_in_the_file_once_its_traces_are_erased(tmp_path: Path) -> None:
    file = tmp_path / "survey.db"
    database = Database(f"sqlite:///{file}")
    with database.session() as session:
        session.execute(text("CREATE TABLE kept (words TEXT)"))
        session.execute(text("INSERT INTO kept VALUES ('dit is weg'), ('dit blijft')"))
        session.commit()
        session.execute(text("DELETE FROM kept WHERE words = 'dit is weg'"))
        session.commit()
    log = file.with_name("survey.db-wal")
    assert b"dit is weg" in log.read_bytes()
    assert database.erase_traces()
    assert b"dit is weg" not in file.read_bytes() + log.read_bytes()
    assert b"dit blijft" in file.read_bytes()
    database.dispose()


def test_traces_cannot_be_erased_while_somebody_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("surveyapp.models.database.PATIENCE", 50)
    database = Database(f"sqlite:///{tmp_path / 'survey.db'}")
    with database.session() as session:
        session.execute(text("CREATE TABLE kept (words TEXT)"))
        session.commit()
    with database.session(readonly=True) as reading:
        reading.scalars(text("SELECT words FROM kept")).all()
        assert not database.erase_traces()
    assert database.erase_traces()
    database.dispose()
