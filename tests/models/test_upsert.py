"""Inserting what may be there already."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.models import ItemTally, Setting, upsert
from tests import cast


def test_a_row_whose_key_is_there_is_replaced(session: Session) -> None:
    upsert.replace(session, Setting, [{"name": "a", "value": "1"}, {"name": "b", "value": "1"}], columns=("value",))
    upsert.replace(session, Setting, [{"name": "b", "value": "2"}, {"name": "c", "value": "2"}], columns=("value",))
    stored = {setting.name: setting.value for setting in session.scalars(select(Setting))}
    assert stored == {"a": "1", "b": "2", "c": "2"}


def test_a_row_whose_key_is_there_is_added_to(session: Session) -> None:
    study = cast.study(session)
    key = {"wave_id": study.wave.id, "membership_id": study.members[0].id, "role": "governor", "question": "q"}
    rows = [key | {"answer": answer, "count": 1} for answer in ("2", "1", "2")]
    upsert.add(session, ItemTally, rows, column="count")
    upsert.add(session, ItemTally, rows[:1], column="count")
    counts = session.execute(select(ItemTally.answer, ItemTally.count).where(ItemTally.question == "q")).all()
    assert sorted(tuple(row) for row in counts) == [("1", 1), ("2", 3)]


def test_nothing_to_insert_is_fine(session: Session) -> None:
    upsert.replace(session, Setting, [], columns=("value",))
    assert session.scalars(select(Setting)).all() == []


@pytest.mark.parametrize("value", ["1", "2"])
def test_a_missing_row_is_inserted_once(session: Session, value: str) -> None:
    assert upsert.insert_missing(session, Setting, {"name": "a", "value": "1"}) is True
    assert upsert.insert_missing(session, Setting, {"name": "a", "value": value}) is False
    assert session.scalars(select(Setting.value)).all() == ["1"]
