"""What a correction may say once more although its theme changed: what the same readers were told, word for word.

A number that is printed again as it was tells nothing new. Everything else of a theme in which something changed would
be the change: the difference of two publications. So an organisation of which nothing that was ever printed would be
printed otherwise keeps the rows that it had; of the region nothing is repeated, nor of organisations that changed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import pandas as pd

from surveyapp.analysis.answered import Answered
from surveyapp.analysis.counts import EVERYONE
from surveyapp.analysis.disclosure.policy import Policy
from surveyapp.analysis.disclosure.safe_results import DECIMALS, TEXTS, SafeResults

Place = tuple[str, str]
"""Codes of an organisation and a role."""
Key = tuple[str, ...]
"""A theme or item; or a question and an option of it."""
Told = Mapping[Key, frozenset[Place]]
SCORES: Final = ["key", "organisation", "role"]
MEASURES: Final = ["question", "option", "organisation", "role"]
DISTRIBUTIONS: Final = [*MEASURES, "answer"]
SHOWN: Final = ""


@dataclass(frozen=True)
class Repeated:
    """Places of which a row may be printed again: its mean, its distribution, and the counts of answers to it."""

    means: Told = field(default_factory=dict)
    spreads: Told = field(default_factory=dict)
    answers: Told = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        scores: pd.DataFrame,
        answered: Answered | None,
        released: Sequence[SafeResults],
        policy: Policy,
        spread: Sequence[str],
    ) -> "Repeated":
        """Of what was released under the same policy; ``spread`` are the columns that tell of a distribution."""
        changed: set[str] = set()
        told: tuple[dict[Key, set[Place]], ...] = {}, {}, {}
        for before in released:
            means, measures = _shown(before.scores), _shown(before.measures)
            changed |= _changed(means, scores, SCORES)
            if answered is not None:
                changed |= _changed(measures, answered.measures, MEASURES)
                changed |= _changed(before.distributions, answered.distributions, DISTRIBUTIONS)
            if before.policy == policy:
                whole = means[_as_full(means, scores, spread)]
                for found, frame, width in zip(told, (means, whole, measures), (1, 1, 2), strict=True):
                    _tell(found, frame, width)
        return cls(*(_without(found, changed) for found in told))


def _shown(frame: pd.DataFrame) -> pd.DataFrame:
    return frame[frame["suppressed"].eq(SHOWN)].reset_index(drop=True)


def _beside(then: pd.DataFrame, now: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """What is now in the rows of then; empty where there is no such row."""
    return then[keys].merge(now, on=keys, how="left")


def _changed(then: pd.DataFrame, now: pd.DataFrame, keys: list[str]) -> set[str]:
    """The organisations of which anything that was printed would be printed otherwise now."""
    beside = _beside(then, now, keys)
    differs = np.zeros(len(then), bool)
    for name in then.columns.difference([*TEXTS]):
        was = then[name].to_numpy(dtype=float)
        is_now = beside[name].astype("float64").round(DECIMALS).to_numpy()
        differs |= ~np.isnan(was) & ~np.isclose(was, is_now, atol=1e-9, rtol=0)
    return set(then.loc[differs, "organisation"].astype(str))


def _as_full(then: pd.DataFrame, now: pd.DataFrame, columns: Sequence[str]) -> pd.Series:
    """The rows in which all of these columns were printed that have something to print now."""
    beside = _beside(then, now, SCORES)
    full = np.ones(len(then), bool)
    for name in columns:
        full &= then[name].notna().to_numpy() | beside[name].isna().to_numpy()
    return pd.Series(full, index=then.index)


def _tell(found: dict[Key, set[Place]], frame: pd.DataFrame, width: int) -> None:
    names = ["key"] if width == 1 else ["question", "option"]
    for *key, organisation, role in frame[[*names, "organisation", "role"]].itertuples(index=False, name=None):
        found.setdefault(tuple(map(str, key)), set()).add((str(organisation), str(role)))


def _without(told: Mapping[Key, set[Place]], changed: set[str]) -> Told:
    apart = {*changed, EVERYONE}
    return {key: frozenset(place for place in places if place[0] not in apart) for key, places in told.items()}
