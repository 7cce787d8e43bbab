"""One person's response and answers."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.models import Answer, Invitation, Response


def of(session: Session, invitation: Invitation) -> Response | None:
    """What was begun with this invitation, if anything."""
    return session.scalar(select(Response).where(Response.invitation_id == invitation.id))


def answers(session: Session, response: Response) -> dict[str, str]:
    """Question -> answer as it stands now; empty where it was taken back."""
    found = select(Answer.question, Answer.value).where(Answer.response_id == response.id)
    return {row.question: row.value for row in session.execute(found)}
