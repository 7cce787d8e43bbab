"""Verbs on count links: an organisation's contact person sees how many of its people answered, and nothing else."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.actions import log, tokens
from surveyapp.clock import now
from surveyapp.errors import NotFound, WrongState
from surveyapp.models import CountLink, Membership, User, Wave, upsert
from surveyapp.queries.tokens import token_hash


def make(
    session: Session, *, wave: Wave, memberships: Iterable[Membership], secret_key: str, by: User | None
) -> list[CountLink]:
    """Give each of these organisations a link, and leave those that have one alone; returns the new ones.

    Where a link was withdrawn, the new one has another address. Raises ``NotFound`` for an organisation of another
    study.
    """
    made = []
    for membership in memberships:
        if membership.evaluation_id != wave.evaluation_id:
            raise NotFound("membership-of-another-evaluation")
        place = {"wave_id": wave.id, "membership_id": membership.id}
        added = upsert.insert_missing(session, CountLink, {**place, "generation": 1})
        link = session.scalars(select(CountLink).filter_by(**place).with_for_update()).one()
        if not added and link.revoked_at is None:
            continue
        link.generation += 0 if added else 1
        link.revoked_at = None
        link.token_hash = token_hash(token_of(link, secret_key))
        log.record(session, verb="count-link.make", subject=link, by=by, evaluation=wave.evaluation)
        made.append(link)
    return made


def reissue(session: Session, *, link: CountLink, secret_key: str, by: User | None) -> str:
    """Give it another address, and end the one it had. Raises ``WrongState`` (``count-link-ended``)."""
    _hold(session, link)
    link.generation += 1
    token = token_of(link, secret_key)
    link.token_hash = token_hash(token)
    log.record(session, verb="count-link.reissue", subject=link, by=by, evaluation=link.wave.evaluation)
    return token


def revoke(session: Session, *, link: CountLink, by: User | None) -> None:
    """Let nobody look through it any more. Raises ``WrongState`` (``count-link-ended``)."""
    _hold(session, link)
    link.revoked_at = now()
    log.record(session, verb="count-link.revoke", subject=link, by=by, evaluation=link.wave.evaluation)


def token_of(link: CountLink, secret_key: str) -> str:
    """The secret in the address of this link, derived as that of an invitation."""
    return tokens.derived(secret_key, "count-link", link.id, link.generation)


def _hold(session: Session, link: CountLink) -> None:
    session.refresh(link, with_for_update=True)
    if link.revoked_at is not None:
        raise WrongState("count-link-ended")
