"""Verbs on people who sign in: making an account, giving and taking rights, setting a password, shutting out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.access import OF_ONE_ORGANISATION, OWNER, STAFF_ROLES
from surveyapp.actions import attempts, log, passwords, strength
from surveyapp.errors import InvalidContent, NotFound, WrongState
from surveyapp.models import Evaluation, Grant, Membership, OneTimeLink, SignIn, User
from surveyapp.models.user import BY_HAND
from surveyapp.queries import users

SHORTEST_PASSWORD: Final = 12
LONGEST_PASSWORD: Final = 1_000
LONGEST_NAME: Final = 200
_ADDRESS: Final = re.compile(r"[^@\s\x00]+@[^@\s\x00]+")
_LONGEST_ADDRESS: Final = 254
"""Longest e-mail address (RFC 5321)."""


@dataclass(frozen=True)
class Invited:
    """Somebody who was given rights; ``new`` says that the account was made for it, and needs a link."""

    user: User
    new: bool


def create(session: Session, *, email: str, name: str, by: User | None, language: str = "nl") -> User:
    """Make an account without a password; a one-time link lets its owner set one."""
    address = users.normal(email)
    if not _ADDRESS.fullmatch(address) or len(address) > _LONGEST_ADDRESS:
        raise InvalidContent("unusable-email")
    if users.by_email(session, address) is not None:
        raise WrongState("email-taken")
    user = User(email=address, name=name.strip()[:LONGEST_NAME], language=language)
    session.add(user)
    log.record(session, verb="user.create", subject=user, by=by)
    return user


def invite(
    session: Session,
    *,
    email: str,
    name: str,
    role: str,
    by: User | None,
    evaluation: Evaluation | None = None,
    memberships: Sequence[Membership] = (),
) -> Invited:
    """Give somebody a role, once for each of the ``memberships`` where it is one for an organisation at a time.

    Who has an account keeps it, name and all; for others one is made, which takes a name. Raises ``InvalidContent``
    (``name-missing``, ``organisation-missing``, and what ``create`` and ``grant`` raise).
    """
    if role in OF_ONE_ORGANISATION and not memberships:
        raise InvalidContent("organisation-missing")
    known = users.by_email(session, email)
    if known is None and not name.strip():
        raise InvalidContent("name-missing")
    user = known or create(session, email=email, name=name, by=by)
    for membership in memberships or (None,):
        grant(session, user=user, role=role, by=by, evaluation=evaluation, membership=membership)
    return Invited(user, known is None)


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
        if by is not None and existing.source != BY_HAND:
            existing.source = BY_HAND  # from now on it stays when the group no longer gives it
        return existing
    given = Grant(user=user, role=role, evaluation_id=where, membership_id=member_id)
    session.add(given)
    log.record(session, verb="user.grant", subject=user, by=by, evaluation=evaluation, role=role)
    return given


def take_away(session: Session, *, grant: Grant, by: User | None, evaluation: Evaluation | None = None) -> None:
    """Take a right away, at once: who is signed in stays so, without it. Raises ``WrongState`` (``last-owner``)."""
    if grant.role == OWNER.name:
        _must_leave_an_owner(session, grant.user)
    user = grant.user
    log.record(session, verb="user.take-away", subject=user, by=by, evaluation=evaluation, role=grant.role)
    user.grants.remove(grant)
    session.delete(grant)
    session.flush()


def disable(session: Session, *, user: User, by: User | None) -> None:
    """Let nobody in with this account any more, from this moment; its rights wait until it is enabled again.

    Raises ``WrongState`` (``last-owner``, ``own-account``).
    """
    if by is not None and by.id == user.id:
        raise WrongState("own-account")
    _must_leave_an_owner(session, user)
    if user.disabled_at is None:
        user.disabled_at = clock.now()
        session.execute(delete(SignIn).where(SignIn.user_id == user.id))
        _use_up_links(session, user)
        log.record(session, verb="user.disable", subject=user, by=by)


def enable(session: Session, *, user: User, by: User | None) -> None:
    """Let this account in again, with the password and second factor that it had."""
    if user.disabled_at is not None:
        user.disabled_at = None
        log.record(session, verb="user.enable", subject=user, by=by)


def set_password(session: Session, *, user: User, password: str, by: User | None) -> None:
    """Set or replace the password; everybody who is signed in with the old one, and every open link, is out.

    Raises ``InvalidContent``: ``password-length``, or ``password-weak`` with as ``why`` what ``strength`` found.
    """
    check_password(user, password)
    user.password_hash = passwords.unreadable(password)
    session.execute(delete(SignIn).where(SignIn.user_id == user.id))
    _use_up_links(session, user)
    log.record(session, verb="user.set-password", subject=user, by=by)


def change_password(
    session: Session, *, user: User, current: str, password: str, secret_key: str, address: str | None, by: User | None
) -> bool:
    """Replace the password by who knows it; False when ``current`` is wrong (commit that too: it is counted).

    Ends every session, as ``set_password`` does: the caller begins a new one. Raises what that raises, and
    ``NotAllowed`` (``too-many-attempts``, ``seconds``).
    """
    check_password(user, password)
    names = [attempts.who("account", user.email, secret_key)]
    names += [attempts.who("address", address, secret_key)] if address else []
    attempts.must_wait_no_longer(session.connection(), names)
    if not passwords.matches(user.password_hash, current):
        attempts.failed(session, names)
        log.record(session, verb="user.fail-sign-in", subject=user, by=by)
        return False
    attempts.succeeded(session, names[:1])
    set_password(session, user=user, password=password, by=by)
    return True


def check_password(user: User, password: str) -> None:
    """Raise ``InvalidContent`` unless this may be a password of this user: see ``set_password``."""
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise InvalidContent("password-length", shortest=SHORTEST_PASSWORD, longest=LONGEST_PASSWORD)
    if why := strength.weakness(password, (user.name, user.email)):
        raise InvalidContent("password-weak", why=why)


def rename(session: Session, *, user: User, name: str, by: User | None) -> None:
    """Call this user by another name. Raises ``InvalidContent`` (``name-missing``)."""
    if not name.strip():
        raise InvalidContent("name-missing")
    user.name = name.strip()[:LONGEST_NAME]
    log.record(session, verb="user.rename", subject=user, by=by)


def make_owner(session: Session, *, email: str, name: str = "", by: User | None = None) -> User:
    """The first account of an installation, or one more owner; makes the account where there is none."""
    user = users.by_email(session, email)
    user = user or create(session, email=email, name=name.strip() or email.strip(), by=by)
    grant(session, user=user, role=OWNER.name, by=by)
    return user


def _must_leave_an_owner(session: Session, user: User) -> None:
    """Of two owners who shut one another out at the same moment, the second cannot."""
    left = {grant.user_id for grant in users.owners(session, hold=True)}
    if left == {user.id}:
        raise WrongState("last-owner")


def _use_up_links(session: Session, user: User) -> None:
    session.execute(
        update(OneTimeLink)
        .where(OneTimeLink.user_id == user.id, OneTimeLink.purpose == "password", OneTimeLink.used_at.is_(None))
        .values(used_at=clock.now())
    )
