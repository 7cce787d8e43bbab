"""What was agreed to talk about in one interview: the researcher's agenda, or else what the machine proposes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from surveyapp.analysis.proposal import REGIONAL, STRENGTH, TOPIC, proposal
from surveyapp.analysis.selection import Selection
from surveyapp.analysis.topic import Topic

OWN: Final = "own"
"""A topic that a researcher added."""


@dataclass(frozen=True)
class AgreedTopic:
    """One topic with time of its own."""

    kind: str
    """``topic``, ``own``, ``strength`` or ``regional``."""
    key: str
    title: str = ""
    """In the researcher's words; empty for those of the questionnaire."""
    questions: tuple[str, ...] = ()
    """The researcher's; empty for those of the guide."""
    minutes: int | None = None
    """As the researcher set them; None for a share."""
    with_it: tuple[str, ...] = ()
    """Keys of what is discussed with it, or titles of a researcher's own topics."""
    reason: str = ""
    """The researcher's."""
    steadiness: float | None = None
    """0 to 1, see ``selection.Selection``."""
    everywhere: bool = False


@dataclass(frozen=True)
class Agreed:
    """In order; ``ranked`` are the machine's topics of this organisation, by key."""

    topics: tuple[AgreedTopic, ...]
    ranked: Mapping[str, Topic]
    role: str = ""
    """The group that is talked with; empty for everybody."""
    minutes: int = 60
    released: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    """Key of a theme -> words that may be passed on, each with the label that it may have."""
    elsewhere: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """Key of a topic -> in how many other conversations it was confirmed, contradicted, ...: see ``models.Note``."""

    def of_part(self, *kinds: str) -> tuple[AgreedTopic, ...]:
        return tuple(topic for topic in self.topics if topic.kind in kinds)


def proposed(selection: Selection, *, minutes: int = 60) -> Agreed:
    """What is talked about as long as nobody changed the machine's proposal."""
    agreed = [
        AgreedTopic(kind=one.kind, key=one.key, steadiness=selection.steadiness.get(one.key), everywhere=one.everywhere)
        for one in proposal(selection)
    ]
    return Agreed(tuple(agreed), ranked(_of(selection)), minutes=minutes)


def ranked(topics: Iterable[Topic]) -> dict[str, Topic]:
    """The topics by key."""
    return {topic.key: topic for topic in topics}


def _of(selection: Selection) -> Iterable[Topic]:
    yield from selection.topics
    yield from selection.regional
    if selection.strength is not None:
        yield selection.strength


TOPICS: Final = (TOPIC, OWN)
__all__ = ["OWN", "REGIONAL", "STRENGTH", "TOPICS", "Agreed", "AgreedTopic", "proposed", "ranked"]
