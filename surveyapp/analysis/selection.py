"""What to talk about in one interview: a few topics, one strength and what is asked everywhere. For the team only."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from surveyapp.analysis.agreement import Numbers
from surveyapp.analysis.counts import Counts
from surveyapp.analysis.marks import THEME
from surveyapp.analysis.signals import RULES, Rule
from surveyapp.analysis.topic import Topic
from surveyapp.questionnaires.questionnaire import Questionnaire

AGREED: Final = 0.6
"""Mean absolute deviation on five points up to which a strength is shared."""
WORTH: Final = 10.0
"""Priority from which a fourth or fifth topic is worth the time."""
PER_THEME: Final = 2
DRAWS: Final = 1_000
SEED: Final = 20_251_122


@dataclass(frozen=True)
class Selection:
    """The topics of one organisation's interviews."""

    topics: tuple[Topic, ...]
    """Most urgent first."""
    strength: Topic | None
    """A theme that goes well in everybody's eyes."""
    regional: tuple[Topic, ...]
    """This organisation's topics for the themes that are asked everywhere; they may be among ``topics`` too."""
    steadiness: Mapping[str, float]
    """Key of each of ``topics`` -> share of random weightings (0-1) in which it is among the first three."""


def select(
    topics: Iterable[Topic],
    organisation: str,
    counts: Counts,
    questionnaire: Questionnaire,
    *,
    at_least: int = 3,
    at_most: int = 5,
) -> Selection:
    """Choose from ``agenda.topics`` of all organisations for the interviews of one.

    Topics: the most urgent with any points, at most two of a theme and its items together; beyond ``at_least`` only
    those of priority ``WORTH``. Strength: the theme with the highest mean among those with an AD of ``AGREED`` at most,
    not itself a chosen topic. Regional: two themes, see ``regional_themes``.
    """
    everything = tuple(topics)
    own = sorted((topic for topic in everything if topic.organisation == organisation), key=lambda topic: topic.rank)
    urgent = [topic for topic in own if topic.priority]
    chosen = _spread_over_themes(urgent, questionnaire, at_most)
    chosen = [topic for place, topic in enumerate(chosen) if place < at_least or (topic.priority or 0) >= WORTH]
    share = steadiness(urgent, questionnaire, places=at_least)
    everywhere = regional_themes(everything, counts, questionnaire)
    by_theme = {topic.key: topic for topic in own if topic.level == THEME}
    return Selection(
        topics=tuple(chosen),
        strength=_strength(own, {topic.key for topic in chosen}),
        regional=tuple(by_theme[theme] for theme in everywhere if theme in by_theme),
        steadiness={topic.key: share[topic.key] for topic in chosen},
    )


def regional_themes(
    topics: Iterable[Topic], counts: Counts, questionnaire: Questionnaire, number: int = 2
) -> tuple[str, ...]:
    """The themes asked about everywhere, so that interviews can be compared: highest mean priority in the region.

    Every organisation of the region with a priority counts once; ties follow the questionnaire.
    """
    region = set(counts.region)
    priorities: dict[str, list[float]] = {theme: [] for theme in questionnaire.themes}
    for topic in topics:
        if topic.level == THEME and topic.organisation in region and topic.priority is not None:
            priorities[topic.key].append(topic.priority)
    means = {theme: sum(found) / len(found) for theme, found in priorities.items() if found}
    return tuple(sorted(means, key=lambda theme: -round(means[theme], 9))[:number])


def steadiness(
    topics: Sequence[Topic],
    questionnaire: Questionnaire,
    *,
    rules: Sequence[Rule] = RULES,
    places: int = 3,
    draws: int = DRAWS,
    seed: int = SEED,
) -> dict[str, float]:
    """Key -> share of random weightings in which the topic is among the first ``places``, chosen by the same rules.

    ``topics`` are one organisation's with a priority, in order of rank. Weights are drawn evenly from all that add up
    to 1 (Dirichlet with ones; Lahdelma & Salminen 2001, Operations Research 49(3)), seeded.
    """
    held = dict.fromkeys((topic.key for topic in topics), 0)
    if not topics:
        return {}
    ramps, available = _ramps(topics, rules)
    weights = np.random.default_rng(seed).dirichlet(np.ones(len(rules)), draws)
    priorities = (weights @ ramps.T) / (weights @ available.T)
    order = np.argsort(-np.round(priorities, 9), axis=1, kind="stable")
    for row, found in zip(order, priorities, strict=True):
        ranked = (topics[place] for place in row if found[place] > 0)
        for topic in _spread_over_themes(ranked, questionnaire, places):
            held[topic.key] += 1
    return {key: count / draws for key, count in held.items()}


def _ramps(topics: Sequence[Topic], rules: Sequence[Rule]) -> tuple[Numbers, Numbers]:
    """Two arrays (topics, signals): how far each ramp was climbed (0-1), and whether the signal was available."""
    ramps, available = np.zeros((len(topics), len(rules))), np.zeros((len(topics), len(rules)))
    place = {rule.signal: column for column, rule in enumerate(rules)}
    for row, topic in enumerate(topics):
        weight = sum(rules[place[reason.signal]].weight for reason in topic.reasons)
        for reason in topic.reasons:
            column = place[reason.signal]
            ramps[row, column] = reason.points * weight / (100 * rules[column].weight)
            available[row, column] = 1
    return ramps, available


def _spread_over_themes(topics: Iterable[Topic], questionnaire: Questionnaire, at_most: int) -> list[Topic]:
    """The first topics, at most ``PER_THEME`` of a theme and its items together."""
    chosen: list[Topic] = []
    taken: dict[str, int] = {}
    for topic in topics:
        theme = topic.key if topic.level == THEME else questionnaire.theme_of[topic.key]
        if taken.get(theme, 0) < PER_THEME:
            taken[theme] = taken.get(theme, 0) + 1
            chosen.append(topic)
            if len(chosen) == at_most:
                break
    return chosen


def _strength(own: Sequence[Topic], chosen: set[str]) -> Topic | None:
    shared = [
        topic for topic in own if topic.level == THEME and topic.key not in chosen and _agreed(topic) and topic.score
    ]
    return max(shared, key=lambda topic: topic.score or 0, default=None)


def _agreed(topic: Topic) -> bool:
    limit = AGREED * (topic.facts.get("top", 5) - 1) / 4
    return any(reason.signal == "divided" and reason.raw <= limit for reason in topic.reasons)
