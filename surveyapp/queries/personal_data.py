"""What is held about a person in a study, found by what the tables declare: see ``models.base.personal``."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, TypeVar

from sqlalchemy import Column, ColumnElement, Select, Table, and_, exists, func, or_, select
from sqlalchemy.orm import Session, joinedload

from surveyapp.models import (
    Base,
    Delegation,
    Evaluation,
    Interview,
    Invitation,
    Invitee,
    Membership,
    Participant,
    Receipt,
    Response,
    Review,
    Reviewer,
    TextRelease,
    Wave,
)
from surveyapp.models.wave import ANONYMOUS

SHORTEST_SEARCH: Final = 3
MOST_FOUND: Final = 50
UNSENT: Final = "unsent"
"""There are answers that were never sent: nobody but who wrote them reads those."""
UNLINKED: Final = "unlinked"
"""They took part anonymously: nobody can tell which answers are theirs."""

Rows = dict[str, list[dict[str, Any]]]
_Row = TypeVar("_Row", Invitee, Delegation, Participant, Reviewer)
_SECRETS: Final = frozenset({"token_hash", "begun_with"})


@dataclass(frozen=True)
class Person:
    """Everything under one e-mail address in a study: the seats they were invited on, what was passed to them, the
    conversations they are in, and the drafts they read.

    Of who was only talked with, or reads a draft, there may be no address: then ``email`` is empty, and this is one
    participant with the reports sent to them, or one reader.
    """

    email: str
    invitees: tuple[Invitee, ...]
    delegations: tuple[Delegation, ...]
    participants: tuple[Participant, ...] = ()
    readers: tuple[Reviewer, ...] = ()

    @property
    def rows(self) -> tuple[Invitee | Delegation | Participant | Reviewer, ...]:
        """Where they stand, seats first."""
        return (*self.invitees, *self.delegations, *self.participants, *self.readers)

    @property
    def waves(self) -> tuple[Wave, ...]:
        """Each in which they stand somewhere."""
        found = [
            *(invitee.wave for invitee in self.invitees),
            *(delegation.response.wave for delegation in self.delegations),
            *(participant.interview.wave for participant in self.participants),
            *(reader.review.wave for reader in self.readers),
        ]
        return tuple({wave.id: wave for wave in found}.values())

    @property
    def name(self) -> str:
        """As they are called last."""
        last = next(kind for kind in (self.invitees, self.delegations, self.participants, self.readers) if kind)
        return last[-1].name


def by_invitee(session: Session, evaluation: Evaluation, number: int) -> Person | None:
    """The person on this seat; None where it is not of this study, or nobody is on it any more."""
    invitee = session.get(Invitee, number)
    if invitee is None or invitee.wave.evaluation_id != evaluation.id or not invitee.email:
        return None
    return _at(session, evaluation, invitee.email)


def by_delegation(session: Session, evaluation: Evaluation, number: int) -> Person | None:
    """The colleague to whom this was passed; None where it is not of this study."""
    delegation = session.get(Delegation, number)
    if delegation is None or delegation.response.wave.evaluation_id != evaluation.id or not delegation.email:
        return None
    return _at(session, evaluation, delegation.email)


def by_participant(session: Session, evaluation: Evaluation, number: int) -> Person | None:
    """Who was talked with; None where it is not of this study, or nobody is known there any more."""
    participant = session.get(Participant, number)
    if participant is None or participant.interview.wave.evaluation_id != evaluation.id or not participant.name:
        return None
    address = participant.email or (participant.invitee.email if participant.invitee is not None else "")
    if address:
        return _at(session, evaluation, address)
    sent = select(Reviewer).where(Reviewer.participant_id == participant.id, Reviewer.email == "")
    return Person("", (), (), (participant,), tuple(session.scalars(sent.order_by(Reviewer.id))))


def by_reader(session: Session, evaluation: Evaluation, number: int) -> Person | None:
    """Who reads a draft, or a report of a conversation with them; None where it is not of this study, or nobody is
    known there any more."""
    reader = session.get(Reviewer, number)
    if reader is None or reader.review.wave.evaluation_id != evaluation.id or not reader.name:
        return None
    if reader.email:
        return _at(session, evaluation, reader.email)
    if reader.participant_id is not None:
        return by_participant(session, evaluation, reader.participant_id)
    return Person("", (), (), (), (reader,))


def found(session: Session, evaluation: Evaluation, words: str) -> list[Person]:
    """Everybody whose name or address holds these words, those without an address last; nobody for fewer than
    ``SHORTEST_SEARCH`` characters."""
    sought = words.strip().lower()
    if len(sought) < SHORTEST_SEARCH:
        return []
    pattern = f"%{sought.replace('!', '!!').replace('%', '!%').replace('_', '!_')}%"
    addresses: set[str] = set()
    for table, asked in _TABLES.items():
        fits = or_(*(func.lower(column).like(pattern, escape="!") for column in (table.name, table.email)))
        rows = asked.with_only_columns(func.lower(table.email)).where(Wave.evaluation_id == evaluation.id, fits)
        addresses.update(session.scalars(rows.where(table.email != "").distinct().limit(MOST_FOUND)))
    people = [_at(session, evaluation, address) for address in sorted(addresses)[:MOST_FOUND]]
    people += _without_address(session, evaluation, pattern)
    return [person for person in people if person is not None][:MOST_FOUND]


_TABLES: Final[dict[type[Invitee | Delegation | Participant | Reviewer], Select[int]]] = {
    Invitee: select(Invitee.id).join(Wave, Wave.id == Invitee.wave_id),
    Delegation: select(Delegation.id).join(Response).join(Wave, Wave.id == Response.wave_id),
    Participant: select(Participant.id).join(Interview).join(Wave, Wave.id == Interview.wave_id),
    Reviewer: select(Reviewer.id).join(Review).join(Wave, Wave.id == Review.wave_id),
}
"""Where people stand with a name and an address -> their rows, with the wave beside them."""


def _without_address(session: Session, evaluation: Evaluation, pattern: str) -> list[Person | None]:
    """Who was talked with, and who reads a draft and was not, of whom only a name is known."""
    talked = _named(Participant, evaluation, pattern).where(Participant.invitee_id.is_(None))
    reads = _named(Reviewer, evaluation, pattern).where(Reviewer.participant_id.is_(None))
    return [
        *(by_participant(session, evaluation, number) for number in session.scalars(talked)),
        *(by_reader(session, evaluation, number) for number in session.scalars(reads)),
    ]


def _named(table: type[Participant | Reviewer], evaluation: Evaluation, pattern: str) -> Select[int]:
    theirs = (Wave.evaluation_id == evaluation.id, table.email == "")
    named = func.lower(table.name).like(pattern, escape="!")
    return _TABLES[table].where(*theirs, named).order_by(table.name, table.id).limit(MOST_FOUND)


def _at(session: Session, evaluation: Evaluation, email: str) -> Person | None:
    """Whoever has this address; what is linked to a seat or a conversation of theirs is theirs as well."""
    address = email.strip().lower()
    invitees = session.scalars(
        _all(Invitee, evaluation, func.lower(Invitee.email) == address).options(
            joinedload(Invitee.wave), joinedload(Invitee.membership).joinedload(Membership.organisation)
        )
    ).all()
    seats = [invitee.id for invitee in invitees]
    delegations = session.scalars(_all(Delegation, evaluation, func.lower(Delegation.email) == address)).all()
    in_talks = or_(func.lower(Participant.email) == address, Participant.invitee_id.in_(seats))
    participants = session.scalars(_all(Participant, evaluation, in_talks)).all()
    talks = [participant.id for participant in participants]
    reads = or_(func.lower(Reviewer.email) == address, Reviewer.participant_id.in_(talks))
    readers = session.scalars(_all(Reviewer, evaluation, reads)).all()
    known = (tuple(invitees), tuple(delegations), tuple(participants), tuple(readers))
    return Person(address, *known) if any(known) else None


def _all(table: type[_Row], evaluation: Evaluation, theirs: ColumnElement[bool]) -> Select[_Row]:
    inside = _TABLES[table].where(Wave.evaluation_id == evaluation.id, theirs)
    return select(table).where(table.id.in_(inside)).order_by(table.id)


@dataclass(frozen=True)
class Held:
    """Everything that is held about a person: table -> its rows, with the columns that say something."""

    rows: Rows
    notes: tuple[str, ...]
    """What cannot be in it, and why: ``UNSENT``, ``UNLINKED``."""

    def to_document(self) -> dict[str, Any]:
        """As JSON knows it."""
        tables = {
            name: [{column: _plain(value) for column, value in row.items()} for row in rows]
            for name, rows in self.rows.items()
        }
        return {"held": tables, "notes": list(self.notes)}


def held(session: Session, person: Person) -> Held:
    """Starts with the person and follows every reference to a row that was found, so that no table is forgotten.

    Of each row: the columns declared personal, and plain ones that are no reference. Answers that were not sent are
    counted and not shown.
    """
    numbers = {
        "invitee": {invitee.id for invitee in person.invitees},
        "delegation": {delegation.id for delegation in person.delegations},
        "participant": {participant.id for participant in person.participants},
        "reviewer": {reader.id for reader in person.readers},
    }
    found_rows = {name: rows for name, rows in _everything(session, numbers).items() if rows}
    if released := _released(session, found_rows):
        found_rows["text_release"] = released
    sent = {row["id"] for row in found_rows.get("response", ()) if row["submitted"]}
    sent |= _sent_by_others(session, person)
    shown: Rows = {}
    unsent = 0
    for name, rows in found_rows.items():
        kept = [row for row in rows if name != "answer" or row["response_id"] in sent]
        unsent += len(rows) - len(kept)
        table = Base.metadata.tables[name]
        shown[name] = [{column.name: row[column.name] for column in table.columns if _tells(column)} for row in kept]
    unlinked = any(invitee.wave.regime == ANONYMOUS for invitee in person.invitees) and "receipt" in found_rows
    notes = ((UNSENT, unsent > 0), (UNLINKED, unlinked))
    return Held(shown, tuple(note for note, applies in notes if applies))


def _released(session: Session, found_rows: Rows) -> list[dict[str, Any]]:
    """What was let out of their words: it names its source, which no reference can."""
    answers = [f"{row['response_id']}:{row['question']}" for row in found_rows.get("answer", ())]
    quotes = [row["id"] for row in found_rows.get("quote", ())]
    table = TextRelease.__table__
    theirs = or_(
        and_(table.c.source == "answer", table.c.source_key.in_(answers)),
        and_(table.c.source == "quote", table.c.source_key.in_(quotes)),
    )
    return [dict(row) for row in session.execute(select(table).where(theirs)).mappings()]


def _sent_by_others(session: Session, person: Person) -> set[int]:
    """The responses that were sent, of those in which this person helped."""
    theirs = {delegation.response_id for delegation in person.delegations}
    return set(session.scalars(select(Response.id).where(Response.id.in_(theirs), Response.submitted)))


def _everything(session: Session, numbers: dict[str, set[int]]) -> Rows:
    """Every row that refers to the rows with these numbers, or to a row that does."""
    seen: dict[str, dict[tuple[Any, ...], dict[str, Any]]] = {}
    waiting = [(Base.metadata.tables[name], Base.metadata.tables[name].c.id, found) for name, found in numbers.items()]
    while waiting:
        table, column, values = waiting.pop()
        if not values:
            continue
        rows = session.execute(select(*_light(table)).where(column.in_(values))).mappings().all()
        known = seen.setdefault(table.name, {})
        new = {
            key: dict(row)
            for row in rows
            if (key := tuple(row[primary.name] for primary in table.primary_key)) not in known
        }
        known.update(new)
        waiting += _references(table, new.values())
    return {name: list(rows.values()) for name, rows in seen.items()}


def _references(table: Table, rows: Collection[dict[str, Any]]) -> Iterable[tuple[Table, Column[Any], set[Any]]]:
    """The columns that refer to this table, with the values to look for; nothing leads from a file to other people."""
    for other in Base.metadata.tables.values():
        for column in other.columns:
            for reference in column.foreign_keys:
                if reference.column.table is table:
                    yield other, column, {row[reference.column.name] for row in rows}


def _light(table: Table) -> list[Any]:
    """The columns of a table; of files the number of bytes."""
    return [
        func.length(column).label(column.name) if column.type.python_type is bytes else column
        for column in table.columns
    ]


def _tells(column: Column[Any]) -> bool:
    personal = bool(column.info["personal"]) and column.name not in _SECRETS
    return personal or not (column.foreign_keys or column.name == "id" or column.info["personal"])


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime | date) else value


def has_answered(session: Session, invitee: Invitee) -> bool:
    """Whether there is a receipt for this seat."""
    asked = exists().where(Receipt.invitation_id == Invitation.id, Invitation.invitee_id == invitee.id)
    return bool(session.scalar(select(asked)))
