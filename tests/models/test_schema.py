"""Migrations lead to exactly the tables of the code, on both databases, and back."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import pytest
from sqlalchemy import MetaData, insert, inspect, select, text

from surveyapp import content
from surveyapp.errors import Unavailable
from surveyapp.models import Base, Organisation, schema
from surveyapp.models.database import Database
from tests.conftest import KINDS

_MOMENT: Final = datetime(2026, 5, 4, 12, 30, tzinfo=UTC)
_LATER: Final = datetime(2026, 5, 5, 12, 30, tzinfo=UTC)
_PLACE: Final = {"wave_id": 5, "membership_id": 4, "role": "governor"}

BEFORE: Final[dict[str, list[dict[str, Any]]]] = {
    "user": [{"id": 1, "email": "anna@bureau.example", "name": "Anna", "language": "nl", "failed_sign_ins": 0}],
    "organisation": [{"id": 2, "code": "GM0141", "name": "Almelo", "kind": "municipality"}],
    "evaluation": [{"id": 3, "slug": "samen", "title": {"nl": "Samen"}, "client": "Regio", "created_at": _MOMENT}],
    "membership": [{"id": 4, "evaluation_id": 3, "organisation_id": 2, "position": 0}],
    "edition_document": [{"digest": "d", "name": "e/1", "document": "{}"}],
    "wave": [
        {
            "id": 5,
            "evaluation_id": 3,
            "number": 1,
            "edition_digest": "d",
            "regime": "confidential",
            "opens_at": _MOMENT,
            "closes_at": _LATER,
            "sender": "Bureau",
            "contact_name": "Anna",
            "contact_email": "anna@bureau.example",
        }
    ],
    "invitee": [{"id": id_, **_PLACE, "name": "Bram", "email": "b@x.example", "language": "nl"} for id_ in (6, 7, 8)],
    "invitation": [{"id": 10 + id_, "invitee_id": id_, "generation": 2, "token_hash": str(id_)} for id_ in (6, 7, 8)],
    "receipt": [{"invitation_id": 16}],
    "response": [
        {"id": 1, "invitation_id": 16, **_PLACE, "started_at": _MOMENT, "submitted_at": _LATER},
        {"id": 2, "invitation_id": 17, **_PLACE, "started_at": _MOMENT, "submitted_at": None},
    ],
    "answer": [
        {"response_id": response, "question": question, "value": value}
        for response, question, value in ((1, "a", "4"), (1, "b", "Korte lijnen,\n字 é."), (1, "c", ""), (2, "a", "dk"))
    ],
    "item_tally": [{**_PLACE, "question": "a", "answer": "4", "count": 1}],
    "theme_tally": [{**_PLACE, "theme": "t", "answered": 1, "total": 4, "count": 1}],
    "rendering": [
        {
            "id": 9,
            "evaluation_id": 3,
            "digest": "r",
            "audience": "organisation",
            "membership_id": 4,
            "kind": "figure",
            "specification": {"width": 640},
            "content": b"\x00\xff",
            "requested_at": _MOMENT,
        }
    ],
}
"""A study as the first schema keeps it, in the order in which rows may refer to one another."""

GONE: Final = {"user": {"failed_sign_ins", "failed_at"}}
"""Columns that a later schema has no more."""
_READY: Final = {"ready_at": _MOMENT, "languages": ["nl"], "targets": {}, "expected": {}, "settled": []}
_UNSEEN: Final = {"for_public": False, "searchable": False}
_PUBLISHED: Final = {
    "wave_id": 50,
    "number": 1,
    "reason": "",
    "published_at": _LATER,
    "published_by": 1,
    "data_digest": "x",
    "merged": [],
    "document": {},
}

ADDED: Final[dict[str, list[dict[str, Any]]]] = {
    "wave": [BEFORE["wave"][0] | _READY | _UNSEEN | {"id": 50, "number": 2, "regime": "anonymous"}],
    "invitee": [BEFORE["invitee"][0] | {"id": 61, "wave_id": 50, "test": False}],
    "open_link": [{"id": 1, "wave_id": 5, "generation": 1, "started": 1, "started_in_minute": 1}],
    "invitation": [
        {
            "id": 60,
            "open_link_id": 1,
            "declared_membership_id": 4,
            "declared_role": "resident",
            "repeated": False,
            "generation": 1,
        },
        {"id": 61, "invitee_id": 61, "repeated": False, "generation": 1},
        {"id": 62, "open_link_id": 1, "declared_membership_id": 4, "declared_role": "r", "repeated": True}
        | {"generation": 1},
    ],
    "receipt": [{"invitation_id": 61}, {"invitation_id": 62}],
    "item_tally": [
        _PLACE | {"role": "resident", "question": "a", "answer": "3", "count": 1},
        _PLACE | {"wave_id": 50, "role": "governor__official", "question": "a", "answer": "3", "count": 1},
    ],
    "theme_tally": [_PLACE | {"wave_id": 50, "role": "r" * 120, "theme": "t", "answered": 0, "total": 0, "count": 1}],
    "publication": [
        _PUBLISHED | {"id": 1, "audience": "lead"},
        _PUBLISHED | {"id": 2, "audience": "public"},
        _PUBLISHED | {"id": 3, "audience": "lead", "number": 2, "reason": "Iemand vergeten."},
    ],
    "merger": [
        {
            "wave_id": 50,
            "kind": "organisations",
            "members": ["GM0141", "GM0147"],
            "reason": "Te klein.",
            "approved_by": 1,
            "approved_at": _LATER,
        }
    ],
    "merged_role": [{"wave_id": 50, "membership_id": 4, "role": "governor", "kept_as": "governor__official"}],
    "promise_text": [{"digest": "p", "wave_id": 5, "language": "nl", "text": "Niemand ziet uw naam."}],
    "response": [
        _PLACE
        | {
            "id": 2**61,
            "invitation_id": 60,
            "role": "resident",
            "regime": "confidential",
            "submitted": False,
            "channel": "web",
            "started_at": _MOMENT,
        },
        {
            "id": 2**60,
            "wave_id": 50,
            "membership_id": 4,
            "role": "governor__official",
            "regime": "anonymous",
            "submitted": True,
            "channel": "web",
        },
        _PLACE
        | {
            "id": 2**59,
            "invitation_id": 62,
            "regime": "confidential",
            "submitted": True,
            "channel": "import",
            "started_at": _MOMENT,
            "submitted_at": _MOMENT,
            "excluded_at": _LATER,
            "excluded_by": 1,
            "excluded_reason": "Twee keer ingevuld.",
        },
    ],
    "delegation": [
        {
            "id": 1,
            "response_id": 1,
            "section": "s",
            "name": "Carla",
            "email": "c@x.example",
            "language": "nl",
            "created_at": _MOMENT,
        }
    ],
    "answer": [
        {"response_id": response, "question": question, "value": "3", "hidden": hidden}
        for response, question, hidden in (
            (1, "a.comment", False),
            (1, "d", True),
            (2**61, "a", False),
            (2**60, "a", False),
        )
    ],
    "rendering": [
        BEFORE["rendering"][0]
        | {"id": 90, "digest": "c", "audience": "respondent", "response_id": 1, "expires_at": _LATER}
    ],
}
"""What only a later schema can keep."""


def _put(address: str, rows: dict[str, list[dict[str, Any]]]) -> None:
    database, tables = Database(address), MetaData()
    tables.reflect(database.engine)
    with database.engine.begin() as connection:
        for table, its_rows in rows.items():
            for row in its_rows:
                connection.execute(insert(tables.tables[table]).values(row))
    database.dispose()


def _kept(address: str, columns: dict[str, list[str]] | None = None) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table; with ``columns`` only of these tables and with these columns."""
    database, tables = Database(address), MetaData()
    tables.reflect(database.engine)
    found = {}
    with database.engine.begin() as connection:
        for name, table in tables.tables.items():
            if name != "alembic_version" and (columns is None or name in columns):
                asked = list(table.columns) if columns is None else [table.c[column] for column in columns[name]]
                found[name] = sorted(map(tuple, connection.execute(select(*asked))), key=repr)
    database.dispose()
    return found


def _columns(address: str) -> dict[str, list[str]]:
    database = Database(address)
    looking = inspect(database.engine)
    tables = [table for table in looking.get_table_names() if table != "alembic_version"]
    found = {table: [column["name"] for column in looking.get_columns(table)] for table in tables}
    database.dispose()
    return found


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


def test_what_the_first_schema_keeps_is_there_after_upgrading_value_for_value(empty: str) -> None:
    schema.upgrade(empty, "0001")
    _put(empty, BEFORE)
    columns = {
        table: [name for name in names if name not in GONE.get(table, ())] for table, names in _columns(empty).items()
    }
    before = _kept(empty, columns)
    assert {table: len(rows) for table, rows in before.items() if rows} == {
        table: len(rows) for table, rows in BEFORE.items()
    }
    schema.upgrade(empty)
    assert schema.differences(empty) == []
    assert _kept(empty, columns) == before
    filled = _kept(empty, {"response": ["id", "regime", "submitted", "channel", "promise", "entered_by"]})
    assert [tuple(map(_plain, row)) for row in filled["response"]] == [
        (1, "confidential", 1, "web", None, None),
        (2, "confidential", 0, "web", None, None),
    ]
    assert {_plain(hidden) for (hidden,) in _kept(empty, {"answer": ["hidden"]})["answer"]} == {0}


def _plain(value: object) -> object:
    """SQLite keeps whether something is true as a number."""
    return int(value) if isinstance(value, bool) else value


def test_what_was_published_before_there_were_audiences_is_the_first_for_the_project_lead(empty: str) -> None:
    schema.upgrade(empty, "0001")
    _put(empty, BEFORE)
    schema.upgrade(empty, "0005")
    once = {"id": 1, "wave_id": 5, "published_at": _LATER, "published_by": 1, "data_digest": "x", "document": {"a": 1}}
    _put(empty, {"publication": [once]})
    schema.upgrade(empty)
    told = ["id", "wave_id", "audience", "number", "reason", "data_digest"]
    assert _kept(empty, {"publication": told})["publication"] == [(1, 5, "lead", 1, "", "x")]
    _put(empty, {"publication": [_PUBLISHED | {"id": 2, "wave_id": 5, "audience": "lead", "number": 2}]})
    schema.downgrade(empty, "0005")
    assert _kept(empty, {"publication": ["id", "wave_id"]})["publication"] == [(2, 5)]


def test_downgrading_keeps_what_the_first_schema_can_hold_and_nothing_of_the_rest(empty: str) -> None:
    schema.upgrade(empty, "0001")
    _put(empty, BEFORE)
    before = _kept(empty)
    schema.upgrade(empty)
    _put(empty, ADDED)
    schema.downgrade(empty, "0001")
    assert _kept(empty) == before
    schema.upgrade(empty)
    assert schema.differences(empty) == []


def test_after_upgrading_answers_go_with_their_response_and_stay_without_their_colleague(empty: str) -> None:
    schema.upgrade(empty, "0001")
    _put(empty, BEFORE)
    schema.upgrade(empty)
    _put(empty, {"delegation": ADDED["delegation"]})
    database = Database(empty)
    with database.engine.begin() as connection:
        connection.execute(text("UPDATE answer SET delegation_id = 1 WHERE response_id = 1"))
        connection.execute(text("DELETE FROM delegation"))
        assert connection.scalar(text("SELECT count(*) FROM answer WHERE delegation_id IS NULL")) == 4
        connection.execute(text("DELETE FROM response WHERE id = 1"))
        assert connection.scalars(text("SELECT value FROM answer")).all() == ["dk"]
    database.dispose()


def test_no_migration_gives_the_id_of_what_was_deleted_to_somebody_else(empty: str) -> None:
    schema.upgrade(empty, "0001")
    _put(empty, {table: rows for table, rows in BEFORE.items() if table not in {"response", "answer", "receipt"}})
    numbered = Database(empty)
    with numbered.engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT setval('invitation_id_seq', 18)"))
        connection.execute(text("DELETE FROM invitation WHERE id = 18"))
    schema.upgrade(empty)
    with numbered.engine.begin() as connection:
        adding = "INSERT INTO invitation (invitee_id, generation, repeated) VALUES (8, 1, false) RETURNING id"
        assert connection.scalar(text(adding)) == 19
    numbered.dispose()
