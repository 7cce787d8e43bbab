"""Times are kept in UTC and shown in Amsterdam."""

from datetime import UTC, date, datetime

from surveyapp import clock


def test_now_knows_its_zone() -> None:
    assert clock.now().tzinfo is UTC


def test_a_closing_date_means_one_minute_to_midnight_in_amsterdam_winter_and_summer() -> None:
    assert clock.end_of(date(2026, 12, 1)) == datetime(2026, 12, 1, 22, 59, tzinfo=UTC)
    assert clock.end_of(date(2026, 7, 1)) == datetime(2026, 7, 1, 21, 59, tzinfo=UTC)


def test_local_shows_the_same_moment() -> None:
    moment = datetime(2026, 12, 1, 22, 59, tzinfo=UTC)
    assert clock.local(moment) == moment
    assert clock.local(moment).hour == 23
