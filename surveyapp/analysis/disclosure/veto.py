"""The veto on numbers that leave too little room: what each number is as printed, and the decisions without those."""

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import numpy as np
import pandas as pd

from surveyapp.analysis.counts import EVERYONE
from surveyapp.analysis.disclosure.candidates import REGION, Name, Structure
from surveyapp.analysis.disclosure.deciding import LINKED, Decision, Number
from surveyapp.analysis.disclosure.extremes import narrowest
from surveyapp.analysis.disclosure.past import Past
from surveyapp.analysis.disclosure.policy import Policy
from surveyapp.analysis.disclosure.room import Atoms, Printed, vetoed
from surveyapp.analysis.disclosure.safe_results import DECIMALS
from surveyapp.analysis.disclosure.study import Study

_log = logging.getLogger(__name__)
_COLUMNS: Final = {"mean": "mean", "equal": "equal", "bounds": "lower"}


def after_veto(
    study: Study, gaps: pd.DataFrame, decisions: Mapping[str, Decision], past: Past, policy: Policy
) -> dict[str, Decision]:
    """The same decisions, with the numbers withheld that leave too little open of somebody's answer.

    Depends on answers, so how many there were is logged and not where.
    """
    if not policy.withholds:
        return dict(decisions)
    values = _Values(study, gaps, policy)
    found: dict[str, Decision] = {}
    for key, decision in decisions.items():
        found[key] = _without(decision, _withheld(values, key, decision, past.numbers(key)))
    count = sum(len(decisions[key].shown) - len(found[key].shown) for key in found)
    if count:
        _log.info("%d numbers withheld for the audience %s: too little would stay open", count, policy.audience)
    return found


def _withheld(values: "_Values", key: str, decision: Decision, before: frozenset[Number]) -> frozenset[Name]:
    """What this publication alone may not show, and what it may not add to those before.

    Alone it keeps to its own threshold, with the others to the lowest of theirs, as in the leak test.
    """
    policy, atoms = values.policy, _atoms(values.study, key)
    alone = vetoed(atoms, list(values.printed(key, decision, frozenset())), policy)
    known = frozenset(name for name, _ in before)
    if not known:
        return alone
    least = min(policy.threshold, *(threshold for _, threshold in before))
    left = list(values.printed(key, _without(decision, alone), known))
    return alone | vetoed(atoms, left, replace(policy, threshold=least))


def _without(decision: Decision, names: frozenset[Name]) -> Decision:
    return replace(
        decision, suppressed={name: LINKED if name in names else why for name, why in decision.suppressed.items()}
    )


def _atoms(study: Study, key: str) -> Atoms:
    structure = Structure(study.people(key, "n"), study.within, study.could(key))
    means = study.scores["mean"].to_numpy(dtype=float)
    whole = key not in study.basis.members
    sums = {}
    for place, roles in enumerate(structure.present):
        for role in roles:
            row = study.rows[key][study.organisations[place], study.roles[role]]
            total = float(means[row]) * structure.sizes[place][role]
            sums[place, role] = float(round(total)) if whole else total
    return Atoms(structure, sums, study.basis.points[key], whole)


@dataclass(frozen=True)
class _Values:
    """Every number as it would be printed."""

    study: Study
    gaps: pd.DataFrame
    policy: Policy

    def printed(self, key: str, decision: Decision, before: frozenset[Name]) -> Iterator[Printed]:
        """In the order of their importance; those that went out before cannot be withheld any more."""
        half = 0.5 * 10.0**-DECIMALS
        for name, candidate in decision.candidates.items():
            value = self._value(key, name)
            if value is None:
                continue
            if name in before or (decision.shows(name) and self._stays(key, decision, name)):
                exact = self._exactly(key, name)
                known = (value, half) if exact is None else (exact, 0.0)
                yield Printed(candidate, *known, fixed=name in before)

    def _exactly(self, key: str, name: Name) -> float | None:
        """The mean of a statement beside which counts of answers may stand: from those it follows without rounding."""
        row = self._row(key, name)
        if row is None or name.statistic != "mean" or key in self.study.basis.members:
            return None
        enough = float(self.study.scores["n"].iloc[row]) >= self.policy.distribution
        return float(self.study.scores["mean"].iloc[row]) if enough else None

    def _row(self, key: str, name: Name) -> int | None:
        organisation = EVERYONE if name.organisation == REGION else self.study.organisations[name.organisation]
        role = EVERYONE if name.role < 0 else self.study.roles[name.role]
        return self.study.rows[key].get((organisation, role))

    def _stays(self, key: str, decision: Decision, name: Name) -> bool:
        """Whether it is not withheld for lying too near an end of the scale, itself or the mean in whose row it is."""
        if name.statistic == "gap":
            return True
        row_mean = replace(name, statistic="mean")
        return all(
            decision.shows(each)
            and (value := self._value(key, each)) is not None
            and narrowest(value, float(decision.candidates[each].share), self.study.basis.points[key])
            >= self.policy.width
            for each in ({name, row_mean} if name.statistic == "equal" else {row_mean})
        )

    def _value(self, key: str, name: Name) -> float | None:
        if name.statistic == "gap":
            return self._gaps.get((key, self.study.roles[name.role], self.study.roles[name.other]))
        row = self._row(key, name)
        if row is None:
            return None
        value = self._numbers[_COLUMNS[name.statistic]][row]
        return None if np.isnan(value) else float(value)

    @cached_property
    def _numbers(self) -> Mapping[str, np.ndarray[tuple[int], np.dtype[np.float64]]]:
        return {
            column: np.round(self.study.scores[column].to_numpy(dtype=float), DECIMALS) for column in _COLUMNS.values()
        }

    @cached_property
    def _gaps(self) -> Mapping[tuple[str, str, str], float]:
        """Key and two roles -> the difference, either way round."""
        columns = (self.gaps[name] for name in ("key", "role_a", "role_b", "gap"))
        found: dict[tuple[str, str, str], float] = {}
        for key, one, other, gap in zip(*columns, strict=True):
            if not np.isnan(gap):
                value = round(float(gap), DECIMALS)
                found[str(key), str(one), str(other)] = value
                found[str(key), str(other), str(one)] = -value
        return found
