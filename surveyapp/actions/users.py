"""Verbs on people who sign in: making an account, granting a right, setting a password."""

from typing import Final

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.access import OF_ONE_ORGANISATION, OWNER, STAFF_ROLES
from surveyapp.actions import log, passwords
from surveyapp.errors import InvalidContent, NotFound, WrongState
from surveyapp.models import Evaluation, Grant, Membership, OneTimeLink, SignIn, User
from surveyapp.queries import users

SHORTEST_PASSWORD: Final = 12
LONGEST_PASSWORD: Final = 1_000


def create(session: Session, *, email: str, name: str, by: User | None, language: str = "nl") -> User:
    """Make an account without a password; a one-time link lets its owner set one."""
    address = users.normal(email)
    if "@" not in address or len(address) > 254:
        raise InvalidContent("unusable-email")
    if users.by_email(session, address) is not None:
        raise WrongState("email-taken")
    user = User(email=address, name=name, language=language)
    session.add(user)
    log.record(session, verb="user.create", subject=user, by=by)
    return user


def grant(
    session: Session,
    *,
    user: User,
    role: str,
    by: User | None,
    evaluation: Evaluation | None = None,
    membership: Membership | None = None,
) -> Grant:
    """Give a right: the owner's everywhere, a reader's for one organisation, any other in one evaluation.

    Giving it twice gives the same grant.
    """
    if role not in STAFF_ROLES:
        raise InvalidContent("unknown-role", role=role)
    where = membership.evaluation_id if membership is not None else evaluation.id if evaluation is not None else None
    if evaluation is not None and where != evaluation.id:
        raise NotFound("membership-of-another-evaluation")
    if (role == OWNER.name) != (where is None) or (role in OF_ONE_ORGANISATION) != (membership is not None):
        raise InvalidContent("grant-does-not-fit", role=role)
    member_id = membership.id if membership is not None else None
    session.refresh(user, ["id"], with_for_update=True)
    existing = session.scalar(
        select(Grant).where(
            Grant.user_id == user.id,
            Grant.role == role,
            Grant.evaluation_id.is_not_distinct_from(where),
            Grant.membership_id.is_not_distinct_from(member_id),
        )
    )
    if existing is not None:
        return existing
    given = Grant(user=user, role=role, evaluation_id=where, membership_id=member_id)
    session.add(given)
    log.record(session, verb="user.grant", subject=user, by=by, evaluation=evaluation, role=role)
    return given


def set_password(session: Session, *, user: User, password: str, by: User | None) -> None:
    """Set or replace the password; everybody who is signed in with the old one, and every open link, is out."""
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise InvalidContent("password-length", shortest=SHORTEST_PASSWORD, longest=LONGEST_PASSWORD)
    user.password_hash = passwords.unreadable(password)
    session.execute(delete(SignIn).where(SignIn.user_id == user.id))
    session.execute(
        update(OneTimeLink)
        .where(OneTimeLink.user_id == user.id, OneTimeLink.purpose == "password", OneTimeLink.used_at.is_(None))
        .values(used_at=clock.now())
    )
    log.record(session, verb="user.set-password", subject=user, by=by)


def make_owner(session: Session, *, email: str) -> User:
    """The first account of an installation, or one more owner; makes the account where there is none."""
    user = users.by_email(session, email) or create(session, email=email, name=email.strip(), by=None)
    grant(session, user=user, role=OWNER.name, by=None)
    return user
