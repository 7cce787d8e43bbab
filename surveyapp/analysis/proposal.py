"""What the machine proposes to talk about on one agenda, as an agenda keeps it: plain words and numbers."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

from surveyapp.analysis.selection import Selection
from surveyapp.analysis.topic import Topic
from surveyapp.questionnaires.questionnaire import Questionnaire

TOPIC: Final = "topic"
STRENGTH: Final = "strength"
REGIONAL: Final = "regional"


@dataclass(frozen=True)
class Proposed:
    """One topic of a proposal."""

    kind: str
    """``topic``, ``strength`` or ``regional``."""
    key: str
    """Of a theme or item."""
    priority: int | None
    """0 to 100, rounded; None where too little is known."""
    signals: tuple[str, ...]
    """Those that give points, most points first."""
    steadiness: int | None
    """Per cent of random weightings in which it is among the first three; None where it was not among the topics."""
    everywhere: bool
    """It is asked in all interviews, so that they can be compared."""

    def to_document(self) -> dict[str, object]:
        """For a JSON column; ``proposed`` reads it back."""
        return asdict(self) | {"signals": list(self.signals)}


def proposed(document: Mapping[str, Any]) -> Proposed:
    """What ``Proposed.to_document`` gave."""
    return Proposed(**{**document, "signals": tuple(document["signals"])})


def proposal(selection: Selection) -> tuple[Proposed, ...]:
    """Topics, the strength, and the regional topics that are not among the topics already."""
    everywhere = {topic.key for topic in selection.regional}
    chosen = [_proposed(TOPIC, topic, selection, everywhere) for topic in selection.topics]
    taken = {one.key for one in chosen}
    if selection.strength is not None:
        chosen.append(_proposed(STRENGTH, selection.strength, selection, everywhere))
        taken.add(selection.strength.key)
    chosen += [
        _proposed(REGIONAL, topic, selection, everywhere) for topic in selection.regional if topic.key not in taken
    ]
    return tuple(chosen)


def asked_of(topics: Iterable[Topic], role: str, questionnaire: Questionnaire) -> tuple[Topic, ...]:
    """The topics about which this role was asked something; all of them where ``role`` is empty. Ranks close up."""
    if not role:
        return tuple(topics)
    items = {key for key in questionnaire.theme_of if questionnaire.questions[key].asked_of(role)}
    known = items | {questionnaire.theme_of[key] for key in items}
    kept = [topic for topic in topics if topic.key in known]
    places: dict[str, int] = {}
    ranked = []
    for topic in sorted(kept, key=lambda one: one.rank):
        places[topic.organisation] = places.get(topic.organisation, 0) + 1
        ranked.append(replace(topic, rank=places[topic.organisation]))
    return tuple(ranked)


def _proposed(kind: str, topic: Topic, selection: Selection, everywhere: set[str]) -> Proposed:
    share = selection.steadiness.get(topic.key)
    return Proposed(
        kind=kind,
        key=topic.key,
        priority=None if topic.priority is None else round(topic.priority),
        signals=tuple(reason.signal for reason in topic.reasons if reason.points > 0),
        steadiness=None if share is None else round(100 * share),
        everywhere=topic.key in everywhere,
    )
