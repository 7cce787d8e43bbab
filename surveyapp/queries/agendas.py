"""The agendas that researchers made of what the machine proposed, and what newer data would change in them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.analysis.proposal import REGIONAL, STRENGTH, TOPIC, Proposed, proposed
from surveyapp.models import Agenda, AgendaTopic, Membership, Wave

NEW: Final = "new"
GONE: Final = "gone"
OTHER: Final = "other"
OWN: Final = "own"
PARTS: Final = {TOPIC: TOPIC, OWN: TOPIC, STRENGTH: STRENGTH, REGIONAL: REGIONAL}
"""Kind of a topic -> the part of the agenda that it stands in."""


@dataclass(frozen=True)
class Change:
    """What newer data would change: a topic that is ``new``, is ``gone``, or has ``other`` reasons or priority."""

    key: str
    what: str
    now: Proposed | None
    """What the machine says now; None for what is gone."""
    before: Proposed | None
    """What it said when it was taken over; None for what is new."""


def of(session: Session, wave: Wave, membership: Membership | None, role: str = "") -> Agenda | None:
    """The agenda of an organisation, or without one of the programme team, for one group or for everybody; None as long
    as nobody changed what the machine proposes."""
    found = select(Agenda).where(
        Agenda.wave_id == wave.id,
        Agenda.membership_id.is_(None) if membership is None else Agenda.membership_id == membership.id,
        Agenda.role == role,
    )
    return session.scalar(found)


def all_of(session: Session, wave: Wave) -> list[Agenda]:
    """Every agenda of the wave."""
    return list(session.scalars(select(Agenda).where(Agenda.wave_id == wave.id).order_by(Agenda.id)))


def discussed(agenda: Agenda) -> list[AgendaTopic]:
    """The topics with time of their own, in order: not those that were dropped or are discussed with another."""
    return [topic for topic in agenda.topics if not topic.dropped and not topic.merged_into]


def of_part(agenda: Agenda, part: str) -> list[AgendaTopic]:
    """The same in one part of the agenda: ``topic`` (with the researcher's own), ``strength`` or ``regional``."""
    return [topic for topic in discussed(agenda) if PARTS[topic.kind] == part]


def is_everywhere(topic: AgendaTopic) -> bool:
    """Whether it is one of the topics that are asked in all interviews."""
    return topic.kind == REGIONAL or bool(topic.proposed.get("everywhere"))


def said_before(topic: AgendaTopic) -> Proposed | None:
    """What the machine said of it when it was taken over; None for what a researcher added."""
    return proposed(topic.proposed) if topic.proposed.get("kind") else None


def changes(agenda: Agenda, proposal: Iterable[Proposed]) -> tuple[Change, ...]:
    """What this proposal would change in the agenda: what is new, then what is different, then what is gone.

    A topic that a researcher dropped is not offered again, and one that a researcher added never goes.
    """
    now = {one.key: one for one in proposal}
    known = {topic.key: topic for topic in agenda.topics}
    new = [Change(key, NEW, one, None) for key, one in now.items() if key not in known]
    other, gone = [], []
    for topic in agenda.topics:
        before = said_before(topic)
        if before is None or topic.dropped:
            continue
        if topic.key not in now:
            gone.append(Change(topic.key, GONE, None, before))
        elif now[topic.key] != before:
            other.append(Change(topic.key, OTHER, now[topic.key], before))
    return (*new, *other, *gone)
