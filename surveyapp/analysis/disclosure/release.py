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

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from itertools import combinations
from typing import Final

from surveyapp.analysis.disclosure.exact import Ranks, Span, Vector, null_vectors, primitive, sees_only

Row = tuple[tuple[int, Vector], ...]
"""The non-zero coefficients of a published number: pairs of a block and its atoms' coefficients per person."""
Rows = tuple[Vector, ...]
Choice = tuple[int, Rows]
"""How many people may be seen in a block, and what that asks of the weights of the region's rows."""

NOTHING: Final = Ranks()
MOST_STEPS = 500
"""A search that takes more is given up, and the number is not published."""
MOST_IN_ALL = 5_000
"""What all searches for one theme or item may take together; after that only numbers with a short proof go out."""
OUT_OF_REACH = 1_000_000
"""People to be seen in an organisation of which every role has more than may be seen."""


@dataclass
class Effort:
    """How many steps searches may still take; counted, not timed, so that it is the same on every machine."""

    left: int = field(default_factory=lambda: MOST_IN_ALL)

    def spent(self) -> bool:
        """Take one step; whether there was none left."""
        self.left -= 1
        return self.left < 0


@dataclass(frozen=True)
class Release:
    """Numbers published so far, over blocks of atoms with their numbers of people."""

    blocks: tuple[Vector, ...]
    threshold: int
    regional: tuple[Rows, ...] = ()
    """Per block its coefficients in each of the rows that speak of several blocks."""
    local: tuple[Rows, ...] = ()
    """Per block the rows that speak of no other block."""
    number: int = 0
    """How many rows speak of several blocks."""
    proof: frozenset[int] | None = field(default=None, compare=False)
    """Blocks that alone show that nothing leaks across blocks; as long as they stay as they are, nothing does."""
    effort: Effort = field(default_factory=Effort, compare=False)
    """Shared with all releases that were made from the same empty one."""

    @classmethod
    def empty(cls, blocks: tuple[Vector, ...], threshold: int) -> "Release":
        return cls(blocks, threshold, ((),) * len(blocks), ((),) * len(blocks))

    def with_row(self, row: Row) -> "Release":
        """This release and one number more; this one itself where the number follows from its like."""
        if len(row) > 1:
            known = dict(row)
            regional: tuple[Rows, ...] = tuple(
                (*rows, known.get(block, (0,) * len(sizes)))
                for block, (rows, sizes) in enumerate(zip(self.regional, self.blocks, strict=True))
            )
            longer = replace(self, regional=regional, number=self.number + 1, proof=None)
            return longer if longer.rank_of_the_region == longer.number else self
        ((block, vector),) = row
        rows = (*self.local[block], primitive(vector))
        if Span(rows).rank < len(rows):
            return self
        local = (*self.local[:block], rows, *self.local[block + 1 :])
        kept = None if self.proof is None or block in self.proof else self.proof
        return replace(self, local=local, proof=kept)

    def admitting(self, row: Row) -> "Release | None":
        """This release and one number more, or nothing if it would leak."""
        longer = self.with_row(row)
        if longer is self:
            return self
        inside = len(row) == 1 and longer.leaks_inside(row[0][0])
        return None if inside else longer.proved()

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
        return self.proved() is None

    def proved(self) -> "Release | None":
        """This release, with a proof if there is a short one; nothing if it leaks across blocks."""
        if not self.number or self.proof is not None:
            return self
        order = _by_ease(self.blocks, self.threshold)
        choices = {block: found for block in order if (found := self._choices(block))[0][1]}
        rank = self._rank(choices.values())
        for sequence in (list(choices), sorted(choices, key=lambda block: len(choices[block][0][1]))):
            used = _packed([choices[block] for block in sequence], rank, self.threshold - 1)
            if used is not None:
                return replace(self, proof=frozenset(sequence[place] for place in used))
        search = _Search(list(choices.values()), rank, self.effort)
        return None if search.finds(NOTHING, 0, self.threshold - 1) else self

    def _rank(self, choices: Iterable[tuple[Choice, ...]]) -> int:
        """Of all conditions that hold where nobody may be seen."""
        found = Span()
        for (_, conditions), *_ in choices:
            found = found.extended(conditions)
            if found.rank == self.number:
                break
        return found.rank

    def _choices(self, block: int) -> tuple[Choice, ...]:
        return _choices(self.blocks[block], self.threshold, self.local[block], self.regional[block])

    @property
    def rank_of_the_region(self) -> int:
        """Of the rows that speak of several blocks, by themselves."""
        found = Span()
        for rows in self.regional:
            found = found.extended(tuple(zip(*rows, strict=True)))
            if found.rank == self.number:
                break
        return found.rank


@lru_cache(maxsize=256)
def _by_ease(blocks: tuple[Vector, ...], threshold: int) -> tuple[int, ...]:
    """Blocks of which nobody can be seen come first: they tighten without branching. Then the costly ones.

    Of equals the small one comes first, which is tried last for publication, so that a proof stands for long.
    """

    def ease(block: int) -> tuple[int, int]:
        cheapest = min((people for people, _ in subsets(blocks[block], threshold)), default=OUT_OF_REACH)
        return -cheapest, sum(blocks[block])

    return tuple(sorted(range(len(blocks)), key=ease))


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
    found = (
        primitive([sum(vector[atom] * part for atom, part in zip(unseen, free, strict=True)) for vector in regional])
        for free in null_vectors(local, unseen)
    )
    return tuple(condition for condition in found if any(condition))


def _packed(
    choices: Iterable[tuple[Choice, ...]], rank: int, people: int, conditions: Ranks = NOTHING
) -> list[int] | None:
    """The places of blocks that prove that to see ``people`` changes nothing.

    These are disjoint sets of blocks, each of which settles the weights as long as nobody of it is seen. Whoever sees
    somebody of every set sees at least as many people as the cheapest blocks of the sets together have. None where
    the sets do not come to more than ``people``.
    """
    span, cost, total = conditions, OUT_OF_REACH, 0
    used: list[int] = []
    known: set[Rows] = set()
    for place, ((_, unseen), *seen) in enumerate(choices):
        if unseen in known:
            continue
        known.add(unseen)
        longer = span.extended(unseen)
        if longer is span:
            continue
        span = longer
        used.append(place)
        cost = min(cost, seen[0][0] if seen else OUT_OF_REACH)
        if span.rank == rank:
            total += cost
            if total > people:
                return used
            span, cost = conditions, OUT_OF_REACH
            known.clear()
    return None


class _Search:
    """Looks for a set of people, fewer than the threshold, that leaves weights over."""

    def __init__(self, choices: list[tuple[Choice, ...]], rank: int, effort: Effort) -> None:
        self._choices = choices
        self._rank = rank
        self._effort = effort
        self._steps = 0

    def finds(self, conditions: Ranks, start: int, people: int) -> bool:
        """Whether blocks from ``start`` on can be chosen, at most ``people`` seen, below the full rank."""
        if conditions.rank == self._rank:
            return False
        self._steps += 1
        if self._steps > MOST_STEPS or self._effort.spent():
            return True
        if _packed(self._choices[start:], self._rank, people, conditions) is not None:
            return False
        known: set[Rows] = set()
        for block in range(start, len(self._choices)):
            unseen, *seen = self._choices[block]
            if unseen[1] in known:
                continue
            known.add(unseen[1])
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
