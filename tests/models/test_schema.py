"""Migrations lead to exactly the tables of the code, on both databases, and back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import insert, inspect, text

from surveyapp import content
from surveyapp.errors import Unavailable
from surveyapp.models import Base, Organisation, schema
from surveyapp.models.database import Database
from tests.conftest import KINDS


@pytest.fixture(params=KINDS)
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without tables."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'new' / 'survey.db'}"
        return
    server = request.getfixturevalue("cluster")
    address = server.create()
    yield address
    server.drop(address)


def test_an_empty_database_is_at_no_revision_and_lacks_every_table(empty: str) -> None:
    assert schema.head(empty) is None
    assert len([line for line in schema.differences(empty) if "add_table" in line]) == len(Base.metadata.tables)


def test_upgrading_leaves_no_difference_with_the_tables_of_the_code(empty: str) -> None:
    schema.upgrade(empty)
    assert schema.differences(empty) == []
    assert schema.head(empty) == schema.newest()


def test_a_database_that_was_not_upgraded_is_refused_until_it_is(empty: str) -> None:
    with pytest.raises(Unavailable, match=f"schema-not-current.*found=none, needed={schema.newest()}"):
        schema.must_be_current(empty)
    schema.upgrade(empty)
    schema.must_be_current(empty)


def test_upgrading_twice_changes_nothing(empty: str) -> None:
    schema.upgrade(empty)
    schema.upgrade(empty)
    assert schema.differences(empty) == []


def test_downgrading_takes_every_table_away_and_upgrading_brings_it_back(empty: str) -> None:
    schema.upgrade(empty)
    schema.downgrade(empty)
    database = Database(empty)
    assert inspect(database.engine).get_table_names() == ["alembic_version"]
    database.dispose()
    schema.upgrade(empty)
    assert schema.differences(empty) == []


def test_a_difference_is_told(empty: str) -> None:
    schema.upgrade(empty)
    database = Database(empty)
    with database.engine.begin() as connection:
        connection.execute(text("ALTER TABLE organisation ADD COLUMN colour VARCHAR(10)"))
    database.dispose()
    assert any("colour" in line for line in schema.differences(empty))


def test_a_migration_that_breaks_a_reference_changes_nothing(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'survey.db'}"
    schema.upgrade(address)
    database = Database(address)
    with database.engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        connection.execute(insert(Organisation).values(code="X", name="X", kind="provider", parent_id=99))
        connection.commit()
        connection.invalidate()
    database.dispose()
    with pytest.raises(RuntimeError, match="organisation"):
        schema.upgrade(address)


def test_migrations_are_numbered_one_after_the_other() -> None:
    files = sorted((content.folder("migrations") / "versions").glob("*.py"))
    numbers = [file.name.split("_", maxsplit=1)[0] for file in files]
    assert numbers == [f"{place:04}" for place in range(1, len(files) + 1)]
    assert schema.newest() == numbers[-1]


def test_the_newest_migration_is_named_in_a_file_of_its_own() -> None:
    assert (content.folder("migrations") / "current-head").read_text() == f"{schema.newest()}\n"
