"""Time that a test decides, as in the tests of verbs."""

from tests.actions.conftest import Time, time

__all__ = ["Time", "time"]
