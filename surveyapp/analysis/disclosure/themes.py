"""What is shown of themes and items: each theme together with its items, and with what was released of them before."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from surveyapp.analysis.disclosure.candidates import EVERY_ROLE, REGION, Name, Structure
from surveyapp.analysis.disclosure.deciding import LINKED, SHOWN, Decision, Number, decide, leaks, rows_of
from surveyapp.analysis.disclosure.family import Family
from surveyapp.analysis.disclosure.past import Past
from surveyapp.analysis.disclosure.policy import Policy
from surveyapp.analysis.disclosure.release import Row
from surveyapp.analysis.disclosure.repeating import Repeated
from surveyapp.analysis.disclosure.siblings import POOLED, Reserve, given_up, kept_back, reserves
from surveyapp.analysis.disclosure.study import Study

Reserves = Mapping[str, Reserve]
"""Item -> what of it is kept from the publication."""


def decisions(study: Study, policy: Policy, past: Past, again: Repeated) -> dict[str, Decision]:
    """Per theme and item what is shown; it depends on numbers of people and on what was released before.

    Of what changed since it was released nothing is, but for what is told ``again``.
    """
    found: dict[str, Decision] = {}
    for theme, items in study.basis.members.items():
        if theme in study.rows and policy.withholds and theme not in past.outdated:
            keys = (theme, *(item for item in items if item in study.rows))
            found |= _Theme(study, theme, policy, {key: past.numbers(key) for key in keys}).decisions()
    for key in study.rows:
        if key not in found:
            alone = decide(_structure(study, key), policy, past.numbers(key))
            found[key] = _told(alone, study, again.means.get((key,), ())) if key in past.outdated else alone
    return found


def _told(decision: Decision, study: Study, places: Iterable[tuple[str, str]]) -> Decision:
    """The means of these places alone; nothing has to be tested in what is printed a second time."""
    names = {study.name(*place) for place in places}
    suppressed = {name: SHOWN if name in names else why or LINKED for name, why in decision.suppressed.items()}
    return replace(decision, suppressed=suppressed)


@dataclass(frozen=True)
class _Theme:
    study: Study
    key: str
    policy: Policy
    before: Mapping[str, frozenset[Number]]
    """What was released of the theme and of each of its items."""

    def decisions(self) -> dict[str, Decision]:
        if not self.family.uneven:
            return self._as_one()
        theme = decide(self._structure, self.policy, self.before[self.key])
        found = self._with_items(theme)
        lost = self._given_up(theme)
        if not lost:
            return found
        other = self._with_items(theme.without(lost))
        return max(found, other, key=lambda each: sum(len(decision.shown) for decision in each.values()))

    def _with_items(self, theme: Decision) -> dict[str, Decision]:
        if not any(self.before.values()):
            return {self.key: theme} | self._items(self._asked(theme.shown, self.policy, self._back))
        kept = self._reserves_with_before(theme)
        if kept is None or any(self._too_late(item, kept[item]) for item in self.items):
            return self._again(theme)
        return {self.key: theme} | self._items(kept)

    def _given_up(self, theme: Decision) -> frozenset[Name]:
        """Numbers of the theme that stand in the way of all of its items, here or with what was released before."""
        if not self._keeps_back_enough:
            return frozenset()
        alone = given_up(self.family, theme.shown, self.policy, self._back, {})
        if not any(self.before.values()):
            return alone
        known = rows_of(self._structure, self.before[self.key])
        return alone | given_up(self.family, theme.without(alone).shown, self._loosest, self._back, known)

    @cached_property
    def _back(self) -> list[str]:
        """The items that are kept back: those of which no publication showed more than the region's mean."""
        untold = [item for item in self.items if {name for name, _ in self.before[item]} <= {POOLED}]
        return kept_back(self.family, self.policy.threshold, untold)

    @cached_property
    def family(self) -> Family:
        return Family.of(self.study, self.key, self.items)

    @property
    def items(self) -> list[str]:
        return [key for key in self.before if key != self.key]

    @property
    def _structure(self) -> Structure:
        return _structure(self.study, self.key)

    def _as_one(self) -> dict[str, Decision]:
        """Where everybody answered everything a number of an item says as much as the same number of the theme.

        So an item shows what the theme may show, and what was released of one was released of all.
        """
        known = frozenset().union(*self.before.values())
        theme = decide(self._structure, self.policy, known)
        withheld = frozenset(name for name, why in theme.suppressed.items() if why)
        bounds = frozenset(Name(REGION, role, "bounds") for role in self.family.roles)
        found = {self.key: theme}
        for item in self.items:
            divided_alike = self.study.could(item) == self.study.could(self.key)
            kept = Reserve(withheld if divided_alike else withheld | bounds)
            found[item] = decide(_structure(self.study, item, kept), self.policy)
        return found

    def _items(self, kept: Reserves) -> dict[str, Decision]:
        return {
            item: decide(_structure(self.study, item, kept.get(item, Reserve())), self.policy, self.before[item])
            for item in self.items
        }

    @property
    def _keeps_back_enough(self) -> bool:
        """Whether of every role that was asked anything an item is left to keep back."""
        return all(set(asked).intersection(self._back) for asked in self.family.asked if asked)

    def _reserves_with_before(self, theme: Decision) -> Reserves | None:
        """What this asks for, alone and together with those before; None if no item is left to keep back."""
        back = self._back
        if not self._keeps_back_enough:
            return None
        alone = self._asked(theme.shown, self.policy, back)
        shown = {**rows_of(self._structure, self.before[self.key]), **theme.shown}
        together = self._asked(shown, self._loosest, back)
        return {item: alone[item] | together[item] for item in self.items}

    def _asked(self, theme: Mapping[Name, Row], policy: Policy, back: Sequence[str]) -> Reserves:
        """What is to be kept of the items; what was released may stand in the way of the region's means."""
        means = [POOLED in {name for name, _ in self.before[item]} for item in self.items]
        return reserves(self.family, theme, policy, back, means=all(means) or not any(self.before.values()))

    @property
    def _loosest(self) -> Policy:
        """The rules that all publications together keep to."""
        numbers = frozenset().union(*self.before.values())
        split = any(name.organisation != REGION and name.role != EVERY_ROLE for name, _ in numbers)
        least = min(self.policy.threshold, *(threshold for _, threshold in numbers))
        return replace(self.policy, threshold=least, role_split=split or self.policy.role_split)

    def _too_late(self, item: str, kept: Reserve) -> bool:
        """Whether what should be kept of an item was released before, or follows from what was."""
        known = any(name in kept.names for name, _ in self.before[item])
        return known or leaks(_structure(self.study, item, kept), self.policy, self.before[item])

    def _again(self, theme: Decision) -> dict[str, Decision]:
        """Only what was released before: anything new would give somebody away."""
        again = _only(theme, self.before[self.key])
        back = kept_back(self.family, self.policy.threshold, self.items)
        items = self._items(self._asked(again.shown, self.policy, back))
        return {self.key: again} | {item: _only(items[item], self.before[item]) for item in items}


def _structure(study: Study, key: str, kept: Reserve | None = None) -> Structure:
    kept = kept or Reserve()
    return Structure(study.people(key, "n"), study.within, study.could(key), kept.names, kept.exposed)


def _only(decision: Decision, released: Iterable[Number]) -> Decision:
    """The same without anything that was not released before."""
    names = {name for name, _ in released}
    suppressed = {name: why if why or name in names else LINKED for name, why in decision.suppressed.items()}
    return replace(decision, suppressed=suppressed)
