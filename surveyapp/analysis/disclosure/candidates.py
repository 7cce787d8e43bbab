"""The numbers of one theme or item that could be published, in the order in which they are tried.

Each is a linear combination of the answers. Coefficients are per person, times the unit of the organisation
(``Structure.units``): so all of them are whole, and small, however many organisations there are. To measure the people
of an organisation in another unit makes no difference to what follows from what.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import lcm

from surveyapp.analysis.disclosure.exact import Vector
from surveyapp.analysis.disclosure.policy import Policy
from surveyapp.analysis.disclosure.release import Row

REGION = -1
"""In a number's name, instead of an organisation."""
EVERY_ROLE = -1
"""In a number's name, instead of a role."""


@dataclass(frozen=True)
class Name:
    """Which number: organisation and role by their places, ``REGION`` and ``EVERY_ROLE`` for all."""

    organisation: int
    role: int
    statistic: str = "mean"
    """``mean``, ``equal``, ``bounds``, or ``gap`` of ``role`` minus ``other``."""
    other: int = EVERY_ROLE


@dataclass(frozen=True)
class Candidate:
    """A number, what it is made of and how many people carry it."""

    name: Name
    row: Row
    people: Fraction
    """Respondents, or for weighted numbers the effective number of Kish, (sum w)^2 / sum w^2."""
    share: Fraction
    """The largest weight of one person in it; weights add up to 1."""


@dataclass(frozen=True)
class Structure:
    """All that the pattern of suppression may depend on: numbers of people per organisation and role."""

    sizes: tuple[Vector, ...]
    """Organisations x roles: how many people carry a score."""
    within: tuple[bool, ...]
    """Which organisations belong to the region."""
    bounded_by: tuple[Vector, ...] = ()
    """Organisations x roles: how many could have had a score, for the bounds of non-response; empty without bounds."""
    withheld: frozenset[Name] = frozenset()
    """Numbers that are not to be published whatever the test says."""
    exposed: frozenset[int] = frozenset()
    """Organisations about which nothing at all may follow, as if less than one person had answered."""

    @property
    def roles(self) -> range:
        return range(len(self.sizes[0]) if self.sizes else 0)

    @cached_property
    def units(self) -> Vector:
        """Per organisation a number that each of its numbers of people divides."""
        bounds = self.bounded_by or ((),) * len(self.sizes)
        return tuple(
            lcm(*(number for number in (*sizes, sum(sizes), *could) if number))
            for sizes, could in zip(self.sizes, bounds, strict=True)
        )

    @cached_property
    def present(self) -> tuple[Vector, ...]:
        """Per organisation the roles with somebody in them: its atoms, in order."""
        return tuple(tuple(role for role in self.roles if sizes[role]) for sizes in self.sizes)

    @cached_property
    def blocks(self) -> tuple[Vector, ...]:
        """Per organisation the sizes of its atoms."""
        return tuple(tuple(size for size in sizes if size) for sizes in self.sizes)

    @cached_property
    def tested(self) -> tuple[Vector, ...]:
        """The sizes of atoms for the leak test."""
        return tuple((0,) * len(block) if place in self.exposed else block for place, block in enumerate(self.blocks))

    @cached_property
    def region(self) -> tuple[int, ...]:
        """Places of the organisations of the region where anybody has a score."""
        return tuple(place for place, member in enumerate(self.within) if member and self.blocks[place])

    def with_role(self, *roles: int) -> tuple[int, ...]:
        """Places of the organisations of the region where each of these roles has somebody."""
        return tuple(place for place in self.region if all(self.sizes[place][role] for role in roles))


Weight = Callable[[int, int], Fraction]
"""Of one person, by the places of organisation and role."""


def candidates(structure: Structure, policy: Policy) -> Iterator[Candidate]:
    """Region first, then roles of the region, organisations from large to small, and what is derived from those."""
    if structure.region:
        yield from _of_the_region(structure)
    largest_first = sorted(range(len(structure.sizes)), key=lambda place: -sum(structure.sizes[place]))
    for place in largest_first:
        enough = not policy.two_of_each or 1 not in structure.sizes[place]
        if structure.blocks[place] and enough:
            yield _pooled(structure, (place,), structure.roles, Name(place, EVERY_ROLE))
    if policy.role_split:
        for place in largest_first:
            for role in structure.present[place]:
                yield _pooled(structure, (place,), (role,), Name(place, role))
    yield from _derived(structure)


def _of_the_region(structure: Structure) -> Iterator[Candidate]:
    yield _pooled(structure, structure.region, structure.roles, Name(REGION, EVERY_ROLE))
    total = {place: sum(structure.sizes[place]) for place in structure.region}
    yield _weighted(
        structure,
        structure.region,
        Name(REGION, EVERY_ROLE, "equal"),
        lambda place, _: Fraction(1, total[place]),
    )
    for role in structure.roles:
        if structure.with_role(role):
            yield _pooled(structure, structure.with_role(role), (role,), Name(REGION, role))


def _derived(structure: Structure) -> Iterator[Candidate]:
    """Gaps between roles, and the means and bounds of a role in which each organisation counts once."""
    for role in structure.roles:
        for other in range(role + 1, len(structure.roles)):
            if structure.with_role(role, other):
                yield _gap(structure, role, other)
    for role in structure.roles:
        members = structure.with_role(role)
        if members:
            yield _role_equal(structure, role, structure.sizes, "equal")
            if structure.bounded_by and all(structure.bounded_by[place][role] for place in members):
                yield _role_equal(structure, role, structure.bounded_by, "bounds")


def _role_equal(structure: Structure, role: int, divisors: tuple[Vector, ...], statistic: str) -> Candidate:
    members = structure.with_role(role)
    return _weighted(
        structure,
        members,
        Name(REGION, role, statistic),
        lambda place, of: Fraction(of == role, divisors[place][role]),
    )


def _pooled(structure: Structure, places: tuple[int, ...], roles: range | tuple[int, ...], name: Name) -> Candidate:
    row = tuple(
        (place, tuple(structure.units[place] * (role in roles) for role in structure.present[place]))
        for place in places
    )
    people = sum(structure.sizes[place][role] for place in places for role in roles)
    return Candidate(name, row, Fraction(people), Fraction(1, people))


def _gap(structure: Structure, role: int, other: int) -> Candidate:
    """The mean over organisations of the difference; the smaller side says how many people carry it."""
    members = structure.with_role(role, other)

    def side(of: int, sign: int) -> Weight:
        return lambda place, at: Fraction(sign * (at == of), structure.sizes[place][of])

    plus, minus = side(role, 1), side(other, -1)
    name = Name(REGION, role, "gap", other)
    halves = [_weighted(structure, members, name, weight) for weight in (plus, side(other, 1))]
    row = _row(structure, members, lambda place, at: plus(place, at) + minus(place, at))
    return Candidate(name, row, min(half.people for half in halves), max(half.share for half in halves) / 2)


def _weighted(structure: Structure, places: tuple[int, ...], name: Name, weight: Weight) -> Candidate:
    people = [
        (structure.sizes[place][role], weight(place, role)) for place in places for role in structure.present[place]
    ]
    total = sum((count * each for count, each in people), Fraction(0))
    squares = sum((count * each**2 for count, each in people), Fraction(0))
    largest = max(each for _, each in people)
    return Candidate(name, _row(structure, places, weight), total**2 / squares, largest / total)


def _row(structure: Structure, places: tuple[int, ...], weight: Weight) -> Row:
    return tuple(
        (place, tuple(int(weight(place, role) * structure.units[place]) for role in structure.present[place]))
        for place in places
    )
