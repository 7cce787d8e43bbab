"""Verbs on evaluations and on the list of organisations that take part."""

import re
from collections.abc import Sequence
from typing import Final

from sqlalchemy import ColumnElement, delete, exists, func, or_, select
from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.access import RESEARCHER, Permission, Scope, may
from surveyapp.actions import log, users
from surveyapp.errors import InvalidContent, WrongState
from surveyapp.models import (
    Evaluation,
    Grant,
    Invitation,
    Invitee,
    Membership,
    OpenLink,
    Organisation,
    Response,
    User,
    Wave,
)
from surveyapp.questionnaires.text import DEFAULT_LANGUAGE

_SLUG: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_SLUG: Final = 80
RESERVED: Final = frozenset({"new"})
"""Names that stand for something else in addresses."""


def create(
    session: Session,
    *,
    slug: str,
    title: dict[str, str],
    client: str,
    by: User | None,
    purpose: dict[str, str] | None = None,
) -> Evaluation:
    """Begin a study; whoever begins it may set it up.

    ``slug`` names it in addresses: lower case, digits and hyphens, at most 80 characters. Raises ``InvalidContent``
    (``unusable-slug``, ``title-missing``) and ``WrongState`` (``slug-taken``).
    """
    _must_have_a_title(title)
    _must_be_free(session, slug)
    evaluation = Evaluation(
        slug=slug, title=title, client=client.strip(), created_at=clock.now(), purpose=purpose or {}
    )
    session.add(evaluation)
    session.flush()
    log.record(session, verb="evaluation.create", subject=evaluation, by=by, evaluation=evaluation)
    if by is not None and may(by, Permission.EVALUATION_CREATE, Scope()) and not _may_set_up(by, evaluation):
        users.grant(session, user=by, role=RESEARCHER.name, evaluation=evaluation, by=by)
    return evaluation


def change(
    session: Session,
    *,
    evaluation: Evaluation,
    by: User | None,
    slug: str | None = None,
    title: dict[str, str] | None = None,
    client: str | None = None,
    purpose: dict[str, str] | None = None,
) -> None:
    """Say something else about a study; what is not given stays.

    The client and the name in addresses stand once a wave was opened, as people were told them: ``WrongState``
    (``study-frozen``). Raises also what ``create`` does.
    """
    if title is not None:
        _must_have_a_title(title)
    renamed = slug is not None and slug != evaluation.slug
    another = client is not None and client.strip() != evaluation.client
    if (renamed or another) and was_opened(session, evaluation):
        raise WrongState("study-frozen")
    if slug is not None and renamed:
        _must_be_free(session, slug)
        evaluation.slug = slug
    if client is not None:
        evaluation.client = client.strip()
    evaluation.title = title if title is not None else evaluation.title
    evaluation.purpose = purpose if purpose is not None else evaluation.purpose
    log.record(session, verb="evaluation.change", subject=evaluation, by=by, evaluation=evaluation)


def was_opened(session: Session, evaluation: Evaluation) -> bool:
    """Whether anybody was ever asked anything in this study."""
    opened = exists().where(Wave.evaluation_id == evaluation.id, Wave.ready_at.is_not(None))
    return bool(session.scalar(select(opened)))


def add_organisation(
    session: Session, *, evaluation: Evaluation, organisation: Organisation, by: User | None
) -> Membership:
    """Let an organisation take part, at the end of the list.

    Raises ``WrongState``: ``already-member``, and ``organisations-frozen`` once the latest wave was opened.
    """
    members = select(Membership).where(Membership.evaluation_id == evaluation.id)
    if session.scalar(members.where(Membership.organisation_id == organisation.id)) is not None:
        raise WrongState("already-member", organisation=organisation.code)
    must_be_changeable(session, evaluation)
    last = session.scalar(select(func.max(Membership.position)).where(Membership.evaluation_id == evaluation.id))
    membership = Membership(
        evaluation=evaluation, organisation=organisation, position=last + 1 if last is not None else 0
    )
    session.add(membership)
    log.record(session, verb="evaluation.add-organisation", subject=membership, by=by, evaluation=evaluation)
    return membership


def remove_organisation(session: Session, *, membership: Membership, by: User | None) -> None:
    """Let an organisation take part no more; test people of it go too.

    Raises ``WrongState``: ``organisations-frozen``, and ``organisation-in-use`` where people of it were invited, it
    answered in an earlier wave, or somebody of the staff has a right on it.
    """
    evaluation = membership.evaluation
    must_be_changeable(session, evaluation)
    if session.scalar(select(_in_use(membership))):
        raise WrongState("organisation-in-use", organisation=membership.organisation.name)
    session.execute(delete(Response).where(Response.membership_id == membership.id))
    session.execute(delete(Invitee).where(Invitee.membership_id == membership.id, Invitee.test))
    log.record(session, verb="evaluation.remove-organisation", subject=membership, by=by, evaluation=evaluation)
    session.delete(membership)
    session.flush()


def reorder(session: Session, *, evaluation: Evaluation, members: Sequence[Membership], by: User | None) -> None:
    """Put the organisations in this order in tables and figures; it can change at any time. All must be named once."""
    every = session.scalars(select(Membership.id).where(Membership.evaluation_id == evaluation.id)).all()
    if sorted(every) != sorted(member.id for member in members):
        raise InvalidContent("not-the-same-organisations")
    for place, member in enumerate(members):
        member.position = place
    log.record(session, verb="evaluation.reorder", subject=evaluation, by=by, evaluation=evaluation)


def must_be_changeable(session: Session, evaluation: Evaluation) -> None:
    """Raise ``WrongState`` (``organisations-frozen``) once the latest wave was opened: a next wave can have others."""
    latest = session.execute(
        select(Wave.ready_at).where(Wave.evaluation_id == evaluation.id).order_by(Wave.number.desc()).limit(1)
    ).one_or_none()
    if latest is not None and latest.ready_at is not None:
        raise WrongState("organisations-frozen")


def _in_use(membership: Membership) -> ColumnElement[bool]:
    """By people, links, rights, or answers of an earlier wave: answers in a draft are tests."""
    here = membership.id
    return or_(
        exists().where(Invitee.membership_id == here, Invitee.test.is_(False)),
        exists().where(OpenLink.membership_id == here),
        exists().where(Invitation.declared_membership_id == here),
        exists().where(Grant.membership_id == here),
        exists().where(Response.membership_id == here, Response.wave_id == Wave.id, Wave.ready_at.is_not(None)),
    )


def _may_set_up(user: User, evaluation: Evaluation) -> bool:
    return may(user, Permission.EVALUATION_SET_UP, Scope(evaluation.id))


def _must_have_a_title(title: dict[str, str]) -> None:
    if not title.get(DEFAULT_LANGUAGE, "").strip():
        raise InvalidContent("title-missing", language=DEFAULT_LANGUAGE)


def _must_be_free(session: Session, slug: str) -> None:
    if not is_slug(slug):
        raise InvalidContent("unusable-slug", slug=slug)
    if session.scalar(select(Evaluation.id).where(Evaluation.slug == slug)) is not None:
        raise WrongState("slug-taken", slug=slug)


def is_slug(slug: str) -> bool:
    """Whether this can name a study in addresses."""
    return bool(_SLUG.fullmatch(slug)) and len(slug) <= LONGEST_SLUG and slug not in RESERVED
