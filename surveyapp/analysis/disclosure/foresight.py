"""What a publication will hold if so many people answer: asked before a regime is chosen, with no answer needed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from surveyapp.analysis.disclosure.candidates import EVERY_ROLE, REGION, Structure
from surveyapp.analysis.disclosure.deciding import LINKED, SHOWN, decide
from surveyapp.analysis.disclosure.policy import TEAM, Policy

ANONYMOUS: Final = "anonymous"
LARGEST: Final = 120
"""Organisations of which linked numbers are searched; of more only the rule of the smallest number is counted."""


@dataclass(frozen=True)
class Foresight:
    """How many numbers somebody will see of one theme that is put to everybody."""

    totals: int
    """Organisations that will be shown as a whole."""
    organisations: int
    """Organisations of which anybody answers."""
    cells: int
    """Roles inside organisations that will be shown."""
    possible_cells: int
    linked: int
    """Organisations with enough people that stay out all the same, as others would follow from them."""
    searched: bool = True
    """Whether it was worked out which numbers follow from others."""


def foresee(sizes: Sequence[Sequence[int]], within: Sequence[bool], regime: str, audience: str) -> Foresight:
    """What ``audience`` will see under ``regime`` (see ``Policy.of``) if ``sizes`` people answer.

    ``sizes`` counts per organisation and role; ``within`` says which organisations make up the region. The research
    team sees everything, except in the anonymous regime. What is withheld because a mean lies at an end of the scale
    depends on answers, and is not foreseen.
    """
    answering = [(tuple(row), inside) for row, inside in zip(sizes, within, strict=True) if any(row)]
    rows = tuple(row for row, _ in answering)
    possible = sum(1 for row in rows for size in row if size)
    if audience == TEAM and regime != ANONYMOUS:
        return Foresight(len(rows), len(rows), possible, possible, 0)
    policy = Policy.of(audience, regime)
    if not policy.withholds:
        return Foresight(len(rows), len(rows), possible, possible, 0)
    if len(rows) > LARGEST:
        enough = [sum(row) >= policy.threshold and not (policy.two_of_each and 1 in row) for row in rows]
        return Foresight(sum(enough), len(rows), 0, possible, 0, searched=False)
    found = decide(Structure(rows, tuple(inside for _, inside in answering)), policy).suppressed
    totals = [why for name, why in found.items() if _whole(name.organisation, name.role, name.statistic)]
    cells = [
        why
        for name, why in found.items()
        if name.organisation != REGION and name.role != EVERY_ROLE and name.statistic == "mean"
    ]
    return Foresight(totals.count(SHOWN), len(rows), cells.count(SHOWN), possible, totals.count(LINKED))


def _whole(organisation: int, role: int, statistic: str) -> bool:
    return organisation != REGION and role == EVERY_ROLE and statistic == "mean"
