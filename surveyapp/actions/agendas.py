"""Verbs on agendas: a researcher takes over what the machine proposes, and changes it for a reason that stays.

Whoever changes an agenda says which version they saw; of an older one nothing is written. One strength, and what is
asked in all interviews, can be replaced and never just dropped.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.actions import log
from surveyapp.analysis.proposal import REGIONAL, STRENGTH, TOPIC, Proposed
from surveyapp.errors import InvalidContent, NotFound, WrongState
from surveyapp.models import Agenda, AgendaTopic, Membership, User, Wave, upsert
from surveyapp.models.wave import ANONYMOUS
from surveyapp.queries import agendas
from surveyapp.queries.agendas import GONE, NEW, OWN, PARTS

LONGEST_TITLE: Final = 300
LONGEST_QUESTION: Final = 500
MOST_QUESTIONS: Final = 12
MOST_TOPICS: Final = 40
LONGEST_REASON: Final = 2_000
SHORTEST, LONGEST = 15, 240
"""Minutes of an interview."""
AROUND: Final = 10
"""Minutes that opening and closing need at least."""


def take_over(
    session: Session,
    *,
    wave: Wave,
    membership: Membership | None,
    role: str = "",
    proposal: Iterable[Proposed],
    digest: str,
    by: User | None,
) -> Agenda:
    """Begin an agenda with what the machine proposes; ``digest`` is that of the tallies it rests on.

    Raises ``WrongState``: ``anonymous-wave``, and ``agenda-changed-elsewhere`` where there is one already.
    """
    if wave.regime == ANONYMOUS:
        raise WrongState("anonymous-wave")
    if membership is not None and membership.evaluation_id != wave.evaluation_id:
        raise NotFound("membership-of-another-evaluation")
    whose = {"wave_id": wave.id, "membership_id": membership.id if membership is not None else None, "role": role}
    first = {**whose, "minutes": 60, "version": 1, "data_digest": digest}
    if not upsert.insert_missing(session, Agenda, first):
        raise WrongState("agenda-changed-elsewhere")
    agenda = session.scalars(
        select(Agenda).where(*(getattr(Agenda, name).is_not_distinct_from(value) for name, value in whose.items()))
    ).one()
    for position, one in enumerate(proposal, 1):
        agenda.topics.append(_machines(one, position))
    _log(session, "agenda.take-over", agenda, by)
    return agenda


def set_length(session: Session, *, agenda: Agenda, version: int, minutes: int, by: User | None) -> None:
    """How long the interview takes. Raises ``InvalidContent`` (``interview-length``, ``minutes-exceed``)."""
    _hold(session, agenda, version)
    if not SHORTEST <= minutes <= LONGEST:
        raise InvalidContent("interview-length", least=SHORTEST, most=LONGEST)
    agenda.minutes = minutes
    _must_fit(agenda)
    _log(session, "agenda.set-length", agenda, by, minutes=minutes)


def add(
    session: Session,
    *,
    agenda: Agenda,
    version: int,
    title: str,
    questions: Sequence[str] = (),
    minutes: int | None = None,
    reason: str,
    by: User | None,
) -> AgendaTopic:
    """Put a topic of one's own on it, after the others. Raises ``InvalidContent``: ``title-missing``,
    ``title-too-long``, ``too-many-questions``, ``question-too-long``, ``too-many-topics``, ``minutes-exceed``,
    ``reason-missing`` and ``reason-too-long``."""
    _hold(session, agenda, version)
    if len(agenda.topics) >= MOST_TOPICS:
        raise InvalidContent("too-many-topics", most=MOST_TOPICS)
    taken = [int(topic.key.removeprefix("own-")) for topic in agenda.topics if topic.kind == OWN]
    topic = AgendaTopic(
        position=_last(agenda) + 1,
        kind=OWN,
        key=f"own-{max(taken, default=0) + 1}",
        title=_title(title, needed=True),
        questions=_questions(questions),
        minutes=minutes,
        dropped=False,
        merged_into="",
        reason=_reason(reason),
        proposed={},
    )
    agenda.topics.append(topic)
    _must_fit(agenda)
    _log(session, "agenda.add", agenda, by, topic=topic.key, reason=topic.reason)
    return topic


def word(
    session: Session,
    *,
    agenda: Agenda,
    version: int,
    key: str,
    title: str,
    questions: Sequence[str],
    minutes: int | None,
    reason: str,
    by: User | None,
) -> None:
    """Give a topic another title, questions and minutes; empty means those of the guide. Raises as ``add`` does."""
    _hold(session, agenda, version)
    topic = _topic(agenda, key)
    topic.title, topic.questions = _title(title, needed=topic.kind == OWN), _questions(questions)
    topic.minutes, topic.reason = minutes, _reason(reason)
    _must_fit(agenda)
    _log(session, "agenda.word", agenda, by, topic=key, reason=topic.reason)


def move(session: Session, *, agenda: Agenda, version: int, key: str, up: bool, by: User | None) -> None:
    """Discuss it one place earlier or later within its part; at the end of it nothing happens."""
    _hold(session, agenda, version)
    topic = _topic(agenda, key)
    part = agendas.of_part(agenda, PARTS[topic.kind])
    there = part.index(topic) + (-1 if up else 1) if topic in part else -1
    if 0 <= there < len(part):
        topic.position, part[there].position = part[there].position, topic.position
        _log(session, "agenda.move", agenda, by, topic=key)


def drop(
    session: Session,
    *,
    agenda: Agenda,
    version: int,
    key: str,
    reason: str,
    replacement: str = "",
    known: Collection[str] = (),
    by: User | None,
) -> None:
    """Leave it out; with what was to be discussed with it, which then stands by itself again.

    For the strength, and for what is asked in all interviews, a ``replacement`` is needed: the key of a theme or item
    of those ``known``. Raises ``InvalidContent`` (``replacement-missing``, ``replacement-unknown``, and the reason's).
    """
    _hold(session, agenda, version)
    topic = _topic(agenda, key)
    if replacement:
        _replace(agenda, topic, replacement, known, _reason(reason))
    elif topic.kind == STRENGTH or agendas.is_everywhere(topic):
        raise InvalidContent("replacement-missing")
    _leave_out(agenda, topic, _reason(reason))
    _log(session, "agenda.drop", agenda, by, topic=key, reason=topic.reason, replacement=replacement or "-")


def restore(session: Session, *, agenda: Agenda, version: int, key: str, by: User | None) -> None:
    """Put back what was dropped, or let what was discussed with another stand by itself again."""
    _hold(session, agenda, version)
    topic = _topic(agenda, key)
    topic.dropped, topic.merged_into = False, ""
    _must_fit(agenda)
    _log(session, "agenda.restore", agenda, by, topic=key)


def merge(session: Session, *, agenda: Agenda, version: int, key: str, into: str, reason: str, by: User | None) -> None:
    """Discuss a topic with another. Raises ``InvalidContent``: ``merged-with-itself``, ``merged-with-dropped``, and
    ``strength-merged``, as what goes well is asked by itself."""
    _hold(session, agenda, version)
    topic, other = _topic(agenda, key), _topic(agenda, into)
    if topic is other:
        raise InvalidContent("merged-with-itself")
    if STRENGTH in {topic.kind, other.kind}:
        raise InvalidContent("strength-merged")
    if other.dropped or other.merged_into or topic.dropped:
        raise InvalidContent("merged-with-dropped")
    for following in [topic, *(one for one in agenda.topics if one.merged_into == key)]:
        following.merged_into = into
    topic.reason = _reason(reason)
    _log(session, "agenda.merge", agenda, by, topic=key, into=into, reason=topic.reason)


def update(
    session: Session,
    *,
    agenda: Agenda,
    version: int,
    proposal: Iterable[Proposed],
    digest: str,
    accepted: Collection[str],
    by: User | None,
) -> None:
    """Take these changes over of what newer data would change; nothing that a researcher edited is overwritten.

    When nothing is left, the agenda stands on the newer data. Raises ``WrongState`` (``change-not-there``), and
    ``InvalidContent`` (``replacement-missing``) where nothing would stand in the place of what must be asked.
    """
    _hold(session, agenda, version)
    told = tuple(proposal)
    offered = {change.key: change for change in agendas.changes(agenda, told)}
    if set(accepted) - offered.keys():
        raise WrongState("change-not-there")
    taken = [change for key, change in offered.items() if key in set(accepted)]
    owed = _obligations(agenda)
    for change in taken:
        if change.now is not None and change.what == NEW:
            agenda.topics.append(_machines(change.now, _last(agenda) + 1))
        elif change.now is not None:
            _topic(agenda, change.key).proposed = change.now.to_document()
        else:
            _let_go(agenda, change.key)
    if any(have < due for have, due in zip(_obligations(agenda), owed, strict=True)):
        raise InvalidContent("replacement-missing")
    if not agendas.changes(agenda, told):
        agenda.data_digest = digest
    gone = sum(change.what == GONE for change in taken)
    _log(session, "agenda.update", agenda, by, changes=len(taken), gone=gone)


def keep(session: Session, *, agenda: Agenda, version: int, digest: str, by: User | None) -> None:
    """Leave it as it is, though the data have changed; it is offered again when they change once more."""
    _hold(session, agenda, version)
    agenda.data_digest = digest
    _log(session, "agenda.keep", agenda, by)


def _hold(session: Session, agenda: Agenda, version: int) -> None:
    session.refresh(agenda, with_for_update=True)
    if agenda.version != version:
        raise WrongState("agenda-changed-elsewhere")
    agenda.version += 1


def _log(session: Session, verb: str, agenda: Agenda, by: User | None, **details: int | str) -> None:
    session.flush()
    session.refresh(agenda)
    log.record(session, verb=verb, subject=agenda, by=by, evaluation=agenda.wave.evaluation, **details)


def _machines(one: Proposed, position: int) -> AgendaTopic:
    return AgendaTopic(
        position=position,
        kind=one.kind,
        key=one.key,
        title="",
        questions=[],
        minutes=None,
        dropped=False,
        merged_into="",
        reason="",
        proposed=one.to_document(),
    )


def _topic(agenda: Agenda, key: str) -> AgendaTopic:
    for topic in agenda.topics:
        if topic.key == key:
            return topic
    raise NotFound("agenda-topic", topic=key)


def _last(agenda: Agenda) -> int:
    return max((topic.position for topic in agenda.topics), default=0)


def _replace(agenda: Agenda, topic: AgendaTopic, key: str, known: Collection[str], reason: str) -> None:
    """The replacement stands where the other stood, and owes what that owed."""
    there = {one.key: one for one in agenda.topics}.get(key)
    if key not in known or key == topic.key or (there is not None and not there.dropped and not there.merged_into):
        raise InvalidContent("replacement-unknown")
    kind = STRENGTH if topic.kind == STRENGTH else REGIONAL if agendas.is_everywhere(topic) else TOPIC
    if there is None:
        there = AgendaTopic(key=key, title="", questions=[], minutes=None, proposed={})
        agenda.topics.append(there)
    there.kind, there.position, there.reason = kind, topic.position, reason
    there.dropped, there.merged_into = False, ""


def _leave_out(agenda: Agenda, topic: AgendaTopic, reason: str) -> None:
    topic.dropped, topic.merged_into, topic.reason = True, "", reason
    for other in agenda.topics:
        if other.merged_into == topic.key:
            other.merged_into = ""


def _let_go(agenda: Agenda, key: str) -> None:
    """What a researcher worded stays to be seen, as dropped; of the machine's own words nothing is lost."""
    topic = _topic(agenda, key)
    is_worded = bool(topic.title or topic.questions)
    _leave_out(agenda, topic, topic.reason)
    if not is_worded:
        agenda.topics.remove(topic)


def _obligations(agenda: Agenda) -> tuple[int, int]:
    """Whether a strength is asked, and how many (two at most) of what is asked everywhere."""
    there = [topic for topic in agenda.topics if not topic.dropped]
    strengths = sum(topic.kind == STRENGTH for topic in there)
    return min(1, strengths), min(2, sum(map(agendas.is_everywhere, there)))


def _must_fit(agenda: Agenda) -> None:
    fixed = [topic.minutes for topic in agendas.discussed(agenda) if topic.minutes is not None]
    if any(minutes < 1 for minutes in fixed) or sum(fixed) > agenda.minutes - AROUND:
        raise InvalidContent("minutes-exceed", most=agenda.minutes - AROUND)


def _title(written: str, *, needed: bool) -> str:
    title = " ".join(written.split())
    if needed and not title:
        raise InvalidContent("title-missing")
    if len(title) > LONGEST_TITLE:
        raise InvalidContent("title-too-long", most=LONGEST_TITLE)
    return title


def _questions(written: Sequence[str]) -> list[str]:
    questions = [words for line in written if (words := " ".join(line.split()))]
    if len(questions) > MOST_QUESTIONS:
        raise InvalidContent("too-many-questions", most=MOST_QUESTIONS)
    if any(len(question) > LONGEST_QUESTION for question in questions):
        raise InvalidContent("question-too-long", most=LONGEST_QUESTION)
    return questions


def _reason(written: str) -> str:
    if not written.strip():
        raise InvalidContent("reason-missing")
    if len(written) > LONGEST_REASON:
        raise InvalidContent("reason-too-long", longest=LONGEST_REASON)
    return written.strip()
