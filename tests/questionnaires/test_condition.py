"""What a condition says of somebody and of their answers; where it depends on what is not known yet, it says so."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from surveyapp.questionnaires.condition import Condition, Standing, WhenAnswer, atoms, fits, holds
from tests.effort import tries
from tests.questionnaires.wanting import conditions, options

READ: TypeAdapter[Condition] = TypeAdapter(Condition)
ANNA = Standing("official", "GM0141", "municipality")
Q1: list[dict[str, Any]] = [
    {"key": "q1", "kind": "choice", "options": options("a", "b", "c")},
    {"key": "q2", "kind": "number"},
]


def says(condition: Any, answers: dict[str, str] | None = None, standing: Standing = ANNA) -> bool | None:  # noqa: ANN401 - as written
    return holds(READ.validate_python(condition), standing, (answers or {}).get)


@pytest.mark.parametrize(
    ("condition", "truth"),
    [
        ({"role": "official"}, True),
        ({"role": ["governor", "official"]}, True),
        ({"role": "governor"}, False),
        ({"organisation": "GM0141"}, True),
        ({"organisation": ["GM0147", "GM0153"]}, False),
        ({"kind": "municipality"}, True),
        ({"kind": ["provider", "region_body"]}, False),
        ({"not": {"role": "governor"}}, True),
        ({"all": [{"role": "official"}, {"kind": "municipality"}]}, True),
        ({"all": [{"role": "official"}, {"kind": "provider"}]}, False),
        ({"any": [{"role": "governor"}, {"kind": "municipality"}]}, True),
        ({"any": [{"role": "governor"}, {"kind": "provider"}]}, False),
    ],
)
def test_who_somebody_is_decides(condition: dict[str, Any], truth: bool) -> None:
    assert says(condition) is truth


@pytest.mark.parametrize(
    ("wanted", "value", "truth"),
    [
        ({"is": "yes"}, "yes", True),
        ({"is": ["no", "yes"]}, "yes", True),
        ({"is": "yes"}, "no", False),
        ({"is": "yes"}, "", False),
        ({"is": 4}, "4", True),
        ({"is": "dk"}, "dk", True),
        ({"is": "garden"}, "house;garden", True),
        ({"is": "gard"}, "house;garden", False),
        ({"is": "coffee"}, "guide>coffee", True),
        ({"is": "none"}, "none", True),
        ({"at_least": 4}, "4", True),
        ({"at_least": 4}, "3", False),
        ({"at_least": 4}, "10", True),
        ({"at_most": 5}, "5.5", False),
        ({"at_least": 2, "at_most": 4}, "3", True),
        ({"at_least": 2, "at_most": 4}, "5", False),
        ({"at_most": 4}, "dk", False),
        ({"at_most": 4}, "", False),
        ({"given": True}, "0", True),
        ({"given": True}, "dk", True),
        ({"given": True}, "", False),
        ({"given": True}, " \n", False),
        ({"given": False}, "", True),
        ({"given": False}, "x", False),
        ({"is": [3, 4], "at_least": 4}, "3", False),
    ],
)
def test_an_earlier_answer_decides(wanted: dict[str, Any], value: str, truth: bool) -> None:
    assert says({"answer": "q1", **wanted}, {"q1": value}) is truth


@pytest.mark.parametrize(
    ("condition", "truth"),
    [
        ({"answer": "q1", "is": "a"}, None),
        ({"not": {"answer": "q1", "is": "a"}}, None),
        ({"all": [{"answer": "q1", "is": "a"}, {"role": "official"}]}, None),
        ({"all": [{"answer": "q1", "is": "a"}, {"role": "governor"}]}, False),
        ({"any": [{"answer": "q1", "is": "a"}, {"role": "official"}]}, True),
        ({"any": [{"answer": "q1", "is": "a"}, {"role": "governor"}]}, None),
    ],
)
def test_an_answer_that_is_not_known_leaves_open_what_depends_on_it(
    condition: dict[str, Any], truth: bool | None
) -> None:
    assert says(condition) is truth


@given(conditions(Q1), st.sampled_from(["", "a", "b", "c"]), st.sampled_from(["", "1", "2", "3"]))
@tries(60)
def test_what_is_said_early_is_never_taken_back(condition: dict[str, Any], first: str, second: str) -> None:
    known = says(condition, {"q1": first, "q2": second})
    assert known is not None
    for part in ({}, {"q1": first}, {"q2": second}):
        assert says(condition, part) in {known, None}


@given(conditions(Q1), st.sampled_from(["", "a", "b", "c"]), st.sampled_from(["", "1", "2", "3"]))
@tries(40)
def test_a_condition_means_the_same_after_it_was_stored(condition: dict[str, Any], first: str, second: str) -> None:
    read = READ.validate_python(condition)
    again = READ.validate_json(READ.dump_json(read))
    assert again == read
    assert holds(again, ANNA, {"q1": first, "q2": second}.get) is says(condition, {"q1": first, "q2": second})


def test_the_parts_of_a_condition_are_found_in_order() -> None:
    condition = READ.validate_python(
        {"all": [{"role": "official"}, {"not": {"any": [{"answer": "q1", "is": "a"}, {"kind": "provider"}]}}]}
    )
    assert [type(atom).__name__ for atom in atoms(condition)] == ["WhenRole", "WhenAnswer", "WhenKind"]


@pytest.mark.parametrize(
    "condition",
    [{}, {"role": []}, {"role": "official", "kind": "provider"}, {"all": []}, {"rol": "official"}, 5, "role", None, [],
     {"kind": "municipalty"}, {"answer": "q1", "at_least": "nan"}, {"answer": "q1", "is": True}],
)  # fmt: skip
def test_what_is_no_condition_is_refused(condition: object) -> None:
    with pytest.raises(ValidationError):
        READ.validate_python(condition)


@given(st.text(max_size=20))
@tries(40)
def test_any_stored_answer_can_be_looked_at(value: str) -> None:
    wanted = WhenAnswer.model_validate({"answer": "q1", "is": "a", "at_least": 1})
    assert fits(wanted, value) in {True, False}
