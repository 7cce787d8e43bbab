"""Verbs on what is written down in a conversation: notes and quotes, kept as they come in, from a device that was away
as well.

Each has an id that was made where it was written, so what is sent twice is kept once. Nobody writes over another: a
note is one person's, and of an older version than the one that is kept what came in is kept as a note of its own.
"""

import re
from dataclasses import dataclass
from typing import Final
from uuid import UUID, uuid5

from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.actions import log
from surveyapp.errors import InvalidContent, NotAllowed, WrongState
from surveyapp.models import Interview, Note, Participant, Quote, User
from surveyapp.models.interview import CONSENTS, MARKS

LONGEST_NOTE: Final = 20_000
LONGEST_QUOTE: Final = 4_000
TOPIC: Final = re.compile(r"[A-Za-z][\w-]{0,39}")


@dataclass(frozen=True)
class Kept:
    """What became of a note or quote that came in."""

    id: str
    """Under which it is kept: another than it came with where it is kept apart."""
    version: int
    apart: bool = False
    """It was of an older version, and is kept as one of its own."""


def note(
    session: Session,
    *,
    interview: Interview,
    id: str,  # noqa: A002 - as the column has it
    topic: str,
    text: str,
    mark: str = "",
    version: int = 0,
    sent: str | None = None,
    by: User,
) -> Kept | None:
    """Keep a note as it stands now; ``version`` is the one that it was changed from, 0 for a new one. ``sent`` is what
    the device sent last without hearing that it was kept: then it is no older version. None for an empty new note.

    Raises ``InvalidContent``: ``note-id``, ``note-topic``, ``note-mark``, ``note-too-long``; ``NotAllowed``
    (``another-wrote-this``); ``WrongState`` (``interview-cancelled``).
    """
    _must_fit(interview, id, topic)
    text = _text(text, LONGEST_NOTE)
    if mark not in {"", *MARKS}:
        raise InvalidContent("note-mark")
    found = session.get(Note, id, with_for_update=True)
    if found is None:
        return _new_note(session, interview, id, topic, text, mark, by) if text or mark else None
    _must_be_theirs(found, interview, by)
    if (found.text, found.mark) == (text, mark):
        return Kept(id, found.version)
    if found.version != version and found.text != sent:
        apart = _apart(id, text, mark)
        again = session.get(Note, apart)
        kept = Kept(apart, again.version) if again else _new_note(session, interview, apart, topic, text, mark, by)
        return Kept(kept.id, kept.version, apart=True)
    found.text, found.mark, found.written_at = text, mark, clock.now()
    found.version += 1
    session.flush()
    return Kept(id, found.version)


def quote(
    session: Session,
    *,
    interview: Interview,
    id: str,  # noqa: A002 - as the column has it
    topic: str,
    text: str,
    consent: str = "none",
    participant: int | None = None,
    version: int = 0,
    sent: str | None = None,
    by: User,
) -> Kept | None:
    """Keep somebody's own words, as ``note`` does; with what they agreed to. Raises further ``InvalidContent``:
    ``quote-consent``, ``quote-participant`` for who does not take part."""
    _must_fit(interview, id, topic)
    text = _text(text, LONGEST_QUOTE)
    if consent not in CONSENTS:
        raise InvalidContent("quote-consent")
    person = _participant(session, interview, participant)
    found = session.get(Quote, id, with_for_update=True)
    if found is None:
        return _new_quote(session, interview, id, topic, text, consent, person, by) if text else None
    _must_be_theirs(found, interview, by)
    if (found.text, found.consent, found.participant_id) == (text, consent, person):
        return Kept(id, found.version)
    if found.version != version and found.text != sent:
        apart = _apart(id, text, consent)
        again = session.get(Quote, apart)
        kept = (
            Kept(apart, again.version)
            if again
            else _new_quote(session, interview, apart, topic, text, consent, person, by)
        )
        return Kept(kept.id, kept.version, apart=True)
    found.text, found.consent, found.participant_id, found.written_at = text, consent, person, clock.now()
    found.version += 1
    session.flush()
    return Kept(id, found.version)


def _new_note(session: Session, interview: Interview, number: str, topic: str, text: str, mark: str, by: User) -> Kept:
    written = Note(id=number, interview=interview, topic=topic, author=by, text=text, mark=mark, version=1)
    written.written_at = clock.now()
    session.add(written)
    log.record(session, verb="note.write", subject=interview, by=by, evaluation=interview.wave.evaluation, topic=topic)
    return Kept(number, 1)


def _new_quote(
    session: Session,
    interview: Interview,
    number: str,
    topic: str,
    text: str,
    consent: str,
    participant: int | None,
    by: User,
) -> Kept:
    said = Quote(id=number, interview=interview, topic=topic, text=text, consent=consent, version=1, author_id=by.id)
    said.participant_id, said.written_at = participant, clock.now()
    session.add(said)
    told = {"topic": topic, "consent": consent}
    log.record(session, verb="quote.write", subject=interview, by=by, evaluation=interview.wave.evaluation, **told)
    return Kept(number, 1)


def _apart(number: str, *said: str) -> str:
    """Sent again, it has the same id again."""
    return str(uuid5(UUID(number), "\n".join(said)))


def _must_fit(interview: Interview, number: str, topic: str) -> None:
    if interview.state == "cancelled":
        raise WrongState("interview-cancelled")
    try:
        is_one = str(UUID(number)) == number
    except ValueError:
        is_one = False
    if not is_one:
        raise InvalidContent("note-id")
    if not TOPIC.fullmatch(topic):
        raise InvalidContent("note-topic")


def _must_be_theirs(found: Note | Quote, interview: Interview, by: User) -> None:
    if found.author_id != by.id or found.interview_id != interview.id:
        raise NotAllowed("another-wrote-this")


def _text(written: str, longest: int) -> str:
    text = written.replace("\x00", "").replace("\r\n", "\n").strip()
    if len(text) > longest:
        raise InvalidContent("note-too-long", most=longest)
    return text


def _participant(session: Session, interview: Interview, number: int | None) -> int | None:
    if number is None:
        return None
    found = session.get(Participant, number)
    if found is None or found.interview_id != interview.id:
        raise InvalidContent("quote-participant")
    return found.id
