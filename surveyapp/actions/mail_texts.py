"""Verbs on the words of a wave's mail."""

from sqlalchemy.orm import Session

from surveyapp.actions import log
from surveyapp.errors import InvalidContent
from surveyapp.mail import placeholders
from surveyapp.mail.words import ALWAYS_OURS, PURPOSES
from surveyapp.models import MailText, User, Wave, upsert


def word(
    session: Session, *, wave: Wave, purpose: str, language: str, subject: str, body: str, by: User | None
) -> None:
    """Send these words from now on, in this wave.

    Raises ``InvalidContent``: ``unknown-purpose``, ``unknown-language``, or the code of the first thing that is wrong
    with the text (see ``mail.placeholders.problems``) with its ``field``, ``place`` and the number of ``problems``.
    """
    _must_be_ours(wave, purpose, language)
    subject, body = subject.strip(), body.replace("\r\n", "\n").strip()
    found = placeholders.problems(subject, body, purpose)
    if found:
        first = found[0]
        raise InvalidContent(first.code, field=first.field, place=first.place, problems=len(found))
    row = {"wave_id": wave.id, "purpose": purpose, "language": language, "subject": subject, "body": body}
    upsert.replace(session, MailText, [row], columns=("subject", "body"))
    session.refresh(session.get_one(MailText, (wave.id, purpose, language)))
    _record(session, "mail-text.word", wave, purpose, language, by)


def word_as_shipped(session: Session, *, wave: Wave, purpose: str, language: str, by: User | None) -> None:
    """Send our words again; where it has none of its own nothing happens."""
    _must_be_ours(wave, purpose, language)
    own = session.get(MailText, (wave.id, purpose, language))
    if own is not None:
        session.delete(own)
        _record(session, "mail-text.word-as-shipped", wave, purpose, language, by)


def _must_be_ours(wave: Wave, purpose: str, language: str) -> None:
    if purpose not in PURPOSES or purpose in ALWAYS_OURS:
        raise InvalidContent("unknown-purpose", purpose=purpose)
    if language not in wave.languages:
        raise InvalidContent("unknown-language", language=language)


def _record(session: Session, verb: str, wave: Wave, purpose: str, language: str, by: User | None) -> None:
    of = wave.evaluation
    log.record(session, verb=verb, subject=wave, by=by, evaluation=of, purpose=purpose, language=language)
