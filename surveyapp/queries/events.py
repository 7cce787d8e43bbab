"""The audit log: reading it, and finding where somebody tampered with it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from surveyapp.models import Evaluation, Event, EventChain, Membership, Organisation, User
from surveyapp.models.event import chained

_AT_ONCE: Final = 1_000
"""Lines that are in memory together."""

CHANGED: Final = "changed"
"""These lines do not follow from the ones before: one of them was changed, put in between or moved."""
REMOVED: Final = "removed"
"""These numbers are missing between two lines."""
CUT_OFF: Final = "cut-off"
"""The log ended here once, and does not reach so far any more."""
ADDED: Final = "added"
"""These lines stand behind the end of the log."""
END_CHANGED: Final = "end-changed"
"""The end of the log says something else than its last line."""
NO_END: Final = "no-end"
"""There are lines and the end of the log is gone, or there is more than one."""
ELSEWHERE: Final = "elsewhere"
"""The line with this number is not the one that was noted down before."""


@dataclass(frozen=True)
class Fault:
    """Something that is wrong with the log, and in which lines: their numbers, both included."""

    code: str
    first: int
    last: int


@dataclass(frozen=True)
class Anchor:
    """A line that was noted down elsewhere: who rewrites the log from there to the end is found by it."""

    number: int
    digest: str


def end(session: Session) -> Anchor:
    """The last line as the end of the log knows it; number 0 for an empty log."""
    found = session.scalar(select(EventChain).order_by(EventChain.id).limit(1))
    return Anchor(found.last, found.digest) if found is not None else Anchor(0, "")


def faults(session: Session, anchor: Anchor | None = None) -> Iterator[Fault]:
    """Everything that is wrong with the chain, from the first line to the last; nothing when it is whole.

    Every line is made again from the digest before it (``models.event.chained``). Who can write the database can make a
    whole new chain; only an ``anchor`` that was kept elsewhere tells. Streams: a log may be of any length.
    """
    before, number, broken = "", 0, 0
    noted = anchor is None or anchor.number == 0
    for event in _every(session):
        if event.id <= 0:
            yield Fault(CHANGED, event.id, event.id)
            continue
        apart = event.id > number + 1
        follows = apart or event.follows(before)
        if broken and follows:
            yield Fault(CHANGED, broken, number)
        broken = 0 if follows else broken or event.id
        if apart:
            yield Fault(REMOVED, number + 1, event.id - 1)
        if anchor is not None and event.id == anchor.number:
            noted = event.digest == anchor.digest
        before, number = event.digest, event.id
    if broken:
        yield Fault(CHANGED, broken, number)
    if not noted and anchor is not None:
        yield Fault(ELSEWHERE, anchor.number, anchor.number)
    yield from _faults_at_the_end(session, number, before)


def _faults_at_the_end(session: Session, number: int, digest: str) -> Iterator[Fault]:
    ends = session.execute(select(EventChain.last, EventChain.digest)).all()
    if len(ends) != 1:
        if ends or number:
            yield Fault(NO_END, number, number)
        return
    last, kept = ends[0]
    if last > number:
        yield Fault(CUT_OFF, number + 1, last)
    elif last < number:
        yield Fault(ADDED, last + 1, number)
    elif kept != digest:
        yield Fault(END_CHANGED, number, number)


@dataclass(frozen=True)
class _Stored:
    """A line as it stands in the table; without columns where it does not even hold what it should."""

    id: int
    digest: str
    columns: dict[str, Any] | None

    def follows(self, before: str) -> bool:
        """Whether its digest is what this line makes of the digest before it."""
        return self.columns is not None and chained(before, Event(**self.columns)) == self.digest


_COLUMNS: Final = (
    Event.id,
    Event.at,
    Event.actor_id,
    Event.evaluation_id,
    Event.verb,
    Event.subject,
    Event.details,
    Event.digest,
)


def _every(session: Session) -> Iterator[_Stored]:
    """Every line by its number, some at a time; what cannot be read as a line comes without its columns."""
    last: int | None = None
    while True:
        keys = select(Event.id, Event.digest).order_by(Event.id).limit(_AT_ONCE)
        found = session.execute(keys if last is None else keys.where(Event.id > last)).all()
        if not found:
            return
        last = found[-1].id
        whole = _readable(session, found[0].id, last)
        for number, digest in found:
            yield _Stored(number, digest, whole.get(number))


def _readable(session: Session, first: int, last: int) -> dict[int, dict[str, Any]]:
    """The lines between these numbers; a line that was made unreadable is looked for by halves, and left out."""
    try:
        rows = session.execute(select(*_COLUMNS).where(Event.id.between(first, last))).mappings().all()
    except (ValueError, TypeError):
        if first == last:
            return {}
        middle = (first + last) // 2
        return _readable(session, first, middle) | _readable(session, middle + 1, last)
    return {row["id"]: dict(row) for row in rows if row["at"] is not None}


@dataclass(frozen=True)
class Wanted:
    """Which lines: of one study or of all, in a period, of one act, actor or subject."""

    evaluation_id: int | None = None
    since: datetime | None = None
    until: datetime | None = None
    """Up to and without this moment."""
    verb: str = ""
    actor_id: int | None = None
    """0 for the installation itself."""
    subject: str = ""
    """``noun:id``."""


@dataclass(frozen=True)
class Line:
    """A line of the log as people read it."""

    id: int
    at: datetime
    actor_id: int | None
    actor: str | None
    """The name of the account while it exists."""
    evaluation_id: int | None
    slug: str | None
    """Of the study, while it exists."""
    verb: str
    subject: str
    details: dict[str, int | str]
    digest: str

    @property
    def reason(self) -> str:
        """What the user gave for it; empty for none."""
        return str(self.details.get("reason", ""))


def page(session: Session, wanted: Wanted, *, before: int | None, limit: int) -> list[Line]:
    """The newest lines that are wanted, at most ``limit``; with ``before`` those with a lower number only."""
    asked = _lines(wanted).order_by(Event.id.desc()).limit(limit)
    return _named(session, asked if before is None else asked.where(Event.id < before))


def every(session: Session, wanted: Wanted) -> Iterator[Line]:
    """All lines that are wanted, the oldest first, some at a time."""
    last = 0
    while True:
        asked = _lines(wanted).where(Event.id > last).order_by(Event.id).limit(_AT_ONCE)
        found = _named(session, asked)
        if not found:
            return
        yield from found
        last = found[-1].id


def verbs(session: Session, evaluation_id: int | None = None) -> list[str]:
    """Every act that the log knows of, in one study or in all."""
    return list(session.scalars(_within(select(Event.verb).distinct(), evaluation_id).order_by(Event.verb)))


def actors(session: Session, evaluation_id: int | None = None) -> list[tuple[int, str | None]]:
    """Everybody who did something, as id and name; the name is None where the account is gone."""
    ids = _within(select(Event.actor_id).where(Event.actor_id.is_not(None)).distinct(), evaluation_id)
    found = session.scalars(ids).all()
    names = {row.id: row.name for row in session.execute(select(User.id, User.name).where(User.id.in_(found)))}
    known = [(number, names.get(number)) for number in found if number is not None]
    return sorted(known, key=lambda actor: ((actor[1] or "").lower(), actor[0]))


def count(session: Session, wanted: Wanted) -> int:
    """How many lines are wanted."""
    return session.scalar(select(func.count()).select_from(Event).where(*_conditions(wanted))) or 0


def _within(asked: Select[Any], evaluation_id: int | None) -> Select[Any]:
    return asked if evaluation_id is None else asked.where(Event.evaluation_id == evaluation_id)


def _lines(wanted: Wanted) -> Select[Any]:
    columns: tuple[ColumnElement[Any] | InstrumentedAttribute[Any], ...] = (
        *_COLUMNS,
        User.name.label("actor"),
        Evaluation.slug,
    )
    return (
        select(*columns)
        .outerjoin(User, User.id == Event.actor_id)
        .outerjoin(Evaluation, Evaluation.id == Event.evaluation_id)
        .where(*_conditions(wanted))
    )


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.evaluation_id is not None:
        found.append(Event.evaluation_id == wanted.evaluation_id)
    if wanted.since is not None:
        found.append(Event.at >= wanted.since)
    if wanted.until is not None:
        found.append(Event.at < wanted.until)
    if wanted.verb:
        found.append(Event.verb == wanted.verb)
    if wanted.actor_id is not None:
        found.append(Event.actor_id.is_not_distinct_from(wanted.actor_id or None))
    if wanted.subject:
        found.append(Event.subject == wanted.subject)
    return found


def _named(session: Session, asked: Select[Any]) -> list[Line]:
    """With the name of an organisation where the details hold its number in the study."""
    found = [Line(**row) for row in session.execute(asked).mappings()]
    numbers = {line.details["membership"] for line in found if isinstance(line.details.get("membership"), int)}
    if not numbers:
        return found
    names = session.execute(
        select(Membership.id, Organisation.name)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(Membership.id.in_(numbers))
    )
    known = {row.id: row.name for row in names}
    for line in found:
        number = line.details.get("membership")
        if isinstance(number, int) and number in known:
            line.details["organisation"] = known[number]
    return found
