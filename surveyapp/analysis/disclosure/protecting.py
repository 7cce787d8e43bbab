"""The only way out of the research team."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final

import numpy as np
import pandas as pd

from surveyapp.analysis.answered import Answered
from surveyapp.analysis.counts import EVERYONE
from surveyapp.analysis.disclosure import themes
from surveyapp.analysis.disclosure.answers import Place, SafeAnswers, safe_answers, unanimous
from surveyapp.analysis.disclosure.candidates import EVERY_ROLE, REGION, Name, Structure
from surveyapp.analysis.disclosure.deciding import LINKED, SHOWN, SMALL, Decision, Number
from surveyapp.analysis.disclosure.extremes import narrowest
from surveyapp.analysis.disclosure.gaps import safe_gaps
from surveyapp.analysis.disclosure.past import Past
from surveyapp.analysis.disclosure.policy import Policy
from surveyapp.analysis.disclosure.release import Release, Row
from surveyapp.analysis.disclosure.repeating import Repeated
from surveyapp.analysis.disclosure.safe_results import DECIMALS, SAFE_SCORE_COLUMNS, TEXTS, SafeResults, seal
from surveyapp.analysis.disclosure.study import Study
from surveyapp.analysis.disclosure.veto import after_veto
from surveyapp.analysis.results import SCORE_COLUMNS, Results

_log = logging.getLogger(__name__)
SPREAD: Final = (
    *("median", "ad", "agreement", "rwg", "dk", "na", "skipped"),
    *("top", "bottom", "top_lower", "top_upper", "interval_lower", "interval_upper", "consensus"),
)
"""Columns that tell of the distribution of answers."""
_ROW: Final = ("level", "key", "organisation", "role")
_NUMBERS: Final = [name for name in SCORE_COLUMNS if name not in TEXTS]


def protect(results: Results, policy: Policy, released: Sequence[SafeResults] = ()) -> SafeResults:
    """What an audience may see of the results; ``released`` is everything about the same wave that went out before.

    Numbers are rounded to two decimals. Which are withheld depends on numbers of people, never on answers, but for
    means at an end of the scale. Raises ``ValueError`` where the results do not add up or lack a basis.
    """
    study = Study.of(results)
    past = Past(study, results.gaps, released)
    again = Repeated.of(study.scores, results.answered, released, policy, SPREAD)
    decisions = after_veto(study, results.gaps, themes.decisions(study, policy, past, again), past, policy)
    suppressed = _suppressed(study, decisions, policy)
    if results.answered is not None and policy.withholds:
        suppressed = _without_unanimous(study, results.answered, suppressed, policy)
    spread = _spread(study, suppressed, policy, past, again)
    answers = None
    if results.answered is not None:
        answers = safe_answers(results.answered, policy, released, _by_item(study, spread), _distributions, again)
        spread = frozenset(row for row in spread if _agrees(study, row, answers))
    scores = _emptied(study, decisions, suppressed, spread, policy)
    gaps = safe_gaps(results.gaps, study, decisions, spread, policy)
    return seal(scores, gaps, policy, None if answers is None else (answers.distributions, answers.measures))


def _suppressed(study: Study, decisions: Mapping[str, Decision], policy: Policy) -> list[str]:
    """Per row of scores why its mean is withheld; empty where it is shown."""
    found = [SHOWN] * len(study.scores)
    if not policy.withholds:
        return found
    means, counts = study.scores["mean"].to_numpy(dtype=float), study.scores["n"].fillna(0).to_numpy()
    at_an_end = 0
    for key, decision in decisions.items():
        for name, row in study.named_rows(key):
            found[row] = decision.suppressed.get(name, LINKED if counts[row] >= policy.threshold else SMALL)
            if found[row] == SHOWN and not _wide(decision, name, means[row], study.basis.points[key], policy):
                found[row] = SMALL
                at_an_end += 1
    if at_an_end:
        _log.info("%d means withheld for the audience %s: too near an end of the scale", at_an_end, policy.audience)
    return found


def _wide(decision: Decision, name: Name, value: float, highest: int, policy: Policy) -> bool:
    share = float(decision.candidates[name].share)
    return narrowest(float(np.round(value, DECIMALS)), share, highest) >= policy.width


def _spread(study: Study, suppressed: Sequence[str], policy: Policy, past: Past, again: Repeated) -> frozenset[int]:
    """The rows of which the distribution is shown: enough people, and so in every combination of those rows.

    Both of who was asked (don't know, not applicable and skipped are counted) and of who has a score (shares and all
    the rest): rows that differ in many of the ones can differ in few of the others. Of a theme that changed since it
    was released, what was told then.
    """
    counts = study.scores["n"].fillna(0).to_numpy()
    found: set[int] = set()
    for key in study.rows:
        rows = {
            name: row
            for name, row in study.named_rows(key)
            if suppressed[row] == SHOWN and counts[row] >= policy.distribution
        }
        if key in past.outdated:
            told = again.spreads.get((key,), frozenset())
            found.update(row for place, row in study.rows[key].items() if place in told and row in rows.values())
            continue
        safe = frozenset(rows)
        for people in (study.asked(key), study.people(key, "n")) if policy.withholds else ():
            names = tuple(name for name in rows if name in safe)
            safe = _distributions(Structure(people, study.within), names, policy.distribution, past.counts(key))
        found.update(rows[name] for name in safe)
    return frozenset(found)


def _without_unanimous(study: Study, answered: Answered, suppressed: Sequence[str], policy: Policy) -> list[str]:
    """The same, without the means of enough people who all gave one answer, or all but one.

    That their counts are withheld would tell that they did; with the mean everybody would know which answer.
    """
    found = list(suppressed)
    counts = study.scores["n"].fillna(0).to_numpy()
    for row in unanimous(answered, study.rows):
        if found[row] == SHOWN and counts[row] >= policy.distribution:
            found[row] = SMALL
    return found


def _by_item(study: Study, rows: frozenset[int]) -> dict[str, frozenset[Place]]:
    """Scored question -> the places of those of its rows that are among these."""
    return {
        key: frozenset(place for place, row in places.items() if row in rows)
        for key, places in study.rows.items()
        if key not in study.basis.members
    }


def _agrees(study: Study, row: int, answers: SafeAnswers) -> bool:
    """Whether the counts behind a row are shown too; there are none behind a theme."""
    level, key, organisation, role = (str(study.scores[name].iloc[row]) for name in _ROW)
    return level == "theme" or answers.shows(key, (organisation, role))


@lru_cache(maxsize=4096)
def _distributions(
    structure: Structure, names: tuple[Name, ...], threshold: int, released: frozenset[Number]
) -> frozenset[Name]:
    """Of these cells those whose counts of answers are safe, together and with what was released before.

    The region comes before organisations.
    """
    own = Release.empty(structure.blocks, threshold)
    with_before = Release.empty(structure.blocks, min([threshold, *(least for _, least in released)]))
    for name, _ in sorted(released, key=repr):
        with_before = with_before.with_row(_members(structure, name))
    safe = set()
    for name in sorted(names, key=lambda name: (name.organisation != REGION, name.role != EVERY_ROLE)):
        row = _members(structure, name)
        longer, longer_with_before = own.admitting(row), with_before.admitting(row)
        if longer is not None and longer_with_before is not None:
            own, with_before = longer, longer_with_before
            safe.add(name)
    return frozenset(safe)


def _members(structure: Structure, name: Name) -> Row:
    places = structure.region if name.organisation == REGION else (name.organisation,)
    row = (
        (place, tuple(int(name.role in (EVERY_ROLE, role)) for role in structure.present[place])) for place in places
    )
    return tuple((place, vector) for place, vector in row if any(vector))


def _emptied(
    study: Study, decisions: Mapping[str, Decision], suppressed: Sequence[str], spread: frozenset[int], policy: Policy
) -> pd.DataFrame:
    """The scores with everything emptied that is not shown, rounded."""
    scores = study.scores.loc[:, list(SCORE_COLUMNS)].copy()
    scores[_NUMBERS] = scores[_NUMBERS].astype("float64").round(DECIMALS)
    scores["suppressed"] = pd.Series(suppressed, dtype="str")
    rows = np.arange(len(scores))
    scores.loc[~np.isin(rows, list(spread)), list(SPREAD)] = np.nan
    scores["balanced"] = np.nan
    scores.loc[scores["role"].eq(EVERYONE), ["lower", "upper"]] = np.nan
    if policy.withholds:
        equal, bounds = _weighted(study, decisions, policy)
        scores.loc[~np.isin(rows, equal), "equal"] = np.nan
        regional = scores["organisation"].eq(EVERYONE).to_numpy()
        scores.loc[regional & ~np.isin(rows, bounds), ["lower", "upper"]] = np.nan
    scores.loc[scores["suppressed"].ne(SHOWN), _NUMBERS] = np.nan
    return scores.loc[:, list(SAFE_SCORE_COLUMNS)]


def _weighted(study: Study, decisions: Mapping[str, Decision], policy: Policy) -> tuple[list[int], list[int]]:
    """The rows of which ``equal`` is shown, and those of which the bounds are."""
    values = study.scores["equal"].to_numpy(dtype=float)
    equal, bounds = [], []
    for key, decision in decisions.items():
        for name, row in study.named_rows(key):
            if name.organisation != REGION:
                continue
            weighted = replace(name, statistic="equal")
            if decision.shows(weighted) and _wide(decision, weighted, values[row], study.basis.points[key], policy):
                equal.append(row)
            if decision.shows(replace(name, statistic="bounds")):
                bounds.append(row)
    return equal, bounds
