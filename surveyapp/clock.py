"""The only clock: every other module asks here what time it is, so that a test can decide."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def now() -> datetime:
    """The present moment in UTC; stored as such, shown in Amsterdam time."""
    return datetime.now(UTC)


def local(moment: datetime) -> datetime:
    """The same moment on an Amsterdam clock."""
    return moment.astimezone(AMSTERDAM)


def end_of(day: date) -> datetime:
    """The last minute of a closing date: 23:59 in Amsterdam, in UTC."""
    return datetime.combine(day, time(23, 59), tzinfo=AMSTERDAM).astimezone(UTC)
