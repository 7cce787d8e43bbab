"""How hard a property is tried: a little on every run, much longer in ``make prove`` (``EFFORT`` times as often)."""

import os
from typing import Final

from hypothesis import HealthCheck, settings

UNHURRIED: Final = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture)
EFFORT: Final = int(os.environ.get("EFFORT", "1"))


def tries(usual: int) -> settings:
    """For ``@tries(50)`` above a property: this many examples, times the effort; slow machines are no failure.

    Every run tries the same examples, so that a change fails for what it changed; the long proofs try new ones.
    """
    return settings(
        max_examples=usual * EFFORT, deadline=None, derandomize=EFFORT == 1, suppress_health_check=UNHURRIED
    )
