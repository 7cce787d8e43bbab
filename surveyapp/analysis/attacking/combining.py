"""The first attack: combinations of printed numbers that are about a few people only.

What a group answered is told if its unknowns are not free of one another wherever all numbers stay the same: the null
space of the equations, seen through the group, has fewer dimensions than the group has unknowns.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations
from random import Random
from typing import Final

import numpy as np

from surveyapp.analysis.attacking.facts import Fact
from surveyapp.analysis.attacking.system import Crowded, Floats, System

TOLERANCE: Final = 1e-9
NEARLY: Final = 1e-6
BATCH: Final = 2_000
MOST_GROUPS: Final = 3_000
"""More sets of people than this are not listed but looked for at random."""
SHUFFLES: Final = 25

Group = tuple[Crowded, ...]


def told(system: System, least: int, seed: int = 0) -> Iterator[Group]:
    """Groups of fewer than ``least`` people about which something follows; those that hold a smaller one left out."""
    if not system.facts:
        return
    small = sorted((crowd for crowd in system.crowds if crowd.people < least), key=lambda crowd: crowd.people)
    groups = _below(small, least)
    candidates = groups if groups is not None else _likely(system, small, least, Random(seed))  # noqa: S311 - a search
    unknown = _null_space(system.matrix)
    found: list[Group] = []
    for group in _told(unknown, candidates):
        smallest = _smallest(unknown, group)
        if not any(set(other) <= set(smallest) for other in found):
            found.append(smallest)
            yield smallest


def _null_space(matrix: Floats) -> Floats:
    """Columns: a basis of everything about which the equations say nothing."""
    _, values, right = np.linalg.svd(matrix)
    rank = int((values > TOLERANCE).sum())
    return np.asarray(right[rank:].T, dtype=float)


def _below(small: Sequence[Crowded], least: int) -> list[Group] | None:
    """The sets of crowds with fewer people than ``least`` that cannot grow; None if there are too many.

    ``small`` goes from few people to many, so a set can grow as long as the smallest crowd outside it fits.
    """
    found: list[Group] = []
    waiting: list[tuple[tuple[int, ...], int]] = [((), 0)]
    while waiting:
        chosen, people = waiting.pop()
        smallest = next((place for place in range(len(small)) if place not in chosen), None)
        if smallest is None or people + small[smallest].people >= least:
            found += [tuple(small[place] for place in chosen)] if chosen else []
        for place in range(chosen[-1] + 1 if chosen else 0, len(small)):
            if people + small[place].people >= least:
                break
            waiting.append(((*chosen, place), people + small[place].people))
        if len(found) + len(waiting) > MOST_GROUPS:
            return None
    return found


def _likely(system: System, small: Sequence[Crowded], least: int, chance: Random) -> list[Group]:
    """Groups to try where there are too many: every crowd, pairs, and what eliminating at random leaves over.

    Elimination from the largest crowds to the smallest, in shuffled order, leaves rows that are about few people; as
    in information-set decoding, a row of small weight comes up after some shuffles with high probability.
    """
    found: dict[Group, None] = dict.fromkeys((crowd,) for crowd in small)
    found |= dict.fromkeys(pair for pair in combinations(small[:80], 2) if sum(crowd.people for crowd in pair) < least)
    for _ in range(SHUFFLES):
        order = sorted(system.crowds, key=lambda crowd: -crowd.people * chance.uniform(0.3, 1))
        columns = [unknown for crowd in order for unknown in crowd.unknowns]
        for row in _echelon(system.matrix[:, columns]):
            touched = {columns[place] for place in np.flatnonzero(np.abs(row) > NEARLY)}
            group = tuple(crowd for crowd in small if touched.intersection(crowd.unknowns))
            within = {unknown for crowd in group for unknown in crowd.unknowns}
            if touched and touched <= within and sum(crowd.people for crowd in group) < least:
                found[group] = None
    return list(found)


def _echelon(matrix: Floats) -> Floats:
    """Reduced from left to right; rows that became zero are left out."""
    rows = matrix.copy()
    top = 0
    for column in range(rows.shape[1]):
        if top == len(rows):
            break
        pivot = top + int(np.argmax(np.abs(rows[top:, column])))
        if abs(rows[pivot, column]) < TOLERANCE:
            continue
        rows[[top, pivot]] = rows[[pivot, top]]
        rows[top] /= rows[top, column]
        others = np.arange(len(rows)) != top
        rows[others] -= np.outer(rows[others, column], rows[top])
        top += 1
    return rows[:top]


def _columns(group: Group) -> list[int]:
    return [unknown for crowd in group for unknown in crowd.unknowns]


def _told(unknown: Floats, groups: Sequence[Group]) -> Iterator[Group]:
    """Groups of one width are tried at once, roughly, and those that might be told once more, each by itself."""
    products = unknown @ unknown.T
    for size in sorted({len(_columns(group)) for group in groups}):
        alike = [group for group in groups if len(_columns(group)) == size]
        for start in range(0, len(alike), BATCH):
            batch = alike[start : start + BATCH]
            chosen = np.array([_columns(group) for group in batch])
            smallest = np.linalg.eigvalsh(products[chosen[:, :, None], chosen[:, None, :]])[:, 0]
            for place in np.flatnonzero(smallest < NEARLY):
                if _is_told(unknown, batch[place]):
                    yield batch[place]


def _is_told(unknown: Floats, group: Group) -> bool:
    columns = _columns(group)
    return bool(np.linalg.matrix_rank(unknown[columns], tol=TOLERANCE) < len(columns))


def _smallest(unknown: Floats, group: Group) -> Group:
    """The same group without everybody who is not needed."""
    for crowd in sorted(group, key=lambda crowd: -crowd.people):
        without = tuple(other for other in group if other is not crowd)
        if without and _is_told(unknown, without):
            group = without
    return group


def recover(system: System, group: Group) -> tuple[float, float, tuple[Fact, ...]]:
    """What the group's mean comes to, from and to, and the numbers it was combined from.

    Where what follows is not the group's mean but some weighing of its answers, that weighing, as a mean.
    """
    columns = _columns(group)
    others = np.setdiff1d(np.arange(system.matrix.shape[1]), columns)
    left = _null_space(system.matrix[:, others].T) if len(others) else np.eye(len(system.facts))
    about = left.T @ system.matrix[:, columns]
    _, _, right = np.linalg.svd(about)
    rank = int(np.linalg.matrix_rank(about, tol=TOLERANCE))
    sums = np.ones(len(columns))
    weights = right[:rank].T @ (right[:rank] @ sums)
    if np.abs(weights).max() < NEARLY:
        weights = right[0]
    target = np.zeros(system.matrix.shape[1])
    target[columns] = weights
    chosen = np.linalg.lstsq(system.matrix.T, target, rcond=None)[0]
    middle, half = (system.low + system.high) / 2, (system.high - system.low) / 2
    scale = float(weights @ system.people[columns]) or 1.0
    value, margin = float(chosen @ middle) / scale, float(np.abs(chosen) @ half) / abs(scale)
    used = tuple(system.facts[place] for place in np.flatnonzero(np.abs(chosen) > NEARLY * np.abs(chosen).max()))
    return value - margin, value + margin, used
