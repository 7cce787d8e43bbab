"""Who somebody is, what they may, and how they come in."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from surveyapp import clock
from surveyapp.access import OWNER, sees_answers
from surveyapp.errors import NotFound
from surveyapp.models import Evaluation, Grant, Identity, OneTimeLink, Passkey, RecoveryCode, SignIn, User
from surveyapp.queries.tokens import token_hash

IDLE: Final = timedelta(hours=2)
"""After which a session that nobody uses ends, for who can see answers."""


def normal(email: str) -> str:
    """The way an e-mail address is stored and looked up."""
    return email.strip().lower()


def by_email(session: Session, email: str) -> User | None:
    """The account with this address, with its grants."""
    return session.scalar(select(User).where(User.email == normal(email)).options(selectinload(User.grants)))


def by_id(session: Session, number: int) -> User:
    """This account, with its grants; raises ``NotFound``."""
    found = session.scalar(select(User).where(User.id == number).options(selectinload(User.grants)))
    if found is None:
        raise NotFound("account")
    return found


def sign_in(session: Session, token: str) -> SignIn | None:
    """The session of this cookie, with its user and their grants; None when it is unknown or has ended."""
    moment = clock.now()
    found = session.scalar(
        select(SignIn)
        .where(SignIn.token_hash == token_hash(token), SignIn.expires_at > moment)
        .options(joinedload(SignIn.user).selectinload(User.grants))
    )
    if found is None or found.user.disabled_at is not None:
        return None
    idle = found.seen_at + IDLE <= moment
    return None if idle and sees_answers(found.user) else found


def by_sign_in(session: Session, token: str) -> User | None:
    """Who is signed in with this cookie, with their grants; None when it is unknown or has ended."""
    found = sign_in(session, token)
    return found.user if found is not None else None


def sign_ins(session: Session, user: User) -> list[SignIn]:
    """Where this user is signed in, the last used first."""
    moment = clock.now()
    found = session.scalars(
        select(SignIn)
        .where(SignIn.user_id == user.id, SignIn.expires_at > moment)
        .order_by(SignIn.seen_at.desc(), SignIn.created_at.desc())
    )
    limited = sees_answers(user)
    return [row for row in found if not limited or row.seen_at + IDLE > moment]


def has_second_factor(session: Session, user: User) -> bool:
    """Whether a password is not enough to come in as this user."""
    return user.totp_secret is not None or bool(
        session.scalar(select(exists().where(Passkey.user_id == user.id)))  # a passkey, then, or a recovery code
    )


def passkeys(session: Session, user: User) -> list[Passkey]:
    """The passkeys of this user, in the order in which they were added."""
    return list(session.scalars(select(Passkey).where(Passkey.user_id == user.id).order_by(Passkey.id)))


def recovery_codes_left(session: Session, user: User) -> int:
    """How many recovery codes were not used."""
    left = select(func.count()).where(RecoveryCode.user_id == user.id, RecoveryCode.used_at.is_(None))
    return session.scalar(left) or 0


def has_entered(session: Session, user: User) -> bool:
    """Whether this account has any way in of its own: a password, a passkey, an identity at a provider."""
    ways = (exists().where(Passkey.user_id == user.id), exists().where(Identity.user_id == user.id))
    return user.password_hash is not None or any(session.scalar(select(way)) for way in ways)


def staff(session: Session, evaluation: Evaluation) -> list[Grant]:
    """Who has a right in this study, with its user, by name; owners, who have every right, not among them."""
    return list(
        session.scalars(
            select(Grant)
            .join(Grant.user)
            .where(Grant.evaluation_id == evaluation.id)
            .order_by(func.lower(User.name), User.id, Grant.role, Grant.id)
            .options(joinedload(Grant.user).selectinload(User.grants))
        )
    )


def owners(session: Session, *, hold: bool = False) -> list[Grant]:
    """The rights of those who can come in and own the installation; ``hold`` keeps them as they are until the end."""
    found = (
        select(Grant)
        .join(Grant.user)
        .where(Grant.role == OWNER.name, User.disabled_at.is_(None))
        .order_by(Grant.id)
        .options(joinedload(Grant.user, innerjoin=True))
    )
    return list(session.scalars(found.with_for_update() if hold else found))


def everybody(session: Session) -> Sequence[User]:
    """All accounts, by name, with their rights."""
    return session.scalars(
        select(User).order_by(func.lower(User.name), User.id).options(selectinload(User.grants))
    ).all()


def one_time_link(session: Session, token: str) -> OneTimeLink | None:
    """The link with its user while it can still be used; where it may be used is for ``sign_ins.with_link``."""
    found = session.scalar(
        select(OneTimeLink)
        .where(
            OneTimeLink.token_hash == token_hash(token),
            OneTimeLink.used_at.is_(None),
            OneTimeLink.expires_at > clock.now(),
        )
        .options(joinedload(OneTimeLink.user).selectinload(User.grants))
    )
    return None if found is None or found.user.disabled_at is not None else found
