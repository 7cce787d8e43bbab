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
from functools import cache, lru_cache
from itertools import combinations

from surveyapp.analysis.disclosure.exact import Span, Vector, null_vectors, sees_only

Row = tuple[tuple[int, Vector], ...]
"""The non-zero coefficients of a published number: pairs of a block and its atoms' coefficients per person."""
Rows = tuple[Vector, ...]
Choice = tuple[int, Rows]
"""How many people may be seen in a block, and what that asks of the weights of the region's rows."""

MOST_STEPS = 5_000
"""A search that takes more is given up, and the number is not published."""


@dataclass(frozen=True)
class Release:
    """Numbers published so far, over blocks of atoms with their numbers of people."""

    blocks: tuple[Vector, ...]
    threshold: int
    regional: tuple[Row, ...] = ()
    local: tuple[Rows, ...] = ()
    """Per block the rows that speak of no other block."""

    @classmethod
    def empty(cls, blocks: tuple[Vector, ...], threshold: int) -> "Release":
        return cls(blocks, threshold, (), ((),) * len(blocks))

    def with_row(self, row: Row) -> "Release":
        """This release and one number more; this one itself where the number follows from its like."""
        if len(row) > 1:
            if Span(map(self._flat, self.regional)).extended([self._flat(row)]).rank == len(self.regional):
                return self
            return Release(self.blocks, self.threshold, (*self.regional, row), self.local)
        ((block, vector),) = row
        rows = (*self.local[block], vector)
        if Span(rows).rank < len(rows):
            return self
        local = (*self.local[:block], rows, *self.local[block + 1 :])
        return Release(self.blocks, self.threshold, self.regional, local)

    def admitting(self, row: Row) -> "Release | None":
        """This release and one number more, or nothing if it would leak."""
        longer = self.with_row(row)
        if longer is self:
            return self
        inside = len(row) == 1 and longer.leaks_inside(row[0][0])
        return None if inside or longer.leaks_across else longer

    @property
    def leaks(self) -> bool:
        """Whether some combination of the numbers speaks of fewer people than the threshold."""
        return any(map(self.leaks_inside, range(len(self.blocks)))) or self.leaks_across

    def leaks_inside(self, block: int) -> bool:
        """Whether the numbers of one organisation alone speak of fewer people than the threshold."""
        rows = self.local[block]
        return bool(rows) and any(sees_only(rows, seen) for _, seen in subsets(self.blocks[block], self.threshold))

    @property
    def leaks_across(self) -> bool:
        """The same of the region's numbers, with those of the organisations; True if it could not be settled."""
        if not self.regional:
            return False
        vectors = [dict(row) for row in self.regional]
        choices = []
        for block, sizes in enumerate(self.blocks):
            nothing = (0,) * len(sizes)
            here = tuple(row.get(block, nothing) for row in vectors)
            if any(map(any, here)):
                choices.append(_choices(sizes, self.threshold, self.local[block], here))
        choices.sort(key=_ease)
        return _Search(choices, self._rank(choices)).finds(Span(), 0, self.threshold - 1)

    def _rank(self, choices: list[tuple[Choice, ...]]) -> int:
        """Of all conditions that hold where nobody may be seen."""
        found = Span()
        for (_, conditions), *_ in choices:
            found = found.extended(conditions)
            if found.rank == len(self.regional):
                break
        return found.rank

    def _flat(self, row: Row) -> Vector:
        known = dict(row)
        return tuple(value for block, sizes in enumerate(self.blocks) for value in known.get(block, (0,) * len(sizes)))


@lru_cache(maxsize=65_536)
def _choices(
    sizes: Vector, threshold: int, local: tuple[Vector, ...], regional: tuple[Vector, ...]
) -> tuple[Choice, ...]:
    """For a block: first what must hold where nobody of it may be seen, then what suffices for those who may."""
    atoms = range(len(sizes))
    return tuple(
        (people, _conditions(local, regional, tuple(atom for atom in atoms if atom not in seen)))
        for people, seen in [(0, ()), *subsets(sizes, threshold)]
    )


def _conditions(local: Rows, regional: Rows, unseen: tuple[int, ...]) -> Rows:
    """On the weights of the region's numbers, so that those of the organisation can cancel the unseen atoms."""
    return tuple(
        tuple(sum(vector[atom] * part for atom, part in zip(unseen, free, strict=True)) for vector in regional)
        for free in null_vectors(local, unseen)
    )


class _Search:
    """Looks for a set of people, fewer than the threshold, that leaves weights over."""

    def __init__(self, choices: list[tuple[Choice, ...]], rank: int) -> None:
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


def _ease(choices: tuple[Choice, ...]) -> tuple[int, int]:
    """Blocks of which nobody can be seen come first: they tighten without branching. Then the costly ones."""
    cheapest = min((people for people, _ in choices[1:]), default=None)
    return (0, 0) if cheapest is None else (1, -cheapest)
