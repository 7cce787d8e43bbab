"""Which topics to talk about in each organisation: every theme and item weighed and ranked. For the team only.

A topic rests on cells of organisation and role that nobody outside the team may see.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import combinations
from math import inf, isnan
from typing import Final, NamedTuple

import pandas as pd

from surveyapp.analysis.counts import EVERYONE, Counts
from surveyapp.analysis.marks import ITEM, THEME
from surveyapp.analysis.results import Results
from surveyapp.analysis.signals import RULES, TARGET, Rule, on_scale, target_on_scale, weigh
from surveyapp.analysis.topic import Topic
from surveyapp.questionnaires.questionnaire import Questionnaire

SAME: Final = 9
"""Decimals in which two priorities or means must differ to be ranked by them."""


class _Cell(NamedTuple):
    invited: float
    responded: float
    n: float
    mean: float
    equal: float
    ad: float
    dk: float


_NOBODY: Final = _Cell(0, 0, 0, float("nan"), float("nan"), float("nan"), 0)
_Cells = Mapping[tuple[str, str, str, str], _Cell]
"""(level, key, organisation, role) -> cell."""


class _Subject(NamedTuple):
    """A theme or item, with what is the same for every organisation."""

    level: str
    key: str
    items: tuple[str, ...]
    top: int
    rules: Mapping[str, Rule]
    in_order: tuple[Rule, ...]
    target: float


def topics(
    results: Results,
    counts: Counts,
    questionnaire: Questionnaire,
    previous: Results | None = None,
    *,
    rules: tuple[Rule, ...] = RULES,
    target: float = TARGET,
) -> tuple[Topic, ...]:
    """All themes and items of every organisation, ranked within it, organisations in the order of ``counts``.

    The score is the pooled mean; where an invited role is silent it is that of the role that answered, which
    ``answered_by`` names. "Behind" compares with the mean over the region's organisations, each counting once, also
    for an organisation outside the region. ``previous`` holds the results of an earlier wave. Open answers have not
    been coded at this point, so that signal is absent.

    Ties: more signals that give points first, then the lower mean, then the order of the questionnaire, a theme before
    its items. Topics without a priority come last.
    """
    now, before = _cells(results.scores), _cells(previous.scores) if previous else {}
    roles = tuple(role.key for role in questionnaire.roles)
    subjects = tuple(_subjects(questionnaire, rules, target))
    found: list[Topic] = []
    for organisation in counts.organisations:
        found += _ranked(_topic(subject, organisation, roles, now, before) for subject in subjects)
    return tuple(found)


def topics_of_all(
    results: Results, questionnaire: Questionnaire, *, rules: tuple[Rule, ...] = RULES, target: float = TARGET
) -> tuple[Topic, ...]:
    """The same for the whole study as if it were one organisation, with ``EVERYONE`` as its name: what the programme
    team is asked about. Nothing is behind the region, which it is itself."""
    now = _cells(results.scores)
    roles = tuple(role.key for role in questionnaire.roles)
    return tuple(
        _ranked(_topic(subject, EVERYONE, roles, now, {}) for subject in _subjects(questionnaire, rules, target))
    )


def _ranked(weighed: Iterable[Topic]) -> Iterator[Topic]:
    for rank, topic in enumerate(sorted(weighed, key=_urgency), 1):
        yield replace(topic, rank=rank)


def _urgency(topic: Topic) -> tuple[float, int, float]:
    """Sorts the most urgent first; sorting is stable, so the order of the questionnaire decides what is left."""
    active = sum(reason.points > 0 for reason in topic.reasons)
    mean = inf if topic.score is None else round(topic.score, SAME)
    return (inf if topic.priority is None else -round(topic.priority, SAME), -active, mean)


def _cells(scores: pd.DataFrame) -> _Cells:
    keys = zip(*(scores[name].tolist() for name in ("level", "key", "organisation", "role")), strict=True)
    cells = scores[list(_Cell._fields)].to_numpy(float).tolist()
    return dict(zip(keys, map(_Cell._make, cells), strict=True))


def _subjects(questionnaire: Questionnaire, rules: tuple[Rule, ...], target: float) -> Iterator[_Subject]:
    for theme in questionnaire.themes:
        items = questionnaire.scored_items(theme)
        sizes = {item.key: len(questionnaire.scale(item.scale).points) for item in items}
        keys = tuple(sizes)
        for level, key, parts in ((THEME, theme, keys), *((ITEM, key, (key,)) for key in keys)):
            top = max(sizes[part] for part in parts)
            stretched = on_scale(top, rules)
            by_signal = {rule.signal: rule for rule in stretched}
            yield _Subject(level, key, parts, top, by_signal, stretched, target_on_scale(top, target))


def _topic(subject: _Subject, organisation: str, roles: tuple[str, ...], now: _Cells, before: _Cells) -> Topic:
    here = now.get((subject.level, subject.key, organisation, EVERYONE), _NOBODY)
    by_role = {role: now.get((subject.level, subject.key, organisation, role), _NOBODY) for role in roles}
    last = before.get((subject.level, subject.key, organisation, EVERYONE), _NOBODY)
    region = now.get((subject.level, subject.key, EVERYONE, EVERYONE), _NOBODY).equal
    raw = dict(_judged(subject, here, region, last))
    facts = {"n": here.n, "target": subject.target, "top": float(subject.top), "region": region, "previous": last.mean}
    shares = [now.get((ITEM, item, organisation, EVERYONE), _NOBODY) for item in subject.items]
    raw |= _dont_know(subject, here, shares)
    apart = _furthest_apart(subject.rules.get("role_gap"), by_role)
    if apart:
        raw["role_gap"] = abs(by_role[apart[0]].mean - by_role[apart[1]].mean)
        facts |= {f"mean:{role}": by_role[role].mean for role in apart}
    priority, reasons = weigh(raw, subject.in_order)
    return Topic(
        organisation=organisation,
        level=subject.level,
        key=subject.key,
        rank=0,
        priority=priority,
        reasons=reasons,
        score=None if isnan(here.mean) else here.mean,
        answered_by=_only_answering(by_role),
        facts={name: number for name, number in facts.items() if not isnan(number)},
    )


def _judged(subject: _Subject, here: _Cell, region: float, last: _Cell) -> Iterator[tuple[str, float]]:
    """The signals that rest on the organisation's own cell and have enough respondents."""
    candidates = {
        "low": (subject.target - here.mean, here.n),
        "divided": (here.ad, here.n),
        "behind": (max(0.0, region - here.mean), here.n),
        "decline": (max(0.0, last.mean - here.mean), min(here.n, last.n)),
    }
    for signal, (raw, respondents) in candidates.items():
        rule = subject.rules.get(signal)
        if rule and respondents >= rule.least and not isnan(raw):
            yield signal, raw


def _dont_know(subject: _Subject, here: _Cell, items: list[_Cell]) -> dict[str, float]:
    """Don't know as a share of the marks and don't knows together; not applicable and skipped stay outside."""
    rule = subject.rules.get("dont_know")
    marks, unknown = sum(item.n for item in items), sum(item.dk for item in items)
    people = here.responded if subject.level == THEME else marks + unknown
    if rule is None or people < rule.least or not marks + unknown:
        return {}
    return {"dont_know": unknown / (marks + unknown)}


def _furthest_apart(rule: Rule | None, by_role: Mapping[str, _Cell]) -> tuple[str, str] | None:
    """The two roles whose means differ most, one with anybody and the other with enough respondents."""
    if rule is None:
        return None
    there = [(role, cell.n, cell.mean) for role, cell in by_role.items() if cell.n >= 1]
    pairs = [(a, b) for a, b in combinations(there, 2) if a[1] >= rule.least or b[1] >= rule.least]
    furthest = max(pairs, key=lambda pair: abs(pair[0][2] - pair[1][2]), default=None)
    return furthest and (furthest[0][0], furthest[1][0])


def _only_answering(by_role: Mapping[str, _Cell]) -> str | None:
    """The one role that answered, where another was invited."""
    answering = [role for role, cell in by_role.items() if cell.n > 0]
    silent = [role for role, cell in by_role.items() if cell.invited > 0 and cell.n == 0]
    return answering[0] if len(answering) == 1 and silent else None
