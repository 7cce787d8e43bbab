"""Why something deserves a conversation: seven signals, each with a ramp and a weight, added up to a priority.

Designing interviews after a survey means choosing which results need explaining: extreme, surprising or contradictory
ones (Creswell & Creswell 2018, explanatory sequential design). Ramps and weights are our own choice, on one table.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Final

from surveyapp.analysis.topic import Reason


@dataclass(frozen=True)
class Rule:
    """A raw signal up to ``lo`` gives no points, from ``hi`` on all points of its ``weight``, linear in between."""

    signal: str
    lo: float
    hi: float
    weight: float
    least: int
    """Respondents from whom the signal needs answers (of a role gap: of the larger role)."""
    in_points: bool = True
    """In scale points of a five point scale; else a share."""

    def ramp(self, raw: float) -> float:
        if raw <= self.lo:
            return 0.0
        return 1.0 if raw >= self.hi else (raw - self.lo) / (self.hi - self.lo)


RULES: Final = (
    Rule("low", lo=1.0, hi=2.5, weight=30, least=3),
    Rule("divided", lo=0.4, hi=1.2, weight=20, least=4),
    Rule("role_gap", lo=0.5, hi=1.5, weight=15, least=3),
    Rule("behind", lo=0.3, hi=1.0, weight=10, least=3),
    Rule("dont_know", lo=0.10, hi=0.40, weight=10, least=4, in_points=False),
    Rule("decline", lo=0.25, hi=1.0, weight=10, least=4),
    Rule("open", lo=0.0, hi=0.5, weight=5, least=1, in_points=False),
)
"""What each raw signal is: low: target minus mean. divided: mean absolute deviation from the median. role_gap: largest
difference between the means of two roles. behind: region minus mean. dont_know: share of "don't know". decline:
previous wave minus mean. open: share of respondents whose open answer was coded as an obstacle."""

TARGET: Final = 4.0
"""The mean, on five points, that good practice aims at."""
ENOUGH_WEIGHT: Final = 0.5
"""Share of all weight that has to be available for a priority."""
_USUAL_STEPS: Final = 4


def on_scale(points: int, rules: Sequence[Rule] = RULES) -> tuple[Rule, ...]:
    """The rules for a scale of this many points; those in scale points stretch with the steps between 1 and c."""
    stretch = (points - 1) / _USUAL_STEPS
    return tuple(
        replace(rule, lo=rule.lo * stretch, hi=rule.hi * stretch) if rule.in_points else rule for rule in rules
    )


def target_on_scale(points: int, target: float = TARGET) -> float:
    """The target of five points at the same place on a scale of ``points``: 4 of 5 is 5.5 of 7."""
    return 1 + (target - 1) * (points - 1) / _USUAL_STEPS


def weigh(
    raw: Mapping[str, float], rules: Sequence[Rule] = RULES, enough: float = ENOUGH_WEIGHT
) -> tuple[float | None, tuple[Reason, ...]]:
    """The priority (0-100) of raw signals, and what each contributes, most points first.

    ``raw`` holds the signals that could be judged; a missing one gives up its weight to the others, which is something
    else than a signal of 0. Below ``enough`` of the weight there is no priority and no reasons.
    """
    available = [rule for rule in rules if rule.signal in raw]
    weight = sum(rule.weight for rule in available)
    if not available or weight < enough * sum(rule.weight for rule in rules):
        return None, ()
    reasons = [
        Reason(rule.signal, 100 * rule.weight * rule.ramp(raw[rule.signal]) / weight, raw[rule.signal], rule.lo)
        for rule in available
    ]
    priority = sum(reason.points for reason in reasons)
    return priority, tuple(sorted(reasons, key=attrgetter("points"), reverse=True))
