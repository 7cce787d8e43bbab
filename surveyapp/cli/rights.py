"""For whom a command works, and what they may: the rights of the browser."""

from sqlalchemy.orm import Session

from surveyapp.access import Permission, Scope, may
from surveyapp.errors import NotAllowed, NotFound
from surveyapp.models import Evaluation, Membership, User
from surveyapp.queries import evaluations, settings, users


def named(session: Session, evaluation: Evaluation, email: str | None) -> User:
    """The account with this address; in a demonstration its researcher, where none is named.

    Raises ``NotFound`` (``account``, and ``account-needed`` outside a demonstration).
    """
    user = users.by_email(session, email) if email else settings.demonstrator(session, evaluation)
    if user is None and not email:
        raise NotFound("account-needed")
    if user is None or user.disabled_at is not None:
        raise NotFound("account", email=email or "")
    return user


def allowed(
    session: Session, evaluation: Evaluation, email: str | None, permission: Permission, *, refusal: str
) -> User:
    """The same, who must have this permission in the whole study. Raises ``NotAllowed`` (``refusal``) as well."""
    user = named(session, evaluation, email)
    if not may(user, permission, Scope(evaluation.id)):
        raise NotAllowed(refusal, email=user.email, slug=evaluation.slug)
    return user


def member(
    session: Session,
    evaluation: Evaluation,
    organisation: str | None,
    by: User,
    permission: Permission = Permission.PUBLICATION_READ_OWN,
) -> Membership:
    """The organisation with this code, else the only one where this user may do so: see the publication.

    Raises ``NotFound`` (``organisation``, ``organisation-needed``).
    """
    members = evaluations.memberships(session, evaluation)
    if organisation is None:
        own = [each for each in members if may(by, permission, Scope(evaluation.id, each.id))]
        if len(own) != 1:
            raise NotFound("organisation-needed")
        return own[0]
    for each in members:
        if each.organisation.code == organisation:
            return each
    raise NotFound("organisation", organisation=organisation)
