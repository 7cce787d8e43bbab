"""Interviews: which are planned or held, who is in them, and what was written down."""

from collections.abc import Collection
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from surveyapp.access import Permission, Scope, may
from surveyapp.errors import NotFound
from surveyapp.models import (
    ConversationDraft,
    Grant,
    Interview,
    Interviewer,
    Invitee,
    Membership,
    Note,
    Quote,
    Reference,
    User,
    Wave,
)

LEAST_ELSEWHERE: Final = 3
"""Conversations that must have spoken of a topic before others are told how."""


def of(
    session: Session, wave: Wave, *, places: Collection[int | None], state: str = "", role: str = ""
) -> list[Interview]:
    """The interviews with these organisations (memberships; None is the programme team), those without a time last."""
    found = (
        select(Interview)
        .where(Interview.wave_id == wave.id)
        .options(
            joinedload(Interview.membership).joinedload(Membership.organisation),
            selectinload(Interview.participants),
            selectinload(Interview.interviewers).joinedload(Interviewer.user),
        )
        .order_by(Interview.starts_at.is_(None), Interview.starts_at, Interview.id)
    )
    if state:
        found = found.where(Interview.state == state)
    if role:
        found = found.where(Interview.role == role)
    return [interview for interview in session.scalars(found) if interview.membership_id in places]


def by_id(session: Session, evaluation_id: int, number: int) -> Interview:
    """The interview with this number in the study; raises ``NotFound``."""
    found = session.get(Interview, number)
    if found is None or found.wave.evaluation_id != evaluation_id:
        raise NotFound("interview")
    return found


def notes(session: Session, interview: Interview) -> list[Note]:
    """Everything that was noted, by when it was written."""
    found = select(Note).where(Note.interview_id == interview.id).options(joinedload(Note.author))
    return list(session.scalars(found.order_by(Note.written_at, Note.id)))


def quotes(session: Session, interview: Interview) -> list[Quote]:
    """Everybody's own words, by when they were written."""
    found = select(Quote).where(Quote.interview_id == interview.id).options(joinedload(Quote.participant))
    return list(session.scalars(found.order_by(Quote.written_at, Quote.id)))


def references(session: Session, interview: Interview) -> list[Reference]:
    """The documents that were spoken of."""
    found = select(Reference).where(Reference.interview_id == interview.id)
    return list(session.scalars(found.order_by(Reference.id)))


def draft(session: Session, interview: Interview) -> ConversationDraft | None:
    """The report of it as somebody is writing it; None where nobody began."""
    return session.get(ConversationDraft, interview.id)


def interviewers(session: Session, evaluation_id: int, membership: Membership | None) -> list[User]:
    """Who may hold an interview there, by name."""
    on = Scope(evaluation_id, membership.id if membership is not None else None)
    found = session.scalars(select(User).where(User.disabled_at.is_(None), User.id.in_(select(Grant.user_id))))
    return sorted(
        (user for user in found if may(user, Permission.INTERVIEW_PREPARE, on)),
        key=lambda user: (user.name.lower(), user.id),
    )


def invitees(session: Session, wave: Wave, membership: Membership | None) -> list[Invitee]:
    """Who was invited to the questionnaire there, by name; nobody where names are not kept any more."""
    if membership is None:
        return []
    found = select(Invitee).where(
        Invitee.wave_id == wave.id, Invitee.membership_id == membership.id, Invitee.name != ""
    )
    return list(session.scalars(found.order_by(Invitee.name, Invitee.id)))


def marks_elsewhere(session: Session, wave: Wave, membership_id: int | None) -> dict[str, dict[str, int]]:
    """Topic -> mark -> in how many conversations with others it was given; only of topics that ``LEAST_ELSEWHERE`` of
    them spoke of with a mark."""
    others = Interview.membership_id.is_distinct_from(membership_id)
    marked = (
        select(Note.topic, Note.mark, func.count(Note.interview_id.distinct()))
        .join(Interview)
        .where(Interview.wave_id == wave.id, Interview.state == "held", others, Note.mark != "")
        .group_by(Note.topic, Note.mark)
        .order_by(Note.topic, Note.mark)
    )
    spoken = (
        select(Note.topic)
        .join(Interview)
        .where(Interview.wave_id == wave.id, Interview.state == "held", others, Note.mark != "")
        .group_by(Note.topic)
        .having(func.count(Note.interview_id.distinct()) >= LEAST_ELSEWHERE)
    )
    enough = set(session.scalars(spoken))
    found: dict[str, dict[str, int]] = {}
    for topic, mark, number in session.execute(marked):
        if topic in enough:
            found.setdefault(topic, {})[mark] = number
    return found
