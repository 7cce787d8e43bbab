"""Two waves compared: what changed, how sure that is, and what the silent could make of it.

The waves are compared as two groups of people; who answered twice is not known here (``linked`` is for those). That is
careful: the same people twice would vary less. In small groups the bounds are the honest answer; the interval assumes
that who answered had been drawn at random, in both waves.

Source: Welch 1947, Biometrika 34; Cochran 1977 for the share that answered; Manski 1995 for the bounds.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from surveyapp.analysis.agreement import Integers, Numbers, ratio
from surveyapp.analysis.cells import Flags, Number, named
from surveyapp.analysis.continuity import RESCALED, continuity
from surveyapp.analysis.counts import EVERYONE
from surveyapp.analysis.estimates import Estimates
from surveyapp.analysis.intervals import LEAST, Interval
from surveyapp.analysis.quantiles import CONFIDENCE
from surveyapp.analysis.tallies import Tallies
from surveyapp.questionnaires.questionnaire import Questionnaire

CHANGE_COLUMNS: Final = (
    "level",
    "key",
    "organisation",
    "role",
    "continuity",
    "organisations",
    "n_first",
    "n_second",
    "first",
    "second",
    "change",
    "se",
    "df",
    "lower",
    "upper",
    "least",
    "most",
    "changed",
)
NOTABLE: Final = 0.5
"""Scale points, on five, from which a change is called one."""
_USUAL_STEPS: Final = 4
_PERCENT: Final = 100.0
_NOTHING: Final = 1e-9
"""A difference below this is rounding."""


@dataclass(frozen=True, eq=False)
class Side:
    """One wave of the cells that are compared; arrays of one shape."""

    n: Integers
    mean: Numbers
    square: Numbers
    """The squared standard error of the mean."""
    df: Numbers
    lower: Numbers
    """Bounds of non-response on the mean."""
    upper: Numbers


def squared_error(variance: Numbers, n: Integers, population: Integers) -> Numbers:
    """(1 - n/N) s^2/n; where more answered than were invited N is unknown and taken as endless. NaN below two."""
    return np.where(n > 1, _not_answered(n, population) * ratio(variance, n), np.nan)


def difference(first: Side, second: Side, confidence: float = CONFIDENCE) -> tuple[Interval, Numbers, Numbers]:
    """The change with its interval (Welch's degrees of freedom), and the least and the most that it can have been.

    The bounds: everybody silent gave the highest mark in the first wave and the lowest in the second, or the other way
    round. NaN where one of the waves has no answers, or (bounds) no known number of invited people.
    """
    square = first.square + second.square
    df = ratio(square**2, ratio(first.square**2, first.df) + ratio(second.square**2, second.df))
    change = Interval.around(second.mean - first.mean, square, df, confidence)
    return change, second.lower - first.upper, second.upper - first.lower


def changes(
    first: tuple[Tallies, Questionnaire],
    second: tuple[Tallies, Questionnaire],
    *,
    bridges: tuple[str, ...] = (),
    least: int = LEAST,
    confidence: float = CONFIDENCE,
) -> pd.DataFrame:
    """``CHANGE_COLUMNS`` per theme and item of both waves, organisation of both waves and role, with ``all``.

    Means are pooled over the respondents of the cell; of organisation ``all`` they are means over the organisations of
    the region that answered in *both* waves (``organisations`` of them), each counting once. ``continuity`` says
    whether the trend goes on (``continuity.continuity``, with ``bridges``); of a rescaled key all numbers run from 0 to
    100. ``se``, ``df``, ``lower`` and ``upper`` need ``least`` respondents in both waves. ``changed``: by at least half
    a point of five, or the bounds leave 0 out; missing where there is no change to judge.
    """
    goes_on = continuity(first[1], second[1], bridges)
    rescaled = np.array([how == RESCALED for how in goes_on.values()], bool)
    one, other = Estimates.of(first[0]), Estimates.of(second[0])
    shared = _Shared.of(tuple(goes_on), one, other)
    waves = [_Wave.of(wave, shared, rescaled) for wave in (one, other)]
    members = shared.region[:, None] & (waves[0].n > 0) & (waves[1].n > 0)
    before, after = (wave.with_region(members) for wave in waves)
    change, lowest, highest = difference(before, after, confidence)
    few = (before.n < least) | (after.n < least) | np.isnan(change.se)
    taking_part = ((before.n > 0) & (after.n > 0)).astype(np.int64)
    taking_part[:, -1] = members.sum(axis=1)
    notable = NOTABLE * waves[1].steps[:, None, None] / _USUAL_STEPS
    numbers = (
        *(taking_part, before.n, after.n, before.mean, after.mean, change.estimate),
        *(np.where(few, np.nan, part) for part in (change.se, change.df, change.lower, change.upper)),
        *(lowest, highest, _changed(change.estimate, lowest, highest, notable)),
    )
    levels = [other.levels[other.keys.index(key)] for key in goes_on]
    return _frame(levels, goes_on, shared, numbers)


def _not_answered(n: Integers, population: Integers) -> Numbers:
    """1 - n/N: what part of the spread is left; all of it where N is unknown."""
    return np.where(n <= population, 1 - ratio(n, population), 1.0)


def _changed(change: Numbers, lowest: Numbers, highest: Numbers, notable: Numbers) -> Numbers:
    """1, 0 or NaN where there is nothing to judge."""
    found = (abs(change) >= notable - _NOTHING) | (lowest > _NOTHING) | (highest < -_NOTHING)
    return np.where(np.isnan(change), np.nan, found)


@dataclass(frozen=True)
class _Shared:
    """What both waves have, in the order of the second: keys (K), organisations (O) and roles (R, with ``all``)."""

    keys: tuple[str, ...]
    organisations: tuple[str, ...]
    roles: tuple[str, ...]
    region: Flags
    """(O,)."""

    @classmethod
    def of(cls, keys: tuple[str, ...], one: Estimates, other: Estimates) -> "_Shared":
        inside = dict(zip(other.cells.organisations, other.cells.region.tolist(), strict=True))
        organisations = tuple(code for code in other.cells.organisations if code in one.cells.organisations)
        roles = tuple(role for role in other.cells.columns if role in one.cells.columns)
        return cls(keys, organisations, roles, np.array([inside[code] for code in organisations], bool))


@dataclass(frozen=True, eq=False)
class _Wave:
    """One wave of what both have: arrays (K, O, R)."""

    steps: Numbers
    """(K,): the length of the scale in the units of the means."""
    n: Integers
    could: Integers
    mean: Numbers
    variance: Numbers
    lower: Numbers
    upper: Numbers

    @classmethod
    def of(cls, wave: Estimates, shared: _Shared, rescaled: Flags) -> "_Wave":
        """Means of a rescaled key are put on 0 to 100."""
        keys = _places(shared.keys, wave.keys)
        at = np.ix_(
            keys, _places(shared.organisations, wave.cells.organisations), _places(shared.roles, wave.cells.columns)
        )
        steps = np.maximum(wave.points[keys] - 1, 1).astype(np.float64)
        unit = np.where(rescaled, _PERCENT / steps, 1.0)[:, None, None]
        start = np.where(rescaled, 1.0, 0.0)[:, None, None]
        mean, lower, upper = ((part[at] - start) * unit for part in (wave.mean, wave.lower, wave.upper))
        return cls(steps * unit.ravel(), wave.n[at], wave.could[at], mean, wave.variance[at] * unit**2, lower, upper)

    def with_region(self, members: Flags) -> Side:
        """(K, O+1, R): the organisations, and last the mean over the ``members`` (K, O, R).

        An organisation with one respondent has no spread of its own: in the region all share the pooled one.
        """
        number = members.sum(axis=1)
        degrees = np.where(members, self.n - 1, 0).sum(axis=1)
        spread = np.where(members, np.nan_to_num(self.variance) * (self.n - 1), 0).sum(axis=1)
        of_size = np.where(members, ratio(_not_answered(self.n, self.could), self.n), 0).sum(axis=1)
        of_members = (np.where(members, part, 0).sum(axis=1) for part in (self.mean, self.lower, self.upper))
        mean, lower, upper = (ratio(total, number) for total in of_members)
        square = ratio(ratio(spread, degrees) * of_size, number**2)
        return Side(
            _below(self.n, np.where(members, self.n, 0).sum(axis=1)),
            _below(self.mean, mean),
            _below(squared_error(self.variance, self.n, self.could), square),
            _below((self.n - 1).astype(np.float64), degrees.astype(np.float64)),
            _below(self.lower, lower),
            _below(self.upper, upper),
        )


def _below(organisations: NDArray[Number], region: NDArray[Number]) -> NDArray[Number]:
    return np.concatenate([organisations, region[:, None]], axis=1)


def _places(wanted: Sequence[str], names: Sequence[str]) -> Integers:
    return np.array([names.index(name) for name in wanted], np.int64)


def _frame(
    levels: list[str], goes_on: Mapping[str, str], shared: _Shared, numbers: Sequence[Numbers | Integers]
) -> pd.DataFrame:
    key, row, column = np.indices(numbers[0].shape).reshape(3, -1)
    names = (
        named(levels, key),
        named(shared.keys, key),
        named((*shared.organisations, EVERYONE), row),
        named(shared.roles, column),
        named(tuple(goes_on.values()), key),
    )
    columns = (*names, *(part.ravel() for part in numbers))
    return pd.DataFrame(dict(zip(CHANGE_COLUMNS, columns, strict=True))).astype({"changed": "boolean"})
