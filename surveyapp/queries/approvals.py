"""What was asked for in a study, what became of it, and who can decide."""

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from surveyapp.access import Permission, Scope, may
from surveyapp.errors import NotFound
from surveyapp.models import Approval, Evaluation, Grant, User, Wave
from surveyapp.models.wave import ANONYMOUS


def of(session: Session, evaluation: Evaluation) -> list[Approval]:
    """Everything that was asked for in this study, the latest first."""
    found = select(Approval).where(Approval.evaluation_id == evaluation.id).order_by(Approval.id.desc())
    return list(session.scalars(found.options(joinedload(Approval.asker), joinedload(Approval.decider))))


def by_id(session: Session, evaluation: Evaluation, number: int) -> Approval:
    """What was asked for under this number; raises ``NotFound``, also for that of another study."""
    found = session.get(Approval, number)
    if found is None or found.evaluation_id != evaluation.id:
        raise NotFound("approval")
    return found


def exportable(session: Session, evaluation: Evaluation) -> list[Wave]:
    """The waves of which answers can be taken out, the latest first: asked, and not anonymous."""
    asked = select(Wave).where(Wave.evaluation_id == evaluation.id, Wave.ready_at.is_not(None))
    return list(session.scalars(asked.where(Wave.regime != ANONYMOUS).order_by(Wave.number.desc())))


def deciders(session: Session, evaluation: Evaluation, asker: User | None) -> list[User]:
    """Who can approve what this person asks for in this study, by name."""
    here = or_(Grant.evaluation_id == evaluation.id, Grant.evaluation_id.is_(None))
    found = session.scalars(
        select(User).where(User.grants.any(here), User.disabled_at.is_(None)).options(selectinload(User.grants))
    )
    others = [user for user in found if asker is None or user.id != asker.id]
    allowed = [user for user in others if may(user, Permission.ACT_APPROVE, Scope(evaluation.id))]
    return sorted(allowed, key=lambda user: (user.name.lower(), user.id))
