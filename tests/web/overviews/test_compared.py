"""Two waves as a page looks them up."""

import math

import pandas as pd

from surveyapp.analysis.wave_changes import WAVE_CHANGE_COLUMNS
from surveyapp.web.overviews.compared import Compared

NAN = math.nan


def compared(**values: object) -> Compared:
    row = dict.fromkeys(WAVE_CHANGE_COLUMNS, NAN)
    place = {"level": "theme", "key": "g1", "organisation": "all", "role": "all"}
    told: dict[str, object] = {**row, "continuity": "same", "broken": False, "verdict": "", **place, **values}
    return Compared("Wave 1", "Wave 2", pd.DataFrame([told]))


def test_what_is_missing_is_none_and_what_is_there_has_its_bounds() -> None:
    found = compared(before=3.0, after=3.6, change=0.6, lower=-0.1, upper=1.2, n_before=7.0, verdict="changed")
    change = found.change("theme", "g1", "all", "all")
    assert change is not None
    assert (change.bounds, change.interval) == ((-0.1, 1.2), None)
    assert (change.n_before, change.n_after) == (7, None)
    assert change.changed is True


def test_nothing_is_said_of_a_change_that_is_not_known() -> None:
    change = compared(before=3.0).change("theme", "g1", "all", "all")
    assert change is not None
    assert (change.change, change.changed) == (None, None)


def test_what_only_one_wave_has_is_not_there() -> None:
    assert compared().change("theme", "g9", "all", "all") is None


def test_a_statement_that_was_worded_otherwise_breaks_the_trend() -> None:
    trends = {word: compared(continuity=word).change("theme", "g1", "all", "all") for word in ("same", "reworded")}
    assert {word: found.trend for word, found in trends.items() if found} == {"same": "same", "reworded": "broken"}
