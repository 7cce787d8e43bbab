"""An interview topic: what to talk about, why, and what it rests on."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Reason:
    """One signal of a topic: its points (they add up to the priority), the raw value and where the signal begins."""

    signal: str
    """low, divided, role_gap, behind, dont_know, decline or open."""
    points: float
    raw: float
    threshold: float
    """The ``lo`` of its ramp: at this raw value the signal begins."""


@dataclass(frozen=True)
class Topic:
    """A theme or item of one organisation as a possible interview topic. For the research team only."""

    organisation: str
    level: str
    """``theme`` or ``item``."""
    key: str
    rank: int
    """1 is the first; within the organisation, all themes and items together."""
    priority: float | None
    """0 to 100; None when less than half of the signals' weight could be judged."""
    reasons: tuple[Reason, ...]
    """The available signals with points, most points first, then in the order of the signals."""
    score: float | None
    """The mean on which ``low`` rests."""
    answered_by: str | None = None
    """The only role that answered, where another was invited and stayed silent."""
    facts: dict[str, float] = field(default_factory=dict)
    """Numbers the sentence may need: ``n``, ``target``, ``top`` of the scale; where known ``region``, ``previous`` and
    ``mean:<role>`` of the two roles furthest apart, in the order of the questionnaire."""
