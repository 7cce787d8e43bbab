"""A response, for the copy that its respondent asked for."""

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from surveyapp.models import Response, Wave


def of(session: Session, response_id: int) -> Response | None:
    """The response with its wave and evaluation, sent or not; None when it was withdrawn."""
    through = joinedload(Response.wave).joinedload(Wave.evaluation)
    return session.scalar(select(Response).where(Response.id == response_id).options(through))
