"""Which numbers are published: primary suppression, then the leak test, number by number in order of importance.

The pattern depends on numbers of people only, never on an answer, so it gives nothing away itself. It is safe by
construction, and nothing that was left out can be put back: a number that leaks together with some numbers leaks
together with more. After the idea of GaussSuppression (Langsrud 2022) for linked tables.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType

from surveyapp.analysis.disclosure.candidates import Candidate, Name, Structure, candidates
from surveyapp.analysis.disclosure.policy import Policy
from surveyapp.analysis.disclosure.release import Release, Row

Number = tuple[Name, int]
"""A released number, and the threshold under which it was released."""

SHOWN, SMALL, LINKED = "", "small", "linked"
"""Why a number is not there: too few people, or it would give away one that has."""


@dataclass(frozen=True)
class Decision:
    """Per candidate why it is withheld (empty where it is shown), and the candidates."""

    suppressed: Mapping[Name, str]
    candidates: Mapping[Name, Candidate]

    @property
    def shown(self) -> Mapping[Name, Row]:
        """The numbers that are published, and what they are made of."""
        return {name: candidate.row for name, candidate in self.candidates.items() if self.shows(name)}

    def shows(self, name: Name) -> bool:
        """Whether this number is published; one that was no candidate is not."""
        return self.suppressed.get(name, SMALL) == SHOWN

    def without(self, names: Collection[Name]) -> "Decision":
        """The same with these withheld."""
        return replace(
            self, suppressed={name: LINKED if name in names else why for name, why in self.suppressed.items()}
        )


@lru_cache(maxsize=4096)
def decide(structure: Structure, policy: Policy, released: frozenset[Number] = frozenset()) -> Decision:
    """What of one theme or item is shown.

    ``released`` are numbers that other publications hold; together with them nobody may learn of fewer people than the
    lowest of their thresholds.
    """
    found = {candidate.name: candidate for candidate in candidates(structure, policy)}
    own = Release.empty(structure.tested, policy.threshold)
    with_others = _release(structure, policy, released)
    suppressed: dict[Name, str] = {}
    for name, candidate in found.items():
        suppressed[name] = SMALL if candidate.people < policy.threshold else LINKED
        if candidate.people < policy.threshold or name in structure.withheld:
            continue
        longer = own.admitting(candidate.row)
        longer_with_others = with_others.admitting(candidate.row) if released else with_others
        if longer is None or longer_with_others is None:
            continue
        own, with_others = longer, longer_with_others
        suppressed[name] = SHOWN
    return Decision(MappingProxyType(suppressed), MappingProxyType(found))


def leaks(structure: Structure, policy: Policy, released: frozenset[Number]) -> bool:
    """Whether what other publications hold gives somebody away; it may, in a structure that asks more than theirs."""
    return _release(structure, policy, released).leaks


def rows_of(structure: Structure, released: frozenset[Number]) -> dict[Name, Row]:
    """What released numbers are made of, whatever the policy that released them."""
    if not released:
        return {}
    every = {candidate.name: candidate.row for candidate in candidates(structure, Policy.attributable("lead"))}
    return {name: every[name] for name, _ in sorted(released, key=repr)}


def _release(structure: Structure, policy: Policy, released: frozenset[Number]) -> Release:
    release = Release.empty(structure.tested, min([policy.threshold, *(least for _, least in released)]))
    for row in rows_of(structure, released).values():
        release = release.with_row(row)
    return release
