"""What was released before: together with it nothing new may give anybody away."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from math import isnan, nan
from typing import Any

import pandas as pd

from surveyapp.analysis.counts import EVERYONE
from surveyapp.analysis.disclosure.candidates import REGION, Name
from surveyapp.analysis.disclosure.deciding import Number
from surveyapp.analysis.disclosure.safe_results import DECIMALS, SafeResults
from surveyapp.analysis.disclosure.study import Study

COUNTED = ("dk", "na", "skipped")
"""The columns that count answers."""


class Past:
    """Earlier publications about the same people, by key."""

    def __init__(self, study: Study, gaps: pd.DataFrame, released: Sequence[SafeResults]) -> None:
        self._study = study
        places = zip(gaps["key"], gaps["role_a"], gaps["role_b"], strict=True)
        self._gaps = dict(zip(places, gaps["gap"].astype(float).round(DECIMALS), strict=True))
        self._numbers: dict[str, set[Number]] = {}
        self._counts: dict[str, set[Number]] = {}
        self._outdated: set[str] = set()
        for before in released:
            self._read_scores(before)
            self._read_gaps(before)

    def numbers(self, key: str) -> frozenset[Number]:
        """What is known of a theme or item already."""
        return frozenset(self._numbers.get(key, ()))

    def counts(self, key: str) -> frozenset[Number]:
        """The cells of a theme or item of which the counts of answers are known already."""
        return frozenset(self._counts.get(key, ()))

    @property
    def outdated(self) -> frozenset[str]:
        """Keys of which the people or their answers have changed since, with the theme and items they belong to.

        A second publication of those would show what the change was, so nothing of them can be published again.
        """
        members = self._study.basis.members
        families = [{theme, *items} for theme, items in members.items()]
        return frozenset().union(self._outdated, *(family for family in families if family & self._outdated))

    def _read_scores(self, before: SafeResults) -> None:
        columns = ("n", "mean", "equal", "lower", *COUNTED)
        now = {name: self._study.scores[name].astype(float).round(DECIMALS).to_numpy() for name in columns}
        for row in before.scores.to_dict("records"):
            key, place = str(row["key"]), (str(row["organisation"]), str(row["role"]))
            here = self._study.rows.get(key, {}).get(place)
            for name, column in _published(self._study, row):
                if here is None or any(not _same(now[each][here], float(row[each])) for each in ("n", column)):
                    self._outdated.add(key)
                else:
                    self._numbers.setdefault(key, set()).add((name, before.policy.threshold))
            if all(isnan(row[column]) for column in COUNTED):
                continue
            if here is None or any(not _same(now[each][here], float(row[each])) for each in ("n", *COUNTED)):
                self._outdated.add(key)
            else:
                cell = self._study.name(*place)
                self._counts.setdefault(key, set()).add((cell, before.policy.distribution))

    def _read_gaps(self, before: SafeResults) -> None:
        roles = self._study.roles_of
        for row in before.gaps.to_dict("records"):
            if isnan(row["gap"]):
                continue
            place = (row["key"], row["role_a"], row["role_b"])
            if not _same(self._gaps.get(place, nan), row["gap"]):
                self._outdated.add(row["key"])
            else:
                one, other = sorted((roles[row["role_a"]], roles[row["role_b"]]))
                name = Name(REGION, one, "gap", other)
                self._numbers.setdefault(row["key"], set()).add((name, before.policy.threshold))


def _published(study: Study, row: Mapping[Hashable, Any]) -> Iterator[tuple[Name, str]]:
    """The numbers in a row that the leak test knows, with the column that holds each."""
    organisation, role = str(row["organisation"]), str(row["role"])
    known = organisation in (*study.organisations, EVERYONE) and role in (*study.roles, EVERYONE)
    for column, statistic in (("mean", "mean"), ("equal", "equal"), ("lower", "bounds")):
        if isnan(float(row[column])) or (statistic == "bounds" and organisation != EVERYONE):
            continue
        name = study.name(organisation, role, statistic) if known else Name(REGION, REGION, "unknown")
        yield name, column


def _same(now: float, then: float) -> bool:
    return abs(now - then) < 1e-9
