"""Figures and documents that were asked for."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.models import Rendering


def find(
    session: Session, evaluation_id: int, digest: str, audience: str, membership_id: int | None
) -> Rendering | None:
    """The rendering for exactly this audience, made or still to be made (``content`` None)."""
    return session.scalar(
        select(Rendering).where(
            Rendering.evaluation_id == evaluation_id,
            Rendering.digest == digest,
            Rendering.audience == audience,
            Rendering.membership_id.is_not_distinct_from(membership_id),
        )
    )
