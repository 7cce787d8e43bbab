"""Who somebody is, and what they may."""

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from surveyapp import clock
from surveyapp.models import OneTimeLink, SignIn, User
from surveyapp.queries.tokens import token_hash


def normal(email: str) -> str:
    """The way an e-mail address is stored and looked up."""
    return email.strip().lower()


def by_email(session: Session, email: str) -> User | None:
    """The account with this address, with its grants."""
    return session.scalar(select(User).where(User.email == normal(email)).options(selectinload(User.grants)))


def by_sign_in(session: Session, token: str) -> User | None:
    """Who is signed in with this cookie, with their grants; None when it is unknown or has ended."""
    found = session.scalar(
        select(SignIn)
        .where(SignIn.token_hash == token_hash(token), SignIn.expires_at > clock.now())
        .options(joinedload(SignIn.user).selectinload(User.grants))
    )
    return found.user if found is not None else None


def one_time_link(session: Session, token: str) -> OneTimeLink | None:
    """The link with its user while it can still be used; where it may be used is for ``sign_ins.with_link``."""
    return session.scalar(
        select(OneTimeLink)
        .where(
            OneTimeLink.token_hash == token_hash(token),
            OneTimeLink.used_at.is_(None),
            OneTimeLink.expires_at > clock.now(),
        )
        .options(joinedload(OneTimeLink.user).selectinload(User.grants))
    )
