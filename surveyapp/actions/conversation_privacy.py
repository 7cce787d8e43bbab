"""Taking away what interviews hold about people: who was talked with, what they said, and what was noted of it."""

from typing import Final

from sqlalchemy import ColumnElement, Select, delete, func, or_, select, update
from sqlalchemy.orm import Session

from surveyapp.models import (
    ConversationDraft,
    Evaluation,
    Interview,
    Note,
    Participant,
    Quote,
    Remark,
    Review,
    Reviewer,
    Wave,
)
from surveyapp.queries.personal_data import Person

_QUIETLY: Final = {"synchronize_session": False}
_Table = type[Participant | Note | Quote | ConversationDraft]
_WORDS: Final = (Note, Quote, ConversationDraft)


def forget_person(session: Session, person: Person) -> None:
    """Somebody who was talked with: their name, their own words, and the notes and reports of conversations with them
    alone. What was noted of a conversation with others as well stays: whose words those are is not known."""
    numbers = [participant.id for participant in person.participants]
    talks = {participant.interview_id for participant in person.participants}
    others = select(Participant.interview_id).where(Participant.interview_id.in_(talks), Participant.id.not_in(numbers))
    alone = talks - set(session.scalars(others))
    readers = select(Reviewer.id).join(Reviewer.review).where(Review.interview_id.in_(alone))
    for statement in (
        delete(Quote).where(or_(Quote.participant_id.in_(numbers), Quote.interview_id.in_(alone))),
        delete(Note).where(Note.interview_id.in_(alone)),
        delete(ConversationDraft).where(ConversationDraft.interview_id.in_(alone)),
        delete(Remark).where(Remark.reviewer_id.in_(readers)),
        update(Review).where(Review.interview_id.in_(alone)).values(paragraphs=[]),
        delete(Participant).where(Participant.id.in_(numbers)),
    ):
        session.execute(statement, execution_options=_QUIETLY)


def forget_people(session: Session, evaluation: Evaluation) -> None:
    """Who was talked with and where, of a whole study; that there were conversations stays."""
    inside = _of(evaluation)
    nobody = {"name": "", "email": "", "job": "", "invitee_id": None}
    for statement in (
        update(Participant).where(Participant.interview_id.in_(inside)).values(**nobody),
        update(Interview).where(Interview.id.in_(inside)).values(place=""),
    ):
        session.execute(statement, execution_options=_QUIETLY)


def count_people(session: Session, evaluation: Evaluation) -> int:
    """Those of whom a name is kept."""
    return _number(session, Participant, Participant.interview_id.in_(_of(evaluation)), Participant.name != "")


def forget_words(session: Session, evaluation: Evaluation) -> None:
    """Every note, quote and draft of a report of a study."""
    for table in _WORDS:
        gone = delete(table).where(table.interview_id.in_(_of(evaluation)))
        session.execute(gone, execution_options=_QUIETLY)


def count_words(session: Session, evaluation: Evaluation) -> int:
    """Its notes, quotes and drafts."""
    inside = _of(evaluation)
    return sum(_number(session, table, table.interview_id.in_(inside)) for table in _WORDS)


def _number(session: Session, table: _Table, *conditions: ColumnElement[bool]) -> int:
    return session.scalar(select(func.count()).select_from(table).where(*conditions)) or 0


def _of(evaluation: Evaluation) -> Select[int]:
    return select(Interview.id).join(Wave).where(Wave.evaluation_id == evaluation.id)
