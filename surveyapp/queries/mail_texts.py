"""The words of a wave's mail: its own, or ours where it has none."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.mail.words import MailWords, shipped
from surveyapp.models import MailText, Wave


def of(session: Session, wave: Wave, purpose: str, language: str) -> MailWords:
    """What is sent for this purpose to who reads this language."""
    own = session.get(MailText, (wave.id, purpose, language))
    return MailWords(own.subject, own.body) if own is not None else shipped(purpose, language)


def own(session: Session, wave: Wave) -> dict[tuple[str, str], MailWords]:
    """(Purpose, language) -> the words of this wave that are not ours."""
    found = session.scalars(select(MailText).where(MailText.wave_id == wave.id))
    return {(text.purpose, text.language): MailWords(text.subject, text.body) for text in found}


def spoken(wave: Wave, language: str) -> str:
    """In which language somebody is written to: their own, as far as the wave speaks it."""
    return language if language in wave.languages else wave.languages[0]
