"""Figures and documents that were asked for."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.models import Rendering


def find(
    session: Session,
    evaluation_id: int,
    digest: str,
    audience: str,
    membership_id: int | None,
    response_id: int | None = None,
) -> Rendering | None:
    """The rendering for exactly this audience, made or still to be made (``content`` None); None once it expired."""
    found = kept(session, evaluation_id, digest, audience, membership_id, response_id)
    if found is None or (found.expires_at is not None and found.expires_at <= clock.now()):
        return None
    return found


def kept(
    session: Session,
    evaluation_id: int,
    digest: str,
    audience: str,
    membership_id: int | None,
    response_id: int | None = None,
) -> Rendering | None:
    """As ``find``, expired or not: nobody may be shown it before ``find`` gives it."""
    return session.scalar(
        select(Rendering).where(
            Rendering.evaluation_id == evaluation_id,
            Rendering.digest == digest,
            Rendering.audience == audience,
            Rendering.membership_id.is_not_distinct_from(membership_id),
            Rendering.response_id.is_not_distinct_from(response_id),
        )
    )
