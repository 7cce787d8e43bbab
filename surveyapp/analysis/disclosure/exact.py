"""Exact linear algebra on small integer vectors: no tolerance, so no rank is ever guessed.

Coefficients are rational; a row may be multiplied by any number without changing what it gives away, so whole numbers
do, and they are quick.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from math import gcd
from typing import Final

Vector = tuple[int, ...]
PRIME: Final = 2**31 - 1


def primitive(vector: Sequence[int]) -> Vector:
    """The shortest whole-number vector in the same direction."""
    divisor = gcd(*vector)
    return tuple(value // divisor for value in vector) if divisor > 1 else tuple(vector)


class Span:
    """The vectors that can be combined from some vectors. Extending gives a new span."""

    __slots__ = ("_rows",)

    def __init__(self, vectors: Iterable[Vector] = ()) -> None:
        self._rows: list[tuple[int, Vector]] = []
        for vector in vectors:
            self._include(vector)

    @property
    def rank(self) -> int:
        return len(self._rows)

    def remainder(self, vector: Vector) -> Vector:
        """What is left of a vector after the span explained what it can; all zeros if it lies inside."""
        for pivot, row in self._rows:
            if vector[pivot]:
                keep, drop = row[pivot], vector[pivot]
                vector = primitive([keep * left - drop * right for left, right in zip(vector, row, strict=True)])
        return vector

    def extended(self, vectors: Iterable[Vector]) -> "Span":
        """A span of these vectors too; this one itself where they add nothing."""
        longer = Span()
        longer._rows = self._rows.copy()
        for vector in vectors:
            longer._include(vector)
        return longer if longer.rank > self.rank else self

    def _include(self, vector: Vector) -> None:
        left = self.remainder(vector)
        pivot = next((place for place, value in enumerate(left) if value), None)
        if pivot is not None:
            self._rows.append((pivot, left))


class Ranks:
    """What some conditions settle, worked out modulo a prime: quick, and never more than what is true.

    Numbers that are independent modulo a prime are independent. The other way round need not be so, hence a rank that
    is reached here is a proof, and one that is not reached is none.
    """

    __slots__ = ("_rows",)

    def __init__(self, rows: tuple[tuple[int, Vector], ...] = ()) -> None:
        self._rows = rows
        """Vectors with a 1 at their pivot."""

    @property
    def rank(self) -> int:
        return len(self._rows)

    def extended(self, vectors: Iterable[Vector]) -> "Ranks":
        """With these conditions too; this one itself where they add nothing."""
        rows = self._rows
        for vector in vectors:
            left = vector
            for pivot, row in rows:
                if factor := left[pivot]:
                    left = tuple([(here - factor * there) % PRIME for here, there in zip(left, row, strict=True)])
            for pivot, value in enumerate(left):
                if value % PRIME:
                    scale = pow(value, -1, PRIME)
                    rows = (*rows, (pivot, tuple([part * scale % PRIME for part in left])))
                    break
        return self if rows is self._rows else Ranks(rows)


@lru_cache(maxsize=65_536)
def null_vectors(rows: tuple[Vector, ...], columns: tuple[int, ...]) -> tuple[Vector, ...]:
    """A basis of the vectors over ``columns`` that are orthogonal to every row restricted to those columns."""
    height, width = len(rows), len(columns)
    basis: list[tuple[int, Vector]] = []
    found = []
    for place, column in enumerate(columns):
        vector = (*(row[column] for row in rows), *(int(place == other) for other in range(width)))
        for pivot, row in basis:
            if vector[pivot]:
                keep, drop = row[pivot], vector[pivot]
                vector = primitive([keep * left - drop * right for left, right in zip(vector, row, strict=True)])
        pivot_here = next((index for index in range(height) if vector[index]), None)
        if pivot_here is None:
            found.append(vector[height:])
        else:
            basis.append((pivot_here, vector))
    return tuple(found)


@lru_cache(maxsize=65_536)
def sees_only(rows: tuple[Vector, ...], inside: tuple[int, ...]) -> bool:
    """Whether some combination of the rows, other than zero, speaks of nothing but the columns ``inside``."""
    outside = [column for column in range(len(rows[0])) if column not in inside] if rows else []
    rank_outside = Span(tuple(row[column] for column in outside) for row in rows).rank if outside else 0
    return Span(rows).rank > rank_outside
