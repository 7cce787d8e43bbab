"""Taking along what was made of a text when the text itself goes: its codes, and its words that were let out."""

from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from surveyapp.models import Answer, Evaluation, Note, Quote, Segment, TextRelease, Wave
from surveyapp.models.coding import SOURCES

ANSWER, NOTE, QUOTE = SOURCES
_QUIETLY: Final = {"synchronize_session": False}


def forget_response(session: Session, response_id: int) -> None:
    """What was made of the answers of one response, which are about to go."""
    answered = session.scalars(select(Answer.question).where(Answer.response_id == response_id))
    keys = [f"{response_id}:{question}" for question in answered]
    for table in (TextRelease, Segment):
        theirs = delete(table).where(table.source == ANSWER, table.source_key.in_(keys))
        session.execute(theirs, execution_options=_QUIETLY)


def forget_said(session: Session) -> None:
    """What was made of notes and quotes that have gone."""
    for table in (TextRelease, Segment):
        for source, spoken in ((NOTE, Note.id), (QUOTE, Quote.id)):
            gone = delete(table).where(table.source == source, table.source_key.not_in(select(spoken)))
            session.execute(gone, execution_options=_QUIETLY)


def forget_study(session: Session, evaluation: Evaluation, *, answers_only: bool = False) -> None:
    """What was made of every text of a study, or of its answers."""
    waves = select(Wave.id).where(Wave.evaluation_id == evaluation.id)
    for table in (TextRelease, Segment):
        gone = delete(table).where(table.wave_id.in_(waves))
        gone = gone.where(table.source == ANSWER) if answers_only else gone
        session.execute(gone, execution_options=_QUIETLY)
