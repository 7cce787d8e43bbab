"""What there is in a wave, besides scores, for a finding to rest on."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.models import Code, Interview, Note, Quote, Reference, TextRelease, Wave
from surveyapp.models.wave import ANONYMOUS


@dataclass(frozen=True)
class Source:
    """A code, released answer, quote, note or document; ``words`` is its title or text, for the research team."""

    kind: str
    key: str
    words: str


def sources(session: Session, wave: Wave) -> list[Source]:
    """Everything to choose from: codes in use, released answers, quotes, notes with words in them, documents."""
    released = select(TextRelease.source_key, TextRelease.text).where(
        TextRelease.wave_id == wave.id, TextRelease.source == "answer", TextRelease.state == "released"
    )
    codes = select(Code.key, Code.title).where(Code.evaluation_id == wave.evaluation_id, Code.retired_at.is_(None))
    quotes = select(Quote.id, Quote.text).join(Quote.interview).where(Interview.wave_id == wave.id)
    notes = select(Note.id, Note.text).join(Note.interview).where(Interview.wave_id == wave.id, Note.text != "")
    documents = select(Reference.id, Reference.title).where(Reference.wave_id == wave.id)
    asked = (
        ("code", codes.order_by(Code.position, Code.key)),
        ("answer", released.order_by(TextRelease.id)),
        ("quote", quotes.order_by(Quote.written_at, Quote.id)),
        ("note", notes.order_by(Note.written_at, Note.id)),
        ("reference", documents.order_by(Reference.id)),
    )
    return [
        Source(kind, str(key), words)
        for kind, statement in asked
        if not (kind == "answer" and wave.regime == ANONYMOUS)
        for key, words in session.execute(statement)
    ]
