"""Verbs on who somebody is at an identity provider: coming in, being linked to an account, and rights that groups give.

An identity is known by issuer and subject, never by an address. An address that the provider has verified leads to an
account once, the first time; the account must be there because somebody was invited, or a group must give a right.
"""

from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.access import OWNER
from surveyapp.actions import log, sign_ins, users
from surveyapp.errors import NotAllowed, NotFound, WrongState
from surveyapp.models import Evaluation, Grant, Identity, User
from surveyapp.models.user import OF_A_GROUP
from surveyapp.queries import evaluations
from surveyapp.queries import users as queries

PURPOSE = "provider"

Right = tuple[str, Evaluation | None]


def come_in(
    session: Session,
    *,
    issuer: str,
    subject: str,
    email: str,
    name: str,
    groups: Iterable[str],
    mapping: Mapping[str, tuple[str, str]],
    second_factor: bool,
    device: str = "",
) -> sign_ins.SignedIn:
    """Sign in who the provider says this is, with the rights that their groups give now.

    ``email`` is empty unless the provider has verified it; ``mapping`` has for each group a role and the slug of a
    study. Raises ``NotAllowed``: ``no-right-yet`` for who was not invited and is in no group of ours,
    ``identity-taken`` where the account belongs to another at this provider, ``account-disabled``.
    """
    rights = _rights(session, groups, mapping)
    user = _known(session, issuer, subject) or _linked(session, issuer, subject, email, name, rights)
    if user.disabled_at is not None:
        raise NotAllowed("account-disabled")
    _settle(session, user, rights)
    log.record(session, verb="user.sign-in", subject=user, by=user, purpose=PURPOSE)
    if not second_factor and queries.has_second_factor(session, user):
        return sign_ins.SignedIn(None, user, PURPOSE)
    token = sign_ins.begin(session, user=user, device=device, second_factor=second_factor)
    return sign_ins.SignedIn(token, user, PURPOSE)


def _rights(session: Session, groups: Iterable[str], mapping: Mapping[str, tuple[str, str]]) -> list[Right]:
    """What the groups give: a group of ours whose study is not there (any more) gives nothing."""
    found: list[Right] = []
    for role, slug in sorted({mapping[group] for group in groups if group in mapping}):
        try:
            found.append((role, evaluations.by_slug(session, slug) if role != OWNER.name else None))
        except NotFound:
            continue
    return found


def _known(session: Session, issuer: str, subject: str) -> User | None:
    found = session.scalar(select(Identity).where(Identity.issuer == issuer, Identity.subject == subject))
    return session.get(User, found.user_id, with_for_update=True, populate_existing=True) if found is not None else None


def _linked(session: Session, issuer: str, subject: str, email: str, name: str, rights: list[Right]) -> User:
    """The account of who comes for the first time: the one that was made for this address, or a new one."""
    user = queries.by_email(session, email) if email else None
    if user is None:
        if not email or not rights:
            raise NotAllowed("no-right-yet")
        user = users.create(session, email=email, name=name or email, by=None)
    session.refresh(user, ["disabled_at"], with_for_update=True)
    others = select(Identity.subject).where(Identity.issuer == issuer, Identity.user_id == user.id)
    if session.scalars(others).first() is not None:
        raise NotAllowed("identity-taken")
    session.add(Identity(issuer=issuer, subject=subject, user_id=user.id))
    log.record(session, verb="user.link-identity", subject=user, by=user)
    return user


def _settle(session: Session, user: User, rights: list[Right]) -> None:
    """Give what the groups give, take away what they no longer give; what a colleague gave stays as it is."""
    wanted = {(role, evaluation.id if evaluation is not None else None) for role, evaluation in rights}
    held = session.scalars(select(Grant).where(Grant.user_id == user.id)).all()
    for grant in held:
        if grant.source == OF_A_GROUP and (grant.role, grant.evaluation_id) not in wanted:
            _take_away(session, grant)
    there = {(grant.role, grant.evaluation_id) for grant in held if grant.membership_id is None}
    for role, evaluation in rights:
        if (role, evaluation.id if evaluation is not None else None) not in there:
            given = users.grant(session, user=user, role=role, by=None, evaluation=evaluation)
            given.source = OF_A_GROUP
    session.flush()


def _take_away(session: Session, grant: Grant) -> None:
    """The last owner stays one: somebody must be able to let others in."""
    evaluation = session.get(Evaluation, grant.evaluation_id) if grant.evaluation_id is not None else None
    try:
        users.take_away(session, grant=grant, by=None, evaluation=evaluation)
    except WrongState as last:
        if last.code != "last-owner":
            raise
