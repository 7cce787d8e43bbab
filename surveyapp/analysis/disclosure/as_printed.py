"""Every number as it would be printed, and the sums that it is made of."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import numpy as np
import pandas as pd

from surveyapp.analysis.counts import EVERYONE
from surveyapp.analysis.disclosure.candidates import REGION, Candidate, Name, Structure, candidates
from surveyapp.analysis.disclosure.deciding import Decision
from surveyapp.analysis.disclosure.extremes import narrowest
from surveyapp.analysis.disclosure.policy import Policy
from surveyapp.analysis.disclosure.room import Atoms, Printed
from surveyapp.analysis.disclosure.safe_results import DECIMALS
from surveyapp.analysis.disclosure.study import Study

_COLUMNS: Final = {"mean": "mean", "equal": "equal", "bounds": "lower"}
HALF: Final = 0.5 * 10.0**-DECIMALS
"""How far a number may lie from what it is rounded to."""


def atoms_of(study: Study, key: str) -> Atoms:
    """The cells of a theme or statement with what was really answered in them."""
    structure = _structure(study, key)
    means = study.scores["mean"].to_numpy(dtype=float)
    whole = key not in study.basis.members
    sums = {}
    for place, roles in enumerate(structure.present):
        for role in roles:
            row = study.rows[key][study.organisations[place], study.roles[role]]
            total = float(means[row]) * structure.sizes[place][role]
            sums[place, role] = float(round(total)) if whole else total
    return Atoms(structure, sums, study.basis.points[key], whole)


def _structure(study: Study, key: str) -> Structure:
    return Structure(study.people(key, "n"), study.within, study.could(key))


@dataclass(frozen=True)
class Values:
    """The numbers of a study under the rules for an audience."""

    study: Study
    gaps: pd.DataFrame
    policy: Policy

    def printed(self, key: str, decision: Decision, before: frozenset[Name]) -> Iterator[Printed]:
        """In the order of their importance; those that went out before cannot be withheld any more."""
        for name, candidate in ({**decision.candidates} | self._for_others(key, decision, before)).items():
            known = self._known(key, name)
            if known is not None and (name in before or (decision.shows(name) and self._stays(key, decision, name))):
                yield Printed(candidate, *known, fixed=name in before)

    def _known(self, key: str, name: Name) -> tuple[float, float] | None:
        """What is printed, and how far the number before rounding may lie from it."""
        value, row = self._value(key, name), self._row(key, name)
        if value is None:
            return None
        exact = self._exactly(key, name)
        if exact is not None:
            return exact, 0.0
        return self._between_bounds(row) if row is not None and name.statistic == "bounds" else (value, HALF)

    def _between_bounds(self, row: int) -> tuple[float, float]:
        """The lower bound by both: how far they lie apart is known, so that each tells how the other was rounded."""
        lower, upper = (float(self.study.scores[column].iloc[row]) for column in ("lower", "upper"))
        printed = float(np.round(lower, DECIMALS)), float(np.round(upper, DECIMALS)) - (upper - lower)
        low, high = max(printed) - HALF, min(printed) + HALF
        return (low + high) / 2, (high - low) / 2

    def _for_others(self, key: str, decision: Decision, before: frozenset[Name]) -> dict[Name, Candidate]:
        """What went out to another audience and is nothing that this one could see."""
        if before <= decision.candidates.keys():
            return {}
        every = candidates(_structure(self.study, key), Policy.attributable(self.policy.audience))
        return {each.name: each for each in every if each.name in before - decision.candidates.keys()}

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
