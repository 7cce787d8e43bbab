"""Verbs on lists of people: keeping what was uploaded while somebody looks at it, letting everybody in, forgetting it.

Letting in is one transaction: either everybody of the list is invited and the list is gone, or nobody is. A worker that
dies half-way has therefore done nothing, and one that dies afterwards finds in the log that it was done.
"""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.actions import holding, jobs, log
from surveyapp.actions.invitations import token_hash
from surveyapp.actions.tokens import derived
from surveyapp.analysis.reading.grid import LARGEST
from surveyapp.analysis.reading.people import Expected, People, Person, read
from surveyapp.errors import InvalidContent, NotFound, WrongState
from surveyapp.models import Invitation, Invitee, Job, PeopleFile, User, Wave, numbers
from surveyapp.queries import evaluations, people_files
from surveyapp.questionnaires.text import DEFAULT_LANGUAGE

KEPT: Final = timedelta(hours=1)
"""How long a list stays after it was uploaded, and after it was asked to let everybody in."""
STEPS: Final = 2
"""Of letting in: reading, and inviting everybody at once."""
_LONGEST_NAME: Final = 200


def keep(session: Session, *, wave: Wave, name: str, content: bytes, by: User | None) -> PeopleFile:
    """Keep a list while somebody looks at what is in it. What the same user uploaded before and left is thrown away.

    Raises ``InvalidContent`` (``no-file``, ``file-too-large``) and ``WrongState`` (``wave-closed``).
    """
    if not content:
        raise InvalidContent("no-file")
    if len(content) > LARGEST:
        raise InvalidContent("file-too-large", most=LARGEST // 1024 // 1024)
    _must_not_be_closed(wave)
    left = delete(PeopleFile).where(PeopleFile.wave_id == wave.id, PeopleFile.job_id.is_(None))
    session.execute(left.where(PeopleFile.uploaded_by == (by.id if by is not None else None)))
    moment = clock.now()
    file = PeopleFile(
        wave=wave,
        uploaded_by=by.id if by is not None else None,
        uploaded_at=moment,
        expires_at=moment + KEPT,
        name=" ".join(name.split())[:_LONGEST_NAME],
        content=content,
    )
    session.add(file)
    log.record(session, verb="people.upload", subject=file, by=by, evaluation=wave.evaluation, size=len(content))
    return file


def let_in(session: Session, *, file: PeopleFile, by: User | None, skip: bool = False) -> Job:
    """Ask a worker to let everybody of this list in; asked twice, it is the same job.

    ``skip`` passes over who is there already. Whether the list has faults is for the caller to have looked at, and for
    the worker to look at again. Raises ``WrongState`` (``wave-closed``) and ``NotFound`` (``people-file``) for a list
    that has gone.
    """
    again = session.get(PeopleFile, file.id, populate_existing=True, with_for_update=True)
    if again is None:
        raise NotFound("people-file")
    _must_not_be_closed(again.wave)
    known = session.get(Job, again.job_id) if again.job_id is not None else None
    if known is not None and known.state in {"queued", "running"}:
        return known
    again.expires_at = clock.now() + KEPT
    again.job = jobs.enqueue(
        session,
        kind=people_files.KIND,
        evaluation_id=again.wave.evaluation_id,
        steps=STEPS,
        file=again.id,
        skip=int(skip),
        by=by.id if by is not None else 0,
    )
    session.flush()
    return again.job


def give_back(session: Session, *, file: PeopleFile) -> None:
    """Let somebody look at a list again that could not be let in."""
    file.job_id, file.expires_at = None, clock.now() + KEPT
    session.flush()


def discard(session: Session, *, file: PeopleFile, by: User | None) -> None:
    """Throw a list away. Raises ``WrongState`` (``people-being-let-in``) once that was asked for."""
    again = session.get(PeopleFile, file.id, populate_existing=True, with_for_update=True)
    if again is None:
        return
    if again.job is not None and again.job.state in {"queued", "running"}:
        raise WrongState("people-being-let-in")
    log.record(session, verb="people.discard", subject=again, by=by, evaluation=again.wave.evaluation)
    session.delete(again)
    session.flush()


def discard_expired(session: Session) -> None:
    """Throw away the lists that nobody let in in time. It is no act of anybody, and leaves no event."""
    session.execute(delete(PeopleFile).where(PeopleFile.expires_at <= clock.now()))


@dataclass(frozen=True)
class Prepared:
    """A list as it was read against what there was at that moment."""

    content: bytes
    expected: Expected
    people: People


def prepare(session: Session, *, wave: Wave, content: bytes, language: str = DEFAULT_LANGUAGE) -> Prepared:
    """Read a list, outside any transaction that writes: a large one takes a second or two. Faults are in the
    ``language`` of the reader where they name a role."""
    expected = people_files.expected(session, wave, language)
    return Prepared(content, expected, read(content, expected))


@dataclass(frozen=True)
class Seats:
    """For everybody of a list a number as an invitee, one as an invitation, and the hash of the link that it gives."""

    invitees: tuple[int, ...] = ()
    invitations: tuple[int, ...] = ()
    hashes: tuple[str, ...] = ()


def reserve(session: Session, *, prepared: Prepared) -> Seats:
    """Numbers for everybody of a list, before they are let in. Commit at once; who is not let in, leaves theirs."""
    people = len(prepared.people.rows)
    return Seats(tuple(numbers.reserve(session, Invitee, people)), tuple(numbers.reserve(session, Invitation, people)))


def with_links(seats: Seats, secret_key: str) -> Seats:
    """The same with the hashes of their links; outside any transaction, as many take a while to derive."""
    hashes = (token_hash(derived(secret_key, "invitation", number, 1)) for number in seats.invitations)
    return replace(seats, hashes=tuple(hashes))


def must_be_usable(found: People, *, skip: bool) -> None:
    """Raise ``InvalidContent`` unless everybody can be let in: ``people-faulty`` with the number of ``problems``,
    ``nobody-new`` where the list holds nobody who is not there already."""
    left = len(found.problems) - (len(found.already_there) if skip else 0)
    if left:
        raise InvalidContent("people-faulty", problems=left)
    if not found.rows:
        raise InvalidContent("nobody-new")


def admit(
    session: Session,
    *,
    wave: Wave,
    prepared: Prepared,
    skip: bool,
    secret_key: str,
    by: User | None,
    file: PeopleFile | None = None,
    seats: Seats | None = None,
) -> int:
    """Invite everybody of a list, or nobody; returns how many that are. ``file`` is thrown away with it.

    Holds the wave, and reads the list again where anything has changed: of two lists with the same person the second
    finds them there. ``seats`` were reserved for the list, ``with_links``: all that is left to do while others wait is
    to look and to write. Where fewer or more are let in by now, others are made. Raises as ``must_be_usable`` does, and
    ``WrongState`` (``wave-closed``).
    """
    holding.wave(session, wave.id, alone=True)
    session.refresh(wave, ["ready_at", "opens_at", "closes_at", "closed_at"])
    _must_not_be_closed(wave)
    expected = people_files.expected(session, wave, prepared.expected.spoken)
    found = prepared.people if expected == prepared.expected else read(prepared.content, expected)
    must_be_usable(found, skip=skip)
    if seats is None or len(seats.invitations) != len(found.rows):
        seats = with_links(reserve(session, prepared=replace(prepared, people=found)), secret_key)
    _invite(session, wave, found.rows, seats)
    told = {"people": len(found.rows), "first": min(seats.invitations), "last": max(seats.invitations)}
    subject = file if file is not None else wave
    log.record(session, verb=people_files.LET_IN, subject=subject, by=by, evaluation=wave.evaluation, **told)
    if file is not None:
        session.delete(file)
        session.flush()
    return len(found.rows)


def taken_out(session: Session, *, wave: Wave, people: int, by: User | None) -> None:
    """Write down that somebody took the names and addresses of so many people out of the installation."""
    log.record(session, verb="people.take-out", subject=wave, by=by, evaluation=wave.evaluation, people=people)


def _invite(session: Session, wave: Wave, people: tuple[Person, ...], seats: Seats) -> None:
    places = {member.organisation.code: member.id for member in evaluations.memberships(session, wave.evaluation)}
    invitees = [
        {
            "id": number,
            "wave_id": wave.id,
            "membership_id": places[person.organisation],
            "role": person.role,
            "name": person.name,
            "email": person.email,
            "language": person.language,
            "test": False,
        }
        for number, person in zip(seats.invitees, people, strict=True)
    ]
    invitations = [
        {"id": number, "invitee_id": invitee, "generation": 1, "repeated": False, "token_hash": hashed}
        for number, invitee, hashed in zip(seats.invitations, seats.invitees, seats.hashes, strict=True)
    ]
    connection = session.connection()
    connection.execute(insert(Invitee.__table__), invitees)  # type: ignore[arg-type]
    connection.execute(insert(Invitation.__table__), invitations)  # type: ignore[arg-type]


def _must_not_be_closed(wave: Wave) -> None:
    if wave.state_at(clock.now()) == "closed":
        raise WrongState("wave-closed")
