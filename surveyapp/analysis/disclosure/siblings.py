"""A theme and its items: what their scores together would give away, and which items are held back for it.

A theme score is a person's mean over the items answered. Where everybody answered every item the theme's mean is the
mean of the items' means and adds nothing. Where somebody missed one, or a role is not asked one, the theme's mean
minus the items' means is a number about just those people. No combination can do that while one item that everybody
answers is missing from the publication: all who answered it stay in. So of a theme with such people one item (or
one per group of roles, where no item is put to all) is published for the region only.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from surveyapp.analysis.disclosure.candidates import EVERY_ROLE, REGION, Name
from surveyapp.analysis.disclosure.family import Family
from surveyapp.analysis.disclosure.policy import Policy
from surveyapp.analysis.disclosure.release import Release, Row

POOLED, EQUAL = Name(REGION, EVERY_ROLE), Name(REGION, EVERY_ROLE, "equal")


@dataclass(frozen=True)
class Reserve:
    """What of an item is kept from the publication for the sake of its theme."""

    names: frozenset[Name] = frozenset()
    """Numbers not to be shown."""
    exposed: frozenset[int] = frozenset()
    """Organisations of which no number of the item may follow from others either, however many answered."""

    def __or__(self, other: "Reserve") -> "Reserve":
        return Reserve(self.names | other.names, self.exposed | other.exposed)


def reserves(
    family: Family, theme: Mapping[Name, Row], policy: Policy, back: Sequence[str], *, means: bool
) -> Mapping[str, Reserve]:
    """Item -> what must be kept from the publication; depends on numbers of people only.

    ``theme`` is what is shown of the theme itself, ``back`` the items that are kept back; ``means`` tells whether the
    region's mean is shown of every item that enough people answered.
    """
    return _Reserving(family, theme, policy, back, means).all()


def given_up(
    family: Family, theme: Mapping[Name, Row], policy: Policy, back: Sequence[str], before: Mapping[Name, Row]
) -> frozenset[Name]:
    """Numbers of the theme without which enough remain; so that one organisation does not cost all statements.

    The region's means are the last to go. ``before`` was released, and cannot be given up any more.
    """
    return _Reserving(family, {**before, **theme}, policy, back, means=False).given_up(set(before))


def kept_back(family: Family, threshold: int, items: Iterable[str]) -> list[str]:
    """Some of the items, together put to every role: as few as possible, and those answered in most organisations.

    If no items are put to a role, none is for that role.
    """
    last_first = list(items)[::-1]
    left = {role for role in family.roles if set(last_first).intersection(family.asked[role])}
    chosen: list[str] = []
    while left:
        covers = {item: len(left.intersection(family.roles_asked(item))) for item in last_first}
        widest = [item for item in last_first if covers[item] == max(covers.values())]
        best = max(widest, key=lambda item: _reach(family, item, threshold))
        chosen.append(best)
        left.difference_update(family.roles_asked(best))
    return chosen


def _reach(family: Family, item: str, threshold: int) -> tuple[int, int]:
    """In how many organisations enough people answered an item, and how many people did."""
    sure = [sum(family.sure(place, role, [item]) for role in family.roles) for place in family.organisations]
    return sum(people >= threshold for people in sure), sum(map(sum, family.answered[item]))


@dataclass(frozen=True)
class _Reserving:
    family: Family
    theme: Mapping[Name, Row]
    policy: Policy
    back: Sequence[str]
    means: bool

    def all(self) -> dict[str, Reserve]:
        if not self._enough_remain():
            return dict.fromkeys(self.family.answered, Reserve(frozenset(self._everything())))
        exposed = self._exposed_places
        return {item: Reserve(frozenset(self._names(item, exposed)), exposed) for item in self.family.answered}

    def given_up(self, before: Collection[Name]) -> frozenset[Name]:
        """Numbers of the theme, none of those from before, without which enough remain; none where enough do."""
        if self._enough_remain():
            return frozenset()
        release, gone = self._people_who_remain(), set()
        for name in sorted(self.theme, key=lambda name: (name not in before, *self._rank(name))):
            row = self._elsewhere(self.theme[name])
            if not row:
                continue
            longer = release.with_row(row) if name in before else release.admitting(row)
            release = longer or release
            if longer is None:
                gone.add(name)
        return frozenset(gone)

    def _rank(self, name: Name) -> tuple[bool, int]:
        """Means of the region first, then in the order of importance."""
        return name.organisation != REGION or name.statistic not in {"mean", "equal"}, list(self.theme).index(name)

    def _names(self, item: str, exposed: frozenset[int]) -> Iterator[Name]:
        for place in self.family.organisations if item in self.back else exposed:
            yield from (Name(place, role) for role in (EVERY_ROLE, *self.family.roles))
        if item in self.back:
            yield EQUAL
            yield from self._of_roles()
        if item in self.back and not self._mean_is_safe(item):
            yield POOLED

    def _everything(self) -> Iterator[Name]:
        for place in self.family.organisations:
            yield from (Name(place, role) for role in (EVERY_ROLE, *self.family.roles))
        yield from (POOLED, EQUAL, *self._of_roles())

    def _of_roles(self) -> Iterator[Name]:
        for role in self.family.roles:
            yield from (Name(REGION, role, statistic) for statistic in ("mean", "equal", "bounds"))
            yield from (Name(REGION, role, "gap", other) for other in self.family.roles if other > role)

    def _exposed(self, place: int) -> bool:
        """Whether the theme is shown, and too few of an organisation certainly answered what is kept back."""
        shown = any(Name(place, role) in self.theme for role in (EVERY_ROLE, *self.family.roles))
        return shown and not self._enough_of_organisation(place)

    def _enough_of_organisation(self, place: int) -> bool:
        sure = [self.family.sure(place, role, self.back) for role in self.family.roles]
        present = [people for role, people in enumerate(sure) if self.family.scored[place][role]]
        return (min(present, default=0) if self.policy.role_split else sum(sure)) >= self.policy.threshold

    @cached_property
    def _exposed_places(self) -> frozenset[int]:
        return frozenset(place for place in self.family.organisations if self._exposed(place))

    def _enough_remain(self) -> bool:
        """Whether each combination of the theme's numbers speaks of enough people who answered what is kept back.

        That is the leak test with those people only. A combination about organisations of which no item is shown or
        follows stands alone: items added to it speak of enough people elsewhere. So those organisations are left out.
        """
        release = self._people_who_remain()
        for row in map(self._elsewhere, self.theme.values()):
            release = release.with_row(row) if row else release
        return not release.leaks

    def _people_who_remain(self) -> Release:
        """Nothing published yet about the people who certainly answered what is kept back."""
        blocks = zip(self.family.organisations, self.family.scored, strict=True)
        sure = (
            tuple(self.family.sure(place, role, self.back) for role, people in enumerate(scored) if people)
            for place, scored in blocks
        )
        return Release.empty(tuple(sure), self.policy.threshold)

    def _elsewhere(self, row: Row) -> Row:
        """What a number says of organisations that are not exposed."""
        return tuple((place, vector) for place, vector in row if place not in self._exposed_places)

    def _mean_is_safe(self, item: str) -> bool:
        """Whether the region's mean of an item that is kept back leaves nobody, or certainly enough people.

        Of one role in one organisation a combination with it cannot lose both those who answered everything and those
        who did not. Where everybody answered everything the items' means add up to the theme's, if all of those are
        shown and everybody weighs the same in them.
        """
        family, least = self.family, self.policy.threshold
        if family.any_loose(family.region):
            atoms = [(place, role) for place in family.region for role in family.roles_asked(item)]
            return sum(min(family.complete(*atom), family.incomplete(*atom)) for atom in atoms) >= least
        enough = all(sum(sum(sizes[place]) for place in family.region) >= least for sizes in family.answered.values())
        present = family.roles_in(family.region)
        alike = len({len(family.asked[role]) for role in present}) == 1 and len(self.back) == 1 and POOLED in self.theme
        told_apart = all(Name(REGION, role) in self.theme for role in present)
        return self.means and enough and (alike or told_apart)
