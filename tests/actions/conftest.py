"""Time that a test decides."""

from datetime import datetime, timedelta

import pytest

from surveyapp import clock


class Time:
    """The clock of this test: it stands still until it is moved."""

    def __init__(self) -> None:
        self.moment = clock.now()

    def now(self) -> datetime:
        return self.moment

    def passes(self, **duration: float) -> None:
        self.moment += timedelta(**duration)


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Time:
    """A clock that stands still; ``time.passes(minutes=5)`` moves it."""
    stopped = Time()
    monkeypatch.setattr(clock, "now", stopped.now)
    return stopped
