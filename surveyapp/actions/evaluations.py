"""Verbs on evaluations and on the list of organisations that take part."""

import re

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.actions import log
from surveyapp.errors import InvalidContent, WrongState
from surveyapp.models import Evaluation, Membership, Organisation, User
from surveyapp.questionnaires.text import DEFAULT_LANGUAGE

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def create(session: Session, *, slug: str, title: dict[str, str], client: str, by: User | None) -> Evaluation:
    """Begin a study. ``slug`` names it in addresses: lower case, digits and hyphens, at most 80 characters."""
    if not _SLUG.fullmatch(slug) or len(slug) > 80:
        raise InvalidContent("unusable-slug", slug=slug)
    if not title.get(DEFAULT_LANGUAGE, "").strip():
        raise InvalidContent("title-missing", language=DEFAULT_LANGUAGE)
    if session.scalar(select(Evaluation.id).where(Evaluation.slug == slug)) is not None:
        raise WrongState("slug-taken", slug=slug)
    evaluation = Evaluation(slug=slug, title=title, client=client, created_at=clock.now())
    session.add(evaluation)
    session.flush()
    log.record(session, verb="evaluation.create", subject=evaluation, by=by, evaluation=evaluation)
    return evaluation


def add_organisation(
    session: Session, *, evaluation: Evaluation, organisation: Organisation, by: User | None
) -> Membership:
    """Let an organisation take part, at the end of the list."""
    members = select(Membership).where(Membership.evaluation_id == evaluation.id)
    if session.scalar(members.where(Membership.organisation_id == organisation.id)) is not None:
        raise WrongState("already-member", organisation=organisation.code)
    last = session.scalar(select(func.max(Membership.position)).where(Membership.evaluation_id == evaluation.id))
    membership = Membership(
        evaluation=evaluation, organisation=organisation, position=last + 1 if last is not None else 0
    )
    session.add(membership)
    log.record(session, verb="evaluation.add-organisation", subject=membership, by=by, evaluation=evaluation)
    return membership
