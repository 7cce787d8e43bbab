"""What a set of published numbers gives away: the exact leak test.

Every published mean is a known linear combination of unknown answers. People of one role in one organisation weigh
the same in all of them: they are an *atom*, and the atoms of an organisation are a *block*. A set of numbers leaks if
some combination of them, other than zero, speaks of fewer people than the threshold.

Only the rows of the region link the blocks. So a combination is a choice of weights for those few rows, and in every
block the rows of that organisation must cancel what should not be seen; that is a handful of linear conditions on the
weights per block and per set of atoms that may be seen. Searching the sets that fit below the threshold, one block
at a time, ends as soon as the conditions leave no weights over. Nothing has to be enumerated beforehand, and
organisations that are too large to be seen cost nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import combinations

from surveyapp.analysis.disclosure.exact import Span, Vector, null_vectors, sees_only

Row = tuple[tuple[int, Vector], ...]
"""The non-zero coefficients of a published number: pairs of a block and its atoms' coefficients per person."""
Choice = tuple[int, tuple[Vector, ...]]
"""How many people may be seen in a block, and what that asks of the weights of the region's rows."""

MOST_STEPS = 5_000
"""A search that takes more is given up, and the number is not published."""


@dataclass(frozen=True)
class Release:
    """Numbers published so far, over blocks of atoms with their numbers of people (all at least 1)."""

    blocks: tuple[Vector, ...]
    threshold: int
    regional: tuple[Row, ...] = ()
    local: tuple[tuple[Vector, ...], ...] = ()
    """Per block the rows that speak of no other block."""

    @classmethod
    def empty(cls, blocks: tuple[Vector, ...], threshold: int) -> "Release":
        return cls(blocks, threshold, (), ((),) * len(blocks))

    def with_row(self, row: Row) -> "Release":
        """This release and one number more."""
        if len(row) > 1:
            return Release(self.blocks, self.threshold, (*self.regional, row), self.local)
        ((block, vector),) = row
        rows = (*self.local[block], vector)
        if Span(rows).rank < len(rows):
            return self
        local = (*self.local[:block], rows, *self.local[block + 1 :])
        return Release(self.blocks, self.threshold, self.regional, local)

    @property
    def leaks(self) -> bool:
        """Whether any combination of the numbers speaks of fewer people than the threshold; True if in doubt."""
        return any(map(self._leaks_inside, range(len(self.blocks)))) or self._leaks_across()

    def _leaks_inside(self, block: int) -> bool:
        rows = self.local[block]
        return bool(rows) and any(sees_only(rows, seen) for _, seen in subsets(self.blocks[block], self.threshold))

    def _leaks_across(self) -> bool:
        if not self.regional:
            return False
        choices = [choices for block in range(len(self.blocks)) if (choices := self._choices(block))]
        choices.sort(key=_ease)
        everything = Span(vector for (_, conditions), *_ in choices for vector in conditions)
        return _Search(choices, everything.rank).finds(Span(), 0, self.threshold - 1)

    def _choices(self, block: int) -> list[Choice]:
        """First what must hold where nobody of the block may be seen, then what suffices for those who may."""
        parts = [vector for row in self.regional for where, vector in row if where == block]
        if not parts:
            return []
        size = len(self.blocks[block])
        nothing = (0,) * size
        vectors = [dict(row).get(block, nothing) for row in self.regional]
        return [
            (people, self._conditions(self.local[block], vectors, tuple(a for a in range(size) if a not in seen)))
            for people, seen in [(0, ()), *subsets(self.blocks[block], self.threshold)]
        ]

    @staticmethod
    def _conditions(rows: tuple[Vector, ...], regional: list[Vector], unseen: tuple[int, ...]) -> tuple[Vector, ...]:
        return tuple(
            tuple(sum(vector[a] * w for a, w in zip(unseen, free, strict=True)) for vector in regional)
            for free in null_vectors(rows, unseen)
        )


class _Search:
    """Looks for a set of people, fewer than the threshold, that leaves weights over."""

    def __init__(self, choices: list[list[Choice]], rank: int) -> None:
        self._choices = choices
        self._rank = rank
        self._steps = 0

    def finds(self, conditions: Span, start: int, people: int) -> bool:
        """Whether blocks from ``start`` on can be chosen, at most ``people`` seen, below the full rank."""
        if conditions.rank == self._rank:
            return False
        self._steps += 1
        if self._steps > MOST_STEPS:
            return True
        for block in range(start, len(self._choices)):
            unseen, *seen = self._choices[block]
            tightened = conditions.extended(unseen[1])
            if tightened is conditions:
                continue
            return self.finds(tightened, block + 1, people) or any(
                self.finds(conditions.extended(enough), block + 1, people - cost)
                for cost, enough in seen
                if cost <= people
            )
        return True


@cache
def subsets(sizes: Vector, threshold: int) -> tuple[tuple[int, tuple[int, ...]], ...]:
    """The sets of atoms with fewer people together than the threshold: pairs of people and atoms."""
    return tuple(sorted(_subsets(sizes, threshold)))


def _subsets(sizes: Vector, threshold: int) -> Iterator[tuple[int, tuple[int, ...]]]:
    for count in range(1, len(sizes) + 1):
        for seen in combinations(range(len(sizes)), count):
            people = sum(sizes[atom] for atom in seen)
            if people < threshold:
                yield people, seen


def _ease(choices: list[Choice]) -> tuple[int, int]:
    """Blocks of which nobody can be seen come first: they tighten without branching. Then the costly ones."""
    cheapest = min((people for people, _ in choices[1:]), default=None)
    return (0, 0) if cheapest is None else (1, -cheapest)
