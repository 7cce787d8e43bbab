"""What changed between two waves, in one tidy frame: for the research team, and for readers of two publications.

The team's numbers come from the tallies (``waves``). What is published is compared with nothing but its printed
numbers, so that the comparison tells nobody anything that the two publications do not.
"""

from collections.abc import Collection, Mapping
from typing import Final

import numpy as np
import pandas as pd

from surveyapp.analysis.agreement import Numbers
from surveyapp.analysis.continuity import COMPARABLE, OTHER_ORGANISATIONS, RESCALED, SAME, continuity
from surveyapp.analysis.counts import EVERYONE, Counts
from surveyapp.analysis.disclosure import SafeResults
from surveyapp.analysis.headlines import bounds_of_headlines, headlines, most_points
from surveyapp.analysis.tallies import Tallies
from surveyapp.analysis.waves import NOTABLE, changes
from surveyapp.questionnaires.questionnaire import Questionnaire

WAVE_CHANGE_COLUMNS: Final = (
    *("level", "key", "organisation", "role", "continuity", "broken", "n_before", "n_after"),
    *("before", "after", "change", "lower", "upper", "interval_lower", "interval_upper", "verdict"),
)
"""``before`` and ``after`` are the headlines: of organisation ``all`` means over organisations, else over respondents.
``lower`` and ``upper`` bound the change whatever the silent think; ``interval_...`` is its 95 % interval.

``continuity`` as in ``continuity``, or ``other-organisations``; ``broken`` where a mark must stand between the two
waves. Where they cannot be compared, change and verdict are empty; where ``rescaled``, all numbers run from 0 to 100.
``verdict`` is ``CHANGED`` (by half a point of five or more, or the bounds leave 0 out), ``UNCHANGED`` or empty.
"""
CHANGED: Final = "changed"
UNCHANGED: Final = "unchanged"
_KEYS: Final = ["level", "key", "organisation", "role"]
_CHANGE: Final = ["change", "lower", "upper", "interval_lower", "interval_upper"]
_TO_100: Final = 100.0
_USUAL_STEPS: Final = 4
_PRINTED: Final = 0.005
"""How far a printed number can be from what was rounded."""
_NOTHING: Final = 1e-9


def for_team(
    before: tuple[Counts, Questionnaire], after: tuple[Counts, Questionnaire], bridges: tuple[str, ...] = ()
) -> pd.DataFrame:
    """``WAVE_CHANGE_COLUMNS`` of two analysed waves, unrounded; the region over the organisations in both.

    ``bridges`` are items and themes declared to go on nevertheless. Intervals from ten respondents in either wave, with
    Welch's degrees of freedom.
    """
    first, second = ((Tallies.of(counts, asked), asked) for counts, asked in (before, after))
    found = changes(first, second, bridges=bridges)
    found = found.rename(columns={"lower": "interval_lower", "upper": "interval_upper", "changed": "verdict"})
    found = found.rename(columns={"least": "lower", "most": "upper", "first": "before", "second": "after"})
    found = found.rename(columns={"n_first": "n_before", "n_second": "n_after"})
    words = found["verdict"].map({True: CHANGED, False: UNCHANGED}).fillna("")
    return _told(found.assign(verdict=words.astype("str")))


def in_print(
    before: tuple[SafeResults, Questionnaire],
    after: tuple[SafeResults, Questionnaire],
    region: Collection[str],
    bridges: tuple[str, ...] = (),
) -> pd.DataFrame:
    """The same of two publications, from the printed numbers alone; ``region`` are its organisations, by code.

    Bounds are those that follow from the printed means and numbers of people, half a hundredth wider on either side for
    the rounding. Intervals are combined from the printed ones (``combined``). The region can be compared where it is
    made up of the same organisations.
    """
    goes_on = continuity(before[1], after[1], bridges)
    sides = [_side(results, asked, region, goes_on) for results, asked in (before, after)]
    found = sides[1].merge(sides[0], on=_KEYS, suffixes=("_after", "_before"))
    found = found.rename(columns={"mean_before": "before", "mean_after": "after"})
    found["continuity"] = found["key"].map(goes_on).astype("str")
    if _members(before[0], region) != _members(after[0], region):
        regional = found["organisation"].eq(EVERYONE) & found["continuity"].isin(COMPARABLE)
        found["continuity"] = found["continuity"].mask(regional, OTHER_ORGANISATIONS)
    found["change"] = found["after"] - found["before"]
    found["lower"] = found["lower_after"] - found["upper_before"]
    found["upper"] = found["upper_after"] - found["lower_before"]
    found["interval_lower"], found["interval_upper"] = combined(
        *(found[name].to_numpy(float) for name in ("before", "interval_lower_before", "interval_upper_before")),
        *(found[name].to_numpy(float) for name in ("after", "interval_lower_after", "interval_upper_after")),
    )
    return _told(found.assign(verdict=_verdict(found)))


def combined(
    before: Numbers,
    lower_before: Numbers,
    upper_before: Numbers,
    after: Numbers,
    lower_after: Numbers,
    upper_after: Numbers,
) -> tuple[Numbers, Numbers]:
    """The limits of ``after - before`` from those of either: d - sqrt((a - l_a)^2 + (u_b - b)^2), and so upwards.

    For intervals that reach as far to either side it is the usual interval of a difference (Zou & Donner 2008,
    Statistics in Medicine 27). NaN where one of the waves has none.
    """
    change = after - before
    down = np.sqrt((after - lower_after) ** 2 + (upper_before - before) ** 2)
    up = np.sqrt((upper_after - after) ** 2 + (before - lower_before) ** 2)
    return change - down, change + up


def _side(
    results: SafeResults, asked: Questionnaire, region: Collection[str], goes_on: Mapping[str, str]
) -> pd.DataFrame:
    """The headlines of one publication with their bounds and intervals, on 0 to 100 where the scale changed."""
    scores = results.scores
    scores = scores[scores["key"].isin(list(goes_on))].reset_index(drop=True)
    regional = scores["organisation"].eq(EVERYONE)
    sizes = most_points(asked)
    points = np.array([sizes[key] for key in scores["key"]], np.int64)
    lower, upper = bounds_of_headlines(scores, asked, region)
    numbers = {
        "mean": headlines(scores),
        "lower": lower - _PRINTED,
        "upper": upper + _PRINTED,
        "interval_lower": scores["interval_lower"].mask(regional),
        "interval_upper": scores["interval_upper"].mask(regional),
    }
    rescaled = scores["key"].map(goes_on).eq(RESCALED).to_numpy()
    unit, start = np.where(rescaled, _TO_100 / (points - 1), 1.0), np.where(rescaled, 1.0, 0.0)
    columns = {name: (column.to_numpy(float) - start) * unit for name, column in numbers.items()}
    return scores[_KEYS].assign(n=scores["n"], steps=(points - 1) * unit, **columns)


def _verdict(found: pd.DataFrame) -> "pd.Series[str]":
    notable = NOTABLE * found["steps_after"] / _USUAL_STEPS
    far = found["change"].abs() >= notable - _NOTHING
    beyond = found["lower"].gt(_NOTHING) | found["upper"].lt(-_NOTHING)
    words = pd.Series(np.where(far | beyond, CHANGED, UNCHANGED), index=found.index, dtype="str")
    return words.mask(found["change"].isna(), "")


def _told(found: pd.DataFrame) -> pd.DataFrame:
    """Nothing of a change where the two cannot be compared."""
    found = found.assign(broken=found["continuity"].ne(SAME))
    apart = ~found["continuity"].isin(COMPARABLE)
    found[_CHANGE] = found[_CHANGE].astype(float).mask(apart)
    found["verdict"] = found["verdict"].mask(apart, "")
    return found.loc[:, list(WAVE_CHANGE_COLUMNS)].reset_index(drop=True)


def _members(results: SafeResults, region: Collection[str]) -> frozenset[str]:
    return frozenset(results.scores["organisation"]) & frozenset(region)
