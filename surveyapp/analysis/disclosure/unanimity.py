"""What follows for single people from counts of answers that are printed together, and which counts must go for it.

If all eight officials of a municipality said "4", their count of answers says what each of them answered; so it does
where nobody but the reader said anything else. And counts that look harmless can give such a group away together: of
ten people, two of them governors, eight said "5", and no governor of the region did. Counts are not negative, so this
is more than the leak test sees, which only adds and subtracts. A linear programme (HiGHS) tells how few of a group can
have given its answer as far as the printed counts go; where that is all of them, counts are withheld, the least
important first.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from surveyapp.analysis.agreement import Integers
from surveyapp.analysis.disclosure.candidates import EVERY_ROLE, REGION, Name

Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]
OTHERWISE: Final = 2
"""So many people of a shown count must have answered otherwise than most: one of them alone would know all others."""
SLACK: Final = 1e-6


def is_unanimous(counts: Integers) -> bool:
    """(A,): whether all answered the same, or all but one."""
    return bool(len(counts)) and int(counts.sum() - counts.max()) < OTHERWISE


@dataclass(frozen=True)
class _Target:
    """A group of people (cells, by their places) of whom so many gave one answer, and how many must be able not to."""

    cells: tuple[int, ...]
    answer: int
    people: int
    otherwise: int


class Counts:
    """The counts of answers (A) of one question in its cells: organisations (O) by roles (R) with anybody in them."""

    def __init__(self, counts: Integers, within: Sequence[bool]) -> None:
        """``counts`` is (O, R, A)."""
        self._given: Flags = counts > 0
        places = np.argwhere(counts.sum(axis=-1) > 0)
        self._cells = [(int(place), int(role)) for place, role in places]
        self._answers: Integers = counts[places[:, 0], places[:, 1]]
        self._within = tuple(within)

    def people(self, name: Name) -> Integers:
        """(A,): the counts of a row of a publication."""
        return np.asarray(self._answers[self._members(name)].sum(axis=0))

    def withheld(self, shown: Sequence[Name], fixed: frozenset[Name], candidates: Sequence[Name]) -> frozenset[Name]:
        """Of the rows ``shown``, the most important first, those that must go.

        ``fixed`` were printed before and stay known. ``candidates`` are all rows that were large enough; those that
        are not shown are protected as groups, where they are unanimous.
        """
        rows = {name: self._members(name) for name in (*fixed, *shown)}
        gone: set[Name] = set()
        open_to: list[Floats] = []
        for target in self._targets([name for name in candidates if name not in rows]):
            if self._can_trade(target, rows):
                continue
            while not self._leaves(target, open_to, list(rows.values())):
                loose = [name for name in shown if name not in gone and name not in fixed]
                chosen = [name for name in loose if rows[name][list(target.cells)].any()]
                if not chosen:
                    break
                gone.add(chosen[-1])
                del rows[chosen[-1]]
        return frozenset(gone)

    def _members(self, name: Name) -> Flags:
        return np.array(
            [
                (self._within[place] if name.organisation == REGION else name.organisation == place)
                and name.role in (EVERY_ROLE, role)
                for place, role in self._cells
            ],
            bool,
        )

    def _targets(self, hidden: Sequence[Name]) -> Iterator[_Target]:
        """Every cell in which all gave one answer, and every unanimous row that is not shown."""
        for cell, answers in enumerate(self._answers):
            if answers.max() == answers.sum():
                yield _Target((cell,), int(answers.argmax()), int(answers.sum()), 1)
        for name in hidden:
            answers = self.people(name)
            if is_unanimous(answers):
                cells = tuple(int(cell) for cell in np.flatnonzero(self._members(name)))
                yield _Target(cells, int(answers.argmax()), int(answers.sum()), OTHERWISE)

    def _can_trade(self, target: _Target, rows: Collection[Name]) -> bool:
        """Whether people of one cell can have traded answers with others, so that no printed count would change.

        With a role of their own organisation, while those roles trade back in another organisation of the region. This
        is quick, and nearly always settles it; it knows nothing of rows of one role in one organisation.
        """
        if len(target.cells) != 1 or any(name.organisation != REGION and name.role != EVERY_ROLE for name in rows):
            return False
        place, role = self._cells[target.cells[0]]
        others = (self._given[place] & (np.arange(self._given.shape[1]) != role)[:, None]).copy()
        others[:, target.answer] = False
        if not self._within[place]:
            return bool(others.any())
        back = self._trades[role, :, :, target.answer]
        own = self._given[place, role][None, :] & self._given[place, :, target.answer][:, None]
        return bool((others & (back - own > 0)).any())

    @cached_property
    def _trades(self) -> Integers:
        """(R, R, A, A): in how many organisations of the region a role gave an answer, and another role another."""
        given = self._given[list(self._within)].astype(np.int64)
        found: Integers = np.einsum("orb,osa->rsba", given, given)
        return found

    def _leaves(self, target: _Target, open_to: list[Floats], rows: Sequence[Flags]) -> bool:
        """Whether enough of a group can have answered otherwise; tables that were found to fit still fit later."""
        most = target.people - target.otherwise + SLACK
        cells = list(target.cells)
        if not any(row[cells].any() for row in rows):
            return True
        if any(table[cells, target.answer].sum() <= most for table in open_to):
            return True
        table = self._fewest(target, rows)
        open_to.append(table)
        return bool(table[cells, target.answer].sum() <= most)

    def _fewest(self, target: _Target, rows: Sequence[Flags]) -> Floats:
        """(cells, A): counts that fit what is printed, with as few as possible of the group giving its answer.

        Of all other cells, too, as few as possible give the answer that most of them gave: so one table serves many.
        """
        from scipy.optimize import linprog  # noqa: PLC0415 - never loaded by the web process

        known = [self._answers.sum(axis=1), *(self._answers[row].sum(axis=0) for row in rows)]
        objective = np.zeros(self._answers.shape)
        objective[np.arange(len(self._cells)), self._answers.argmax(axis=1)] = SLACK / max(1, self._answers.sum())
        objective[list(target.cells), target.answer] = 1.0
        found = linprog(
            objective.ravel(),
            A_eq=self._equations(rows),
            b_eq=np.concatenate(known).astype(float),
            bounds=(0, None),
            method="highs",
        )
        if found.x is None:
            raise ValueError("no answers fit the counts that are to be printed: they do not add up")
        return np.asarray(found.x, dtype=float).reshape(self._answers.shape)

    def _equations(self, rows: Sequence[Flags]) -> Any:  # noqa: ANN401 - linprog takes sparse ones; its stubs do not say so
        """(equations, cells * A): what adds up to the people of each cell, and to each printed count."""
        from scipy import sparse  # noqa: PLC0415 - never loaded by the web process

        size = self._answers.shape[1]
        people = sparse.kron(sparse.eye(len(self._cells)), np.ones((1, size)))
        return sparse.vstack([people, sparse.kron(sparse.csr_matrix(np.array(rows, float)), sparse.eye(size))])
