"""A theme beside its statements: the veto once more, on the numbers of all of them together.

Where everybody answered every statement that was put to them, the sum of theme scores in a cell is the sum of all marks
over the number of statements. So a statement's mean that was withheld can follow from the theme's and those of the
other statements. Where somebody missed one, those who answered the same are a crowd of their own, as far as numbers of
people tell who did; where they do not, a cell's theme scores are taken to be unknown numbers of their own.
"""

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import numpy as np

from surveyapp.analysis.disclosure.as_printed import Values, atoms_of
from surveyapp.analysis.disclosure.candidates import Name
from surveyapp.analysis.disclosure.deciding import Decision
from surveyapp.analysis.disclosure.family import Family
from surveyapp.analysis.disclosure.past import Past
from surveyapp.analysis.disclosure.policy import Policy
from surveyapp.analysis.disclosure.room import (
    Atoms,
    Equation,
    Printed,
    Search,
    TooMuchWorkError,
    equation_of,
    with_room,
)
from surveyapp.analysis.disclosure.targets import Group, Targets, small_groups

_log = logging.getLogger(__name__)
MOST_CELLS: Final = 1_000
"""Of more cells than this, all statements counted, those of one organisation are looked at together."""
Named = tuple[str, Name]
"""A number of a theme or statement."""


@dataclass(frozen=True)
class Column:
    """An unknown sum: of a theme or statement, in a cell, over one of its crowds, which may be all of it."""

    key: str
    place: int
    role: int
    people: int
    crowd: int = 0
    is_whole_cell: bool = True


def after_veto_together(values: Values, decisions: Mapping[str, Decision], past: Past) -> dict[str, Decision]:
    """The same decisions, without what a theme and its statements would tell together; it depends on answers."""
    found, study = dict(decisions), values.study
    if not values.policy.width:
        return found
    for theme, items in study.basis.members.items():
        keys = [key for key in (theme, *items) if key in study.rows]
        if theme in keys[:1] and len(keys) > 1 and not past.outdated.intersection(keys):
            found = _less(found, _withheld(values, found, keys, past))
    return found


def _withheld(values: Values, decisions: Mapping[str, Decision], keys: Sequence[str], past: Past) -> frozenset[Named]:
    """What this publication alone may not show of a theme and its statements, and what it may not add to others."""
    theme, items = keys[0], keys[1:]
    atoms = {key: atoms_of(values.study, key) for key in keys}
    together = _Together(theme, Family.of(values.study, theme, items), atoms, values.policy)
    alone = together.vetoed(_printed(values, decisions, keys, {}))
    before = {key: past.numbers(key) for key in keys}
    thresholds = [threshold for numbers in before.values() for _, threshold in numbers]
    if not thresholds:
        return alone
    known = {key: frozenset(name for name, _ in numbers) for key, numbers in before.items()}
    left = _printed(values, _less(decisions, alone), keys, known)
    least = replace(values.policy, threshold=min(values.policy.threshold, *thresholds))
    return alone | replace(together, policy=least).vetoed(left)


def _less(decisions: Mapping[str, Decision], withheld: frozenset[Named]) -> dict[str, Decision]:
    return {
        key: decision.without(frozenset(name for of, name in withheld if of == key))
        for key, decision in decisions.items()
    }


def _printed(
    values: Values, decisions: Mapping[str, Decision], keys: Sequence[str], before: Mapping[str, frozenset[Name]]
) -> list[tuple[str, Printed]]:
    """The theme's numbers, then those of statements in the order of their importance, whichever statement it is."""
    ranked = [
        (key != keys[0], rank, place, key, each)
        for place, key in enumerate(keys)
        for rank, each in enumerate(values.printed(key, decisions[key], before.get(key, frozenset())))
    ]
    return [(key, each) for *_, key, each in sorted(ranked, key=lambda found: found[:3])]


@dataclass(frozen=True)
class _Together:
    theme: str
    family: Family
    atoms: Mapping[str, Atoms]
    """Of the theme and of each of its statements."""
    policy: Policy

    def vetoed(self, printed: Sequence[tuple[str, Printed]]) -> frozenset[Named]:
        """What to withhold of these, in the order of their importance."""
        if len(self._columns) <= MOST_CELLS:
            try:
                return self._without_room(printed, self._columns)
            except TooMuchWorkError:
                _log.info("too many numbers to look at all organisations together")
        found: frozenset[Named] = frozenset()
        for place in self.family.organisations:
            own = [(key, each) for key, each in printed if each.candidate.name.organisation == place]
            if {key for key, _ in own} > {self.theme}:
                found |= self._without_room(own, [column for column in self._columns if column.place == place])
        return found

    def _without_room(self, printed: Sequence[tuple[str, Printed]], columns: Sequence[Column]) -> frozenset[Named]:
        if all(each.fixed for _, each in printed):
            return frozenset()
        places = {column: at for at, column in enumerate(columns)}
        people = [column.people for column in columns]
        of_items = [at for at, column in enumerate(columns) if column.key != self.theme]
        points = np.array([self.atoms[column.key].points for column in columns])
        groups = list(self._groups(columns, people))
        targets = Targets.over(of_items, groups, people, points, self.policy, whole=True)
        if all(column.is_whole_cell for column in columns):
            targets.see_whole(np.array([self.atoms[each.key].sums[each.place, each.role] for each in columns]))
        whole = np.array([column.key != self.theme for column in columns])
        equations = tuple(self._equation(key, each, places) for key, each in printed)
        search = Search(people, points, whole, self.policy, tuple(each for _, each in printed), equations, targets)
        kept = {id(each) for each in with_room(search)}
        return frozenset((key, each.candidate.name) for key, each in printed if id(each) not in kept)

    @cached_property
    def _columns(self) -> list[Column]:
        """The unknown sums: of each statement's crowds, and of the theme's cells where it is not known who they are."""
        return [
            column
            for key, atoms in self.atoms.items()
            for cell, people in zip(atoms.cells, atoms.people, strict=True)
            for column in self._of_cell(key, *cell, people)
        ]

    def _of_cell(self, key: str, place: int, role: int, people: int) -> Iterator[Column]:
        crowds = self.family.crowds(place, role)
        if not crowds:
            yield Column(key, place, role, people)
        elif key != self.theme:
            here = [(at, crowd) for at, crowd in enumerate(crowds) if key in crowd.items]
            yield from (Column(key, place, role, crowd.people, at, len(here) == 1) for at, crowd in here)

    def _groups(self, columns: Sequence[Column], people: Sequence[int]) -> Iterator[Group]:
        """Crowds of one statement and one organisation, of fewer people than the threshold."""
        apart: dict[tuple[str, int], list[int]] = {}
        for at, column in enumerate(columns):
            if column.key != self.theme:
                apart.setdefault((column.key, column.place), []).append(at)
        for (_, place), own in apart.items():
            sizes = tuple(people[at] for at in own)
            for group in small_groups((place,) * len(own), sizes, self.policy.threshold):
                yield tuple(own[at] for at in group)

    def _equation(self, key: str, printed: Printed, places: Mapping[Column, int]) -> Equation:
        """The number as limits on a sum over the unknown sums."""
        atoms = self.atoms[key]
        alone = equation_of(printed, atoms)
        weights: dict[int, float] = {}
        for cell, weight in zip(alone.columns, alone.weights, strict=True):
            place, role = atoms.cells[cell]
            for column, share in self._parts(key, place, role, atoms.people[cell]):
                weights[places[column]] = weights.get(places[column], 0.0) + weight * share
        return Equation(tuple(weights), tuple(weights.values()), alone.low, alone.high)

    def _parts(self, key: str, place: int, role: int, people: int) -> Iterator[tuple[Column, float]]:
        """What the sum of a cell is made of."""
        crowds = self.family.crowds(place, role)
        if key != self.theme or not crowds:
            yield from ((column, 1.0) for column in self._of_cell(key, place, role, people))
            return
        for item in self.family.asked[role]:
            for column in self._of_cell(item, place, role, people):
                if crowds[column.crowd].is_scored:
                    yield column, 1 / len(crowds[column.crowd].items)
