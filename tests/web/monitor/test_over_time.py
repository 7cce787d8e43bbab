"""The two lines of the figure over time."""

from datetime import date, timedelta

from surveyapp.queries.monitor import Day
from surveyapp.web.monitor.over_time import lines

FIRST = date(2026, 11, 1)


def days(*numbers: tuple[int, int]) -> list[Day]:
    return [
        Day(FIRST + timedelta(days=place), opened, submitted, 0) for place, (opened, submitted) in enumerate(numbers)
    ]


def test_a_line_begins_at_nothing_and_is_as_high_as_its_share_of_the_people_invited() -> None:
    found = lines(days((2, 0), (4, 1), (5, 4), (5, 5)), 10)
    assert found.top == 10
    assert found.opened == "0,100 25,80 50,60 75,50 100,50"
    assert found.submitted == "0,100 25,100 50,90 75,60 100,50"


def test_one_day_is_a_line_too() -> None:
    assert lines(days((1, 1)), 3).opened == "0,100 100,66.67"


def test_more_people_than_were_invited_fit() -> None:
    assert lines(days((8, 4)), 5).opened == "0,100 100,0"
    assert lines(days((8, 4)), 5).submitted == "0,100 100,50"


def test_without_days_or_people_there_is_nothing_to_divide_by() -> None:
    assert lines([], 0).opened == "0,100"
    assert lines(days((0, 0)), 0).opened == "0,100 100,100"
