"""Rows as one JSON object, on both databases."""

from sqlalchemy import Connection, literal, select, union_all

from surveyapp.models.database import Database
from surveyapp.models.json_object import json_object


def _read(connection: Connection, pairs: dict[str, str]) -> dict[str, str] | None:
    rows = union_all(
        *(select(literal(key).label("key"), literal(value).label("value")) for key, value in pairs.items())
    )
    table = rows.subquery()
    found: dict[str, str] | None = connection.scalar(select(json_object(table.c.key, table.c.value)))
    return found


def test_every_word_comes_back_as_it_was(database: Database) -> None:
    pairs = {"a": 'Zij zei: "goed" \\ \n\t<b>', "b.comment": "字 🙂 \u202e\u200f é\u2028", "c": ""}
    with database.engine.connect() as connection:
        assert _read(connection, pairs) == pairs


def test_no_row_is_no_object_or_an_empty_one(database: Database) -> None:
    nothing = select(literal("a").label("key"), literal("b").label("value")).where(literal(1) == 2).subquery()
    with database.engine.connect() as connection:
        assert not connection.scalar(select(json_object(nothing.c.key, nothing.c.value)))
