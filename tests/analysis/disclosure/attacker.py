"""An outsider who has everything that was printed and knows who answered what, and works out the rest.

Independent of the product on purpose: floating point instead of whole numbers, classes of people instead of atoms, the
null space instead of conditions on weights, every set of people instead of a search. The coefficients of a printed
number are worked out from the people themselves, by the definitions.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from surveyapp.questionnaires.questionnaire import Questionnaire
from tests.analysis.builders import Person, mark_of

TOLERANCE = 1e-9
NEARLY = 1e-6
BATCH = 2_000
Weights = dict[int, float]
"""Person -> the weight of that person's score in a printed number."""
Class = tuple[str, str, tuple[str, ...]]
"""Organisation, role and the items answered: people whom no printed number tells apart."""


@dataclass(frozen=True)
class Leak:
    """A set of people about whom something follows from what was printed."""

    people: int
    classes: tuple[Class, ...]
    keys: tuple[str, ...]
    """The theme or items whose numbers were combined."""


@dataclass(frozen=True)
class Attacker:
    """Knows the people and which items each answered; not the marks."""

    people: Sequence[Person]
    questionnaire: Questionnaire
    region: frozenset[str]

    def leaks(self, scores: pd.DataFrame, gaps: pd.DataFrame, threshold: int) -> Iterator[Leak]:
        """Sets of fewer than ``threshold`` people who leak from one key, or from a theme together with its items."""
        yield from self.leaks_key_by_key(scores, gaps, threshold)
        for theme in self.questionnaire.themes:
            family = (theme, *(item.key for item in self.questionnaire.scored_items(theme)))
            yield from self._leaks_of(family, scores, gaps, threshold)

    def leaks_key_by_key(self, scores: pd.DataFrame, gaps: pd.DataFrame, threshold: int) -> Iterator[Leak]:
        """The same from one theme or item at a time."""
        for key in sorted(scores["key"].unique()):
            yield from self._leaks_of((key,), scores, gaps, threshold)

    def _leaks_of(
        self, keys: tuple[str, ...], scores: pd.DataFrame, gaps: pd.DataFrame, threshold: int
    ) -> Iterator[Leak]:
        classes = {person: kind for person in range(len(self.people)) if (kind := self._class(person, keys))[2]}
        sizes = Counter(classes.values())
        columns = {unknown: place for place, unknown in enumerate((kind, item) for kind in sizes for item in kind[2])}
        equations = []
        for key in keys:
            for weights in self._known(scores, gaps, key):
                row = np.zeros(len(columns))
                for person, weight in weights.items():
                    items = self.answered(person, key)
                    for item in items:
                        row[columns[classes[person], item]] += weight / len(items)
                equations.append(row / np.abs(row).max())
        if not equations:
            return
        groups = list(groups_below(sizes, threshold))
        seen = [[columns[kind, item] for kind in group for item in kind[2]] for group in groups]
        for place in told(null_space(np.array(equations)), seen):
            yield Leak(sum(sizes[kind] for kind in groups[place]), groups[place], keys)

    def _known(self, scores: pd.DataFrame, gaps: pd.DataFrame, key: str) -> Iterator[Weights]:
        """What the printed numbers of a theme or item are made of, per person."""
        for row in scores[scores["key"] == key].to_dict("records"):
            organisation, role = str(row["organisation"]), str(row["role"])
            if not np.isnan(row["mean"]):
                members = self._members(key, organisation, role)
                yield {person: 1 / len(members) for person in members}
            if not np.isnan(row["equal"]):
                yield self._equal(key, role)
            if not np.isnan(row["lower"]) and organisation == "all":
                yield self._bounds(key, role)
        for row in gaps[gaps["key"] == key].to_dict("records"):
            if not np.isnan(row["gap"]):
                yield self._gap(key, str(row["role_a"]), str(row["role_b"]))

    def _members(self, key: str, organisation: str, role: str) -> list[int]:
        places = self.region if organisation == "all" else {organisation}
        return [
            person
            for person, one in enumerate(self.people)
            if one.organisation in places and role in (one.role, "all") and self.answered(person, key)
        ]

    def _equal(self, key: str, role: str) -> Weights:
        cells = [members for place in self.region if (members := self._members(key, place, role))]
        return {person: 1 / len(members) / len(cells) for members in cells for person in members}

    def _bounds(self, key: str, role: str) -> Weights:
        """The mean over organisations of the lower bounds.

        Everybody present was invited, nobody else. Those to whom a statement does not apply do not count.
        """
        weights: Weights = {}
        for place in self.region:
            here = [one for one in self.people if (one.organisation, one.role) == (place, role)]
            could = sum(one.answers.get(key) != "na" for one in here)
            weights |= dict.fromkeys(self._members(key, place, role), 1 / max(1, could))
        return weights

    def _gap(self, key: str, role_a: str, role_b: str) -> Weights:
        pairs = [
            (self._members(key, place, role_a), self._members(key, place, role_b)) for place in sorted(self.region)
        ]
        pairs = [(a, b) for a, b in pairs if a and b]
        weights = {person: 1 / len(a) / len(pairs) for a, _ in pairs for person in a}
        return weights | {person: -1 / len(b) / len(pairs) for _, b in pairs for person in b}

    def answered(self, person: int, key: str) -> tuple[str, ...]:
        """The items behind a person's score on a theme or item; none where the person has no score."""
        return self._answered.get((person, key), ())

    @cached_property
    def _answered(self) -> dict[tuple[int, str], tuple[str, ...]]:
        found: dict[tuple[int, str], tuple[str, ...]] = {}
        for person, one in enumerate(self.people):
            for theme in self.questionnaire.themes:
                put = self.questionnaire.scored_items(theme, one.role)
                items = tuple(item.key for item in put if mark_of(one, item, self.questionnaire) is not None)
                found |= {(person, item): (item,) for item in items}
                if items and 2 * len(items) >= len(put):
                    found[person, theme] = items
        return found

    def _class(self, person: int, keys: tuple[str, ...]) -> Class:
        one = self.people[person]
        return one.organisation, one.role, tuple(sorted({item for key in keys for item in self.answered(person, key)}))


def null_space(matrix: NDArray[np.float64]) -> NDArray[np.float64]:
    """Columns: a basis of everything about which the equations say nothing."""
    _, values, right = np.linalg.svd(matrix)
    rank = int((values > TOLERANCE).sum())
    return right[rank:].T


def told(unknown: NDArray[np.float64], groups: Sequence[Sequence[int]]) -> Iterator[int]:
    """Which groups of columns are not free of one another where nothing is known: something of them follows.

    Groups of one size are tried at once, roughly, and those that might be told once more, each by itself.
    """
    products = unknown @ unknown.T
    for size in sorted(set(map(len, groups))):
        places = [place for place, group in enumerate(groups) if len(group) == size]
        for start in range(0, len(places), BATCH):
            batch = places[start : start + BATCH]
            chosen = np.array([groups[place] for place in batch])
            smallest = np.linalg.eigvalsh(products[chosen[:, :, None], chosen[:, None, :]])[:, 0]
            for place in (batch[near] for near in np.flatnonzero(smallest < NEARLY)):
                if np.linalg.matrix_rank(unknown[groups[place]], tol=TOLERANCE) < size:
                    yield place


def groups_below(sizes: Mapping[Class, int], threshold: int) -> Iterator[tuple[Class, ...]]:
    """The sets of classes with fewer people than the threshold that cannot grow."""
    small = sorted((kind for kind, size in sizes.items() if size < threshold), key=lambda kind: (sizes[kind], kind))
    for count in range(1, threshold):
        for group in combinations(small, count):
            people = sum(sizes[kind] for kind in group)
            if people >= threshold:
                continue
            smallest_other = next((sizes[kind] for kind in small if kind not in group), threshold)
            if people + smallest_other >= threshold:
                yield group
