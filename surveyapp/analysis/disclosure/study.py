"""The frame of scores as the gate reads it: numbers of people per key, organisation and role."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from surveyapp.analysis.counts import EVERYONE
from surveyapp.analysis.disclosure.candidates import EVERY_ROLE, REGION, Name
from surveyapp.analysis.disclosure.exact import Vector
from surveyapp.analysis.results import Basis, Results

Sizes = tuple[Vector, ...]
"""Organisations x roles."""
Place = tuple[str, str]


@dataclass(frozen=True)
class Study:
    """Scores with the places of their rows."""

    scores: pd.DataFrame
    basis: Basis
    organisations: tuple[str, ...]
    roles: tuple[str, ...]
    rows: Mapping[str, Mapping[Place, int]]
    """Key -> (organisation, role) -> row; keys of themes before those of items."""

    @classmethod
    def of(cls, results: Results) -> "Study":
        """Raises ``ValueError`` where the results do not say what they rest on, or do not add up to it."""
        if results.basis is None:
            raise ValueError("these results do not say what they rest on: give Results a basis")
        scores = results.scores.reset_index(drop=True)
        rows: dict[str, dict[Place, int]] = {}
        themes_first = scores["level"].ne("theme").sort_values(kind="stable").index
        columns = (scores[name] for name in ("key", "organisation", "role"))
        keys, organisations, roles = ([str(value) for value in column] for column in columns)
        for row in themes_first:
            rows.setdefault(keys[row], {})[organisations[row], roles[row]] = int(row)
        found = cls(scores, results.basis, _but_all(organisations), _but_all(roles), rows)
        found._check()
        return found

    @cached_property
    def within(self) -> tuple[bool, ...]:
        """Which organisations make up the region."""
        return tuple(organisation in self.basis.region for organisation in self.organisations)

    @property
    def roles_of(self) -> Mapping[str, int]:
        return {role: place for place, role in enumerate(self.roles)}

    def people(self, key: str, column: str) -> Sizes:
        """A column of counts per organisation and role; 0 where there is no row."""
        return self._sizes(key, self._counts[column])

    def asked(self, key: str) -> Sizes:
        """How many submitted responses stand behind the counts of answers."""
        return self._sizes(key, self._asked)

    def could(self, key: str) -> Sizes:
        """How many could have had a score; without those invited for whom an item does not apply."""
        applies = self._counts["invited"]
        if key not in self.basis.members:
            applies = applies - self._counts["na"]
        return self._sizes(key, np.maximum(applies, 0))

    def name(self, organisation: str, role: str, statistic: str = "mean") -> Name:
        """The name of a number in a row."""
        name = self._names[organisation, role]
        return name if statistic == name.statistic else replace(name, statistic=statistic)

    def named_rows(self, key: str) -> Iterator[tuple[Name, int]]:
        """The rows of a key, by the name of their mean."""
        for place, row in self.rows[key].items():
            yield self._names[place], row

    @cached_property
    def _names(self) -> Mapping[Place, Name]:
        organisations = {EVERYONE: REGION, **{code: place for place, code in enumerate(self.organisations)}}
        roles = {EVERYONE: EVERY_ROLE, **self.roles_of}
        return {
            (organisation, role): Name(place, at)
            for organisation, place in organisations.items()
            for role, at in roles.items()
        }

    @cached_property
    def _counts(self) -> Mapping[str, NDArray[np.int64]]:
        names = ("invited", "responded", "n", "dk", "na", "skipped")
        return {name: self.scores[name].fillna(0).to_numpy(dtype=np.int64) for name in names}

    @cached_property
    def _asked(self) -> NDArray[np.int64]:
        counts = self._counts
        answers = counts["n"] + counts["dk"] + counts["na"] + counts["skipped"]
        of_item = np.maximum(answers, counts["responded"])
        of_theme = np.maximum(counts["n"], counts["responded"])
        return np.where(self.scores["level"].eq("theme").to_numpy(), of_theme, of_item)

    def _sizes(self, key: str, counts: NDArray[np.int64]) -> Sizes:
        rows = self.rows[key]
        return tuple(
            tuple(int(counts[row]) if (row := rows.get((code, role))) is not None else 0 for role in self.roles)
            for code in self.organisations
        )

    def _check(self) -> None:
        for key, rows in self.rows.items():
            sizes = self.people(key, "n")
            members = [size for size, member in zip(sizes, self.within, strict=True) if member]
            totals = {(EVERYONE, role): sum(size[place] for size in members) for role, place in self.roles_of.items()}
            totals |= {(code, EVERYONE): sum(size) for code, size in zip(self.organisations, sizes, strict=True)}
            totals[EVERYONE, EVERYONE] = sum(map(sum, members))
            for place, expected in totals.items():
                if place in rows and (found := int(self._counts["n"][rows[place]])) != expected:
                    raise ValueError(f"{key}, {place[0]}, {place[1]}: n is {found}, its parts add up to {expected}")


def _but_all(names: list[str]) -> tuple[str, ...]:
    return tuple(name for name in dict.fromkeys(names) if name != EVERYONE)
