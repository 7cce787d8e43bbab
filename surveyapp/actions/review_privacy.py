"""Taking away what reviews hold about people: who read a draft, and what they said of it."""

from typing import Final

from sqlalchemy import Select, delete, func, select, update
from sqlalchemy.orm import Session

from surveyapp.models import Evaluation, Mail, Remark, Review, Reviewer, Wave
from surveyapp.models.review import CONVERSATION
from surveyapp.queries.personal_data import Person

_QUIETLY: Final = {"synchronize_session": False}


def forget_person(session: Session, person: Person) -> None:
    """Somebody who read drafts: their name, address and link, and what they said of a conversation. What was said for
    an organisation stays with that organisation, as it is in the appendix of a report."""
    readers = [reader.id for reader in person.readers]
    talks = select(Review.id).where(Review.kind == CONVERSATION)
    private = select(Reviewer.id).where(Reviewer.id.in_(readers), Reviewer.review_id.in_(talks))
    _nobody(session, readers)
    session.execute(delete(Remark).where(Remark.reviewer_id.in_(private)), execution_options=_QUIETLY)


def forget_people(session: Session, evaluation: Evaluation) -> None:
    """Who read drafts of a study, and their links; what they said stays until words go."""
    _nobody(
        session, list(session.scalars(select(Reviewer.id).where(Reviewer.review_id.in_(_reviews({evaluation.id})))))
    )


def count_people(session: Session, evaluation: Evaluation) -> int:
    """The readers of whom a name is kept."""
    named = select(func.count()).select_from(Reviewer).where(Reviewer.name != "")
    return session.scalar(named.where(Reviewer.review_id.in_(_reviews({evaluation.id})))) or 0


def forget_words(session: Session, evaluation: Evaluation) -> None:
    """Every remark of a study, and the reports of its conversations; that there were rounds stays."""
    inside = _reviews({evaluation.id})
    readers = select(Reviewer.id).where(Reviewer.review_id.in_(inside))
    talks = (Review.id.in_(inside), Review.kind == CONVERSATION)
    for statement in (
        delete(Remark).where(Remark.reviewer_id.in_(readers)),
        update(Review).where(*talks).values(paragraphs=[]),
    ):
        session.execute(statement, execution_options=_QUIETLY)


def count_words(session: Session, evaluation: Evaluation) -> int:
    """Its remarks."""
    readers = select(Reviewer.id).where(Reviewer.review_id.in_(_reviews({evaluation.id})))
    return session.scalar(select(func.count()).select_from(Remark).where(Remark.reviewer_id.in_(readers))) or 0


def _nobody(session: Session, readers: list[int]) -> None:
    gone = {"name": "", "email": "", "token_hash": None, "participant_id": None}
    for statement in (
        delete(Mail).where(Mail.reviewer_id.in_(readers)),
        update(Reviewer).where(Reviewer.id.in_(readers)).values(**gone),
    ):
        session.execute(statement, execution_options=_QUIETLY)


def _reviews(studies: set[int]) -> Select[int]:
    return select(Review.id).join(Wave, Wave.id == Review.wave_id).where(Wave.evaluation_id.in_(studies))
