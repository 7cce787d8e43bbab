"""The veto on numbers that leave too little room: of each theme and statement, then of those that belong together."""

import logging
from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from surveyapp.analysis.disclosure.as_printed import Values, atoms_of
from surveyapp.analysis.disclosure.beside import after_veto_together
from surveyapp.analysis.disclosure.candidates import Name
from surveyapp.analysis.disclosure.deciding import Decision, Number
from surveyapp.analysis.disclosure.past import Past
from surveyapp.analysis.disclosure.policy import Policy
from surveyapp.analysis.disclosure.room import vetoed
from surveyapp.analysis.disclosure.study import Study

_log = logging.getLogger(__name__)


def after_veto(
    study: Study, gaps: pd.DataFrame, decisions: Mapping[str, Decision], past: Past, policy: Policy
) -> dict[str, Decision]:
    """The same decisions, with the numbers withheld that leave too little open of somebody's answer.

    Depends on answers, so how many there were is logged and not where.
    """
    if not policy.withholds:
        return dict(decisions)
    values = Values(study, gaps, policy)
    found: dict[str, Decision] = {}
    for key, decision in decisions.items():
        found[key] = decision.without(_withheld(values, key, decision, past.numbers(key)))
    found = after_veto_together(values, found, past)
    count = sum(len(decisions[key].shown) - len(found[key].shown) for key in found)
    if count:
        _log.info("%d numbers withheld for the audience %s: too little would stay open", count, policy.audience)
    return found


def _withheld(values: "Values", key: str, decision: Decision, before: frozenset[Number]) -> frozenset[Name]:
    """What this publication alone may not show, and what it may not add to those before.

    Alone it keeps to its own threshold, with the others to the lowest of theirs, as in the leak test.
    """
    policy, atoms = values.policy, atoms_of(values.study, key)
    alone = vetoed(atoms, list(values.printed(key, decision, frozenset())), policy)
    known = frozenset(name for name, _ in before)
    if not known:
        return alone
    least = min(policy.threshold, *(threshold for _, threshold in before))
    left = list(values.printed(key, decision.without(alone), known))
    return alone | vetoed(atoms, left, replace(policy, threshold=least))
