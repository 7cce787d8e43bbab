"""A theme and its items: what their scores together would give away, and which items are held back for it.

A theme score is a person's mean over the items answered. Where everybody answered every item the theme's mean is the
mean of the items' means and adds nothing. Where somebody missed one, or a role is not asked one, the theme's mean
minus the items' means is a number about just those people. No combination can do that while one item that everybody
answers is missing from the publication: all who answered it stay in. So of a theme with such people one item (or
one per group of roles, where no item is put to all) is published for the region only.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from surveyapp.analysis.disclosure.candidates import EVERY_ROLE, REGION, Name
from surveyapp.analysis.disclosure.deciding import Decision
from surveyapp.analysis.disclosure.policy import Policy
from surveyapp.analysis.disclosure.release import Release
from surveyapp.analysis.disclosure.study import Sizes, Study


def withheld_items(study: Study, theme: str, decision: Decision, policy: Policy) -> Mapping[str, frozenset[Name]]:
    """Item -> the numbers of it that would link it to its theme; depends on numbers of people only.

    ``decision`` tells what is shown of the theme itself.
    """
    items = [item for item in study.basis.members[theme] if item in study.rows]
    return _Family.of(study, theme, items, decision).withheld(policy)


@dataclass(frozen=True)
class _Family:
    study: Study
    theme: Decision
    scored: Sizes
    """People with a theme score."""
    unscored: Sizes
    """People who answered something, but not enough for a theme score."""
    answered: Mapping[str, Sizes]
    """Item -> people who answered it."""

    @classmethod
    def of(cls, study: Study, theme: str, items: Iterable[str], decision: Decision) -> "_Family":
        scored, responded = study.people(theme, "n"), study.people(theme, "responded")
        unscored = tuple(
            tuple(max(0, all_ - some) for all_, some in zip(*pair, strict=True))
            for pair in zip(responded, scored, strict=True)
        )
        return cls(study, decision, scored, unscored, {item: study.people(item, "n") for item in items})

    def withheld(self, policy: Policy) -> dict[str, frozenset[Name]]:
        organisations = range(len(self.scored))
        if not self._differ() and not any(self._loose(place, role) for place in organisations for role in self._roles):
            return {}
        back = self._kept_back()
        found: dict[str, set[Name]] = {item: set() for item in self.answered}
        for place in organisations:
            hidden = back if self._certain(place, back, policy) else self.answered
            for item in hidden:
                found[item] |= {Name(place, role) for role in (EVERY_ROLE, *self._roles)}
        for item in back:
            found[item] |= set(self._regional(policy))
        if not all(self._certain_role(role, back, policy) for role in self._roles):
            for item in self.answered:
                found[item] |= set(self._of_roles())
        if not self._enough_remain(back, policy):
            everywhere = [Name(place, role) for place in organisations for role in (EVERY_ROLE, *self._roles)]
            for names in found.values():
                names.update(everywhere, self._of_roles(), self._means_of_everybody())
        return {item: frozenset(names) for item, names in found.items()}

    @property
    def _roles(self) -> range:
        return range(len(self.study.roles))

    def _asked(self, role: int) -> list[str]:
        return [item for item, sizes in self.answered.items() if any(size[role] for size in sizes)]

    def _differ(self) -> bool:
        """Whether roles with a theme score were asked different items."""
        present = [role for role in self._roles if any(size[role] for size in self.scored)]
        return len({tuple(self._asked(role)) for role in present}) > 1

    def _difference(self, place: int, role: int, item: str) -> int:
        return abs(self.scored[place][role] - self.answered[item][place][role])

    def _loose(self, place: int, role: int) -> bool:
        """Whether somebody here answered some of the items and not all."""
        asked = self._asked(role)
        if len(asked) < 2:
            return False
        return self.unscored[place][role] > 0 or any(self._difference(place, role, item) for item in asked)

    def _kept_back(self) -> list[str]:
        """Items that together are put to every role: as few as possible, then those that most people answered."""
        left = {role for role in self._roles if self._asked(role)}
        last_first = list(self.answered)[::-1]
        chosen: list[str] = []
        while left:
            covers = {item: len(left.intersection(self._asked_roles(item))) for item in last_first}
            widest = max(covers.values())
            best = max((item for item in last_first if covers[item] == widest), key=self._people)
            chosen.append(best)
            left.difference_update(self._asked_roles(best))
        return chosen

    def _asked_roles(self, item: str) -> list[int]:
        return [role for role in self._roles if item in self._asked(role)]

    def _people(self, item: str) -> int:
        return sum(map(sum, self.answered[item]))

    def _certain(self, place: int, back: list[str], policy: Policy) -> bool:
        """Whether enough people of an organisation certainly answered an item that is kept back."""
        sure = [self._sure(place, role, back) for role in self._roles]
        present = [people for role, people in enumerate(sure) if self.scored[place][role]]
        return (min(present, default=0) if policy.role_split else sum(sure)) >= policy.threshold

    def _certain_role(self, role: int, back: list[str], policy: Policy) -> bool:
        """The same of a role of the region, where its theme score is shown."""
        sure = sum(self._sure(place, role, back) for place in self._members())
        return sure >= policy.threshold or not self.theme.shows(Name(REGION, role))

    def _enough_remain(self, back: list[str], policy: Policy) -> bool:
        """Whether each combination of the theme's numbers speaks of enough people who answered what is kept back.

        That is the leak test with those people only. An organisation of which no item is shown counts in full.
        """
        sizes = tuple(
            tuple(
                self._sure(place, role, back) if self._certain(place, back, policy) else people
                for role, people in enumerate(scored)
                if people
            )
            for place, scored in enumerate(self.scored)
        )
        release = Release.empty(sizes, policy.threshold)
        for name, candidate in self.theme.candidates.items():
            if self.theme.shows(name):
                release = release.with_row(candidate.row)
        inside = any(release.leaks_inside(place) for place in range(len(sizes)))
        return not inside and not release.leaks_across

    def _sure(self, place: int, role: int, back: list[str]) -> int:
        answered = max(self.answered[item][place][role] for item in back)
        return max(0, answered - self.unscored[place][role])

    def _regional(self, policy: Policy) -> Iterator[Name]:
        """What of the region is not said of an item that is kept back: all but the mean of everybody, or that too."""
        pooled, equal = self._means_of_everybody()
        yield equal
        yield from self._of_roles()
        if not self._mean_is_safe(policy):
            yield pooled

    @staticmethod
    def _means_of_everybody() -> tuple[Name, Name]:
        return Name(REGION, EVERY_ROLE), Name(REGION, EVERY_ROLE, "equal")

    def _of_roles(self) -> Iterator[Name]:
        for role in self._roles:
            yield from (Name(REGION, role, statistic) for statistic in ("mean", "equal", "bounds"))
            yield from (Name(REGION, role, "gap", other) for other in self._roles if other > role)

    def _mean_is_safe(self, policy: Policy) -> bool:
        """Whether theme minus items leaves nobody of the region, or certainly enough people."""
        told = sum(min(self._incomplete(role), self._complete(role)) for role in self._roles)
        complete = not any(self._loose(place, role) for place in self._members() for role in self._roles)
        everybody = all(self._in_region(sizes) >= policy.threshold for sizes in self.answered.values())
        present = [role for role in self._roles if any(self.scored[place][role] for place in self._members())]
        alike = len({len(self._asked(role)) for role in present}) == 1
        told_apart = all(self.theme.shows(Name(REGION, role)) for role in present)
        return (complete or told >= policy.threshold) and everybody and (alike or told_apart)

    def _in_region(self, sizes: Sizes) -> int:
        return sum(sum(sizes[place]) for place in self._members())

    def _members(self) -> list[int]:
        return [place for place, member in enumerate(self.study.within) if member]

    def _incomplete(self, role: int) -> int:
        """People of the region of whom it is certain that they answered some items and not all."""
        asked = self._asked(role)
        return max((sum(self._difference(place, role, item) for place in self._members()) for item in asked), default=0)

    def _complete(self, role: int) -> int:
        """People of the region of whom it is certain that they answered every item."""
        missed = sum(self._difference(place, role, item) for place in self._members() for item in self._asked(role))
        with_score = sum(self.scored[place][role] - self.unscored[place][role] for place in self._members())
        return max(0, with_score - missed)
