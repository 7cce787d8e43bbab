"""A ladder: its level is the highest rung of which all lower ones are met."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.questionnaires.kinds.ladder import LadderQuestion
from tests.effort import tries
from tests.questionnaires.sampled import questionnaire

RUNGS = ("list", "owner", "talks", "learn")


def ladder() -> LadderQuestion:
    question = questionnaire("ladder").questions["contracts"]
    assert isinstance(question, LadderQuestion)
    return question


@pytest.mark.parametrize(
    ("met", "level"),
    [
        ("none", 0),
        ("", 0),
        ("list", 1),
        ("owner", 0),
        ("list;owner", 2),
        ("owner;list", 2),
        ("list;talks;learn", 1),
        ("list;owner;talks;learn", 4),
    ],
)
def test_the_level_is_the_highest_rung_with_all_lower_ones_met(met: str, level: int) -> None:
    assert ladder().level(met) == level


@given(st.sets(st.sampled_from(RUNGS)), st.sampled_from(RUNGS))
@tries(60)
def test_meeting_one_more_rung_never_lowers_the_level(met: set[str], one: str) -> None:
    def level(rungs: set[str]) -> int:
        return ladder().level(";".join(sorted(rungs)) or "none")

    assert level(met | {one}) >= level(met)
    assert level(met) == max(height for height in range(5) if set(RUNGS[:height]) <= met)


def test_its_data_are_the_level_and_every_rung() -> None:
    level, *rungs = ladder().variables({})
    assert (level.key, level.measure, list(level.values)) == ("contracts", "ordinal", ["0", "1", "2", "3", "4"])
    assert level.values["2"]["en"] == "Every contract has an owner."
    assert [rung.key for rung in rungs] == [f"contracts.{rung}" for rung in RUNGS]
    assert list(rungs[0].values) == ["0", "1"]
