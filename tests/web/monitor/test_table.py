"""The response arranged: organisations, roles, totals, targets and order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.models import Membership, Organisation
from surveyapp.queries.monitor import Cell
from surveyapp.web.monitor.table import Count, Table, Target, arranged, in_order, of_one_role, target
from tests import cast
from tests.effort import tries

NAMES = ("Zwolle", "almelo", "Borne", "Deventer")
MEMBERS = [
    Membership(id=number, organisation=Organisation(code=f"GM{number}", name=name))
    for number, name in enumerate(NAMES, 1)
]
CELLS = [
    Cell(1, "GM1", "Zwolle", "governor", invited=2, opened=2, started=2, submitted=1, remindable=1),
    Cell(1, "GM1", "Zwolle", "official", invited=6, opened=5, started=4, submitted=3, remindable=2),
    Cell(2, "GM2", "almelo", "official", invited=4, opened=1, started=1, submitted=1, remindable=3),
    Cell(3, "GM3", "Borne", "governor", invited=1, opened=1, started=1, submitted=1, remindable=0),
]


def table(targets: dict[str, int] | None = None) -> Table:
    return arranged(CELLS, MEMBERS, cast.edition().questionnaire, targets or {})


def test_every_organisation_role_and_everybody_has_a_total() -> None:
    found = table()
    assert [(row.name, row.count) for row in found.rows] == [
        ("Zwolle", Count(8, 7, 6, 4, 3)),
        ("almelo", Count(4, 1, 1, 1, 3)),
        ("Borne", Count(1, 1, 1, 1, 0)),
        ("Deventer", Count()),
    ]
    assert [(each.role.key, each.count) for each in found.roles] == [
        ("governor", Count(3, 3, 3, 2, 1)),
        ("official", Count(10, 6, 5, 4, 5)),
    ]
    assert found.count == Count(13, 9, 8, 6, 6)
    assert found.count.rate == 6 / 13
    assert found.rows[3].count.rate is None


def test_who_cannot_be_reminded_and_did_not_answer_is_out_of_reach() -> None:
    assert [row.count.out_of_reach for row in table().rows] == [1, 0, 0, 0]


def test_only_roles_in_which_somebody_was_invited_are_there() -> None:
    found = arranged(CELLS[2:3], MEMBERS, cast.edition().questionnaire, {"governor": 50})
    assert [each.role.key for each in found.roles] == ["official"]


def test_one_role_alone_keeps_every_organisation() -> None:
    found = of_one_role(table(), "governor")
    assert [(row.name, row.count.invited) for row in found.rows] == [
        ("Zwolle", 2), ("almelo", 0), ("Borne", 1), ("Deventer", 0)
    ]  # fmt: skip
    assert found.count == Count(3, 3, 3, 2, 1)
    assert [each.role.key for each in found.roles] == ["governor"]


def test_rows_are_ordered_as_in_the_study_by_name_or_by_rate() -> None:
    rows = table().rows
    assert [row.name for row in in_order(rows, "study")] == list(NAMES)
    assert [row.name for row in in_order(rows, "name")] == ["almelo", "Borne", "Deventer", "Zwolle"]
    assert [row.name for row in in_order(rows, "rate")] == ["almelo", "Zwolle", "Borne", "Deventer"]


@pytest.mark.parametrize(
    ("invited", "submitted", "percentage", "expected"),
    [
        (10, 4, 50, Target(50, 1)),
        (10, 5, 50, Target(50, 0)),
        (3, 1, 50, Target(50, 1)),
        (3, 2, 50, Target(50, 0)),
        (3, 0, 100, Target(100, 3)),
        (7, 7, 100, Target(100, 0)),
        (5, 0, 0, Target(0, 0)),
        (0, 0, 50, None),
        (5, 2, None, None),
    ],
)
def test_a_target_says_how_many_answers_it_still_takes(
    invited: int, submitted: int, percentage: int | None, expected: Target | None
) -> None:
    assert target(Count(invited=invited, submitted=submitted), percentage) == expected


def test_a_target_is_of_a_role_in_each_organisation_and_of_all() -> None:
    found = table({"official": 50})
    assert [each.target for each in found.roles] == [None, Target(50, 1)]
    assert [each.target for each in found.rows[0].roles] == [None, Target(50, 0)]
    assert [each.target for each in found.rows[1].roles] == [Target(50, 1)]


@tries(200)
@given(st.integers(1, 400), st.data(), st.integers(0, 100))
def test_a_target_is_reached_as_soon_as_the_share_is(invited: int, data: st.DataObject, percentage: int) -> None:
    submitted = data.draw(st.integers(0, invited))
    found = target(Count(invited=invited, submitted=submitted), percentage)
    assert found is not None
    assert found.reached == (100 * submitted >= percentage * invited)
    enough = target(Count(invited=invited, submitted=submitted + found.missing), percentage)
    assert enough is not None
    assert enough.reached
    if found.missing:
        almost = target(Count(invited=invited, submitted=submitted + found.missing - 1), percentage)
        assert almost is not None
        assert not almost.reached
