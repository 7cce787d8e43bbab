"""Numbers of people behind a theme and behind its items."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from surveyapp.analysis.disclosure.study import Sizes, Study

_PAIR: Final = 2


@dataclass(frozen=True)
class Crowd:
    """People of one cell who answered the same items, all of them with a theme score or none."""

    items: tuple[str, ...]
    people: int
    is_scored: bool = True


@dataclass(frozen=True)
class Family:
    """A theme and its items. Organisations and roles by their places, as in ``Study``."""

    scored: Sizes
    """People with a theme score."""
    unscored: Sizes
    """People who answered something, but not enough for a theme score."""
    answered: Mapping[str, Sizes]
    """Item -> people who answered it."""
    within: tuple[bool, ...]
    """Which organisations make up the region."""

    @classmethod
    def of(cls, study: Study, theme: str, items: Iterable[str]) -> "Family":
        scored, responded = study.people(theme, "n"), study.people(theme, "responded")
        unscored = tuple(
            tuple(max(0, all_ - some) for all_, some in zip(*pair, strict=True))
            for pair in zip(responded, scored, strict=True)
        )
        return cls(scored, unscored, {item: study.people(item, "n") for item in items}, study.within)

    @cached_property
    def uneven(self) -> bool:
        """Whether theme and items are numbers about different people: roles or people missed some of the items."""
        asked = {self.asked[role] for role in self.roles_in(self.organisations)}
        return len(asked) > 1 or self.any_loose(self.organisations)

    @property
    def organisations(self) -> range:
        return range(len(self.scored))

    @property
    def region(self) -> tuple[int, ...]:
        return tuple(place for place in self.organisations if self.within[place])

    @property
    def roles(self) -> range:
        return range(len(self.scored[0]) if self.scored else 0)

    @cached_property
    def asked(self) -> tuple[tuple[str, ...], ...]:
        """Per role the items that anybody of it answered."""
        return tuple(
            tuple(item for item, sizes in self.answered.items() if any(size[role] for size in sizes))
            for role in self.roles
        )

    def roles_asked(self, item: str) -> list[int]:
        return [role for role in self.roles if item in self.asked[role]]

    def roles_in(self, places: Iterable[int]) -> list[int]:
        """Roles with a theme score in any of these organisations."""
        return [role for role in self.roles if any(self.scored[place][role] for place in places)]

    def difference(self, place: int, role: int, item: str) -> int:
        """How many certainly have one score of theme and item, and not the other."""
        return abs(self.scored[place][role] - self.answered[item][place][role])

    def loose(self, place: int, role: int) -> bool:
        """Whether somebody here answered some of the items and not all, as far as numbers tell."""
        missed = len(self.asked[role]) > 1 and self.unscored[place][role] > 0
        return missed or self.incomplete(place, role) > 0

    def crowds(self, place: int, role: int) -> tuple[Crowd, ...]:
        """Who of a cell answered which items, where numbers of people tell; empty where they do not.

        They do where everybody answered everything, where only one item was missed, and where there are only two: who
        answered one of those has a theme score by the half rule, and none where more than half is asked.
        """
        items, scored = self.asked[role], self.scored[place][role]
        answered = [self.answered[item][place][role] for item in items]
        if not self.loose(place, role):
            return (Crowd(items, scored),) if scored else ()
        if len(items) == _PAIR:
            return _of_two(items, answered, scored)
        missed = [at for at, people in enumerate(answered) if people != scored]
        if self.unscored[place][role] or len(missed) != 1 or answered[missed[0]] > scored:
            return ()
        (at,) = missed
        return _present(Crowd(items, answered[at]), Crowd((*items[:at], *items[at + 1 :]), scored - answered[at]))

    def any_loose(self, places: Iterable[int]) -> bool:
        return any(self.loose(place, role) for place in places for role in self.roles)

    def sure(self, place: int, role: int, items: Iterable[str]) -> int:
        """How many with a theme score certainly answered one of the items."""
        return max(0, max(self.answered[item][place][role] for item in items) - self.unscored[place][role])

    def incomplete(self, place: int, role: int) -> int:
        """How many certainly answered some items and not all, or lack the theme score that others have."""
        return max((self.difference(place, role, item) for item in self.asked[role]), default=0)

    def complete(self, place: int, role: int) -> int:
        """How many with a theme score certainly answered every item."""
        scored = self.scored[place][role]
        responded = scored + self.unscored[place][role]
        missed = sum(max(0, responded - self.answered[item][place][role]) for item in self.asked[role])
        return max(0, scored - missed)


def _of_two(items: tuple[str, ...], answered: Sequence[int], scored: int) -> tuple[Crowd, ...]:
    first, second = answered
    if max(first, second) <= scored <= first + second:
        alone = scored - second, scored - first
        both, is_scored = first + second - scored, True
    elif scored <= min(first, second):
        alone = first - scored, second - scored
        both, is_scored = scored, False
    else:
        return ()
    single = (Crowd((item,), people, is_scored) for item, people in zip(items, alone, strict=True))
    return _present(Crowd(items, both), *single)


def _present(*crowds: Crowd) -> tuple[Crowd, ...]:
    return tuple(crowd for crowd in crowds if crowd.people)
