"""Evaluations, their waves and the organisations that take part."""

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from surveyapp.access import Permission, Scope, may
from surveyapp.errors import NotFound
from surveyapp.models import Evaluation, Membership, User, Wave


def by_slug(session: Session, slug: str) -> Evaluation:
    """The study with this name in its address; raises ``NotFound``."""
    found = session.scalar(select(Evaluation).where(Evaluation.slug == slug))
    if found is None:
        raise NotFound("evaluation", slug=slug)
    return found


def visible_to(session: Session, user: User) -> list[Evaluation]:
    """The studies that this user may know of, the newest first."""
    newest_first = select(Evaluation).order_by(Evaluation.created_at.desc(), Evaluation.id.desc())
    return [
        evaluation
        for evaluation in session.scalars(newest_first)
        if may(user, Permission.EVALUATION_READ, Scope(evaluation.id))
    ]


def opened(session: Session, evaluation: Evaluation) -> Wave | None:
    """The latest wave that is not being set up any more; None before the first."""
    ready = select(Wave).where(Wave.evaluation_id == evaluation.id, Wave.ready_at.is_not(None))
    return session.scalar(ready.order_by(Wave.number.desc()).limit(1))


def privacy_page(session: Session, evaluation: Evaluation, base_url: str) -> str:
    """Where whoever is asked reads what happens with their data: the page of the study, or, as long as it was never
    opened and has none, that of the installation."""
    page = f"{base_url}/privacy"
    return page if opened(session, evaluation) is None else f"{page}/{evaluation.slug}"


def wave(session: Session, evaluation: Evaluation, number: int | None = None) -> Wave:
    """The wave with this number, or the latest; raises ``NotFound`` where there is none."""
    waves = select(Wave).where(Wave.evaluation_id == evaluation.id).order_by(Wave.number.desc()).limit(1)
    found = session.scalar(waves if number is None else waves.where(Wave.number == number))
    if found is None:
        raise NotFound("wave", evaluation=evaluation.slug)
    return found


def asked_wave(session: Session, evaluation: Evaluation) -> Wave | None:
    """The latest wave that was opened, whatever is being set up; None while there is none."""
    opened = select(Wave).where(Wave.evaluation_id == evaluation.id, Wave.ready_at.is_not(None))
    return session.scalar(opened.order_by(Wave.number.desc()).limit(1))


def asked_waves(session: Session, evaluation: Evaluation) -> list[Wave]:
    """Every wave that was opened, the latest first."""
    opened = select(Wave).where(Wave.evaluation_id == evaluation.id, Wave.ready_at.is_not(None))
    return list(session.scalars(opened.order_by(Wave.number.desc())))


def memberships(session: Session, evaluation: Evaluation) -> list[Membership]:
    """The organisations that take part, with their names, in order."""
    return list(
        session.scalars(
            select(Membership)
            .where(Membership.evaluation_id == evaluation.id)
            .order_by(Membership.position, Membership.id)
            .options(joinedload(Membership.organisation))
        )
    )
