"""Verbs on invitations, and the token in an invitation's address."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.actions import cells, log, tokens
from surveyapp.errors import InvalidContent, NotFound, WrongState
from surveyapp.models import Invitation, Invitee, Membership, User, Wave
from surveyapp.queries import editions, open_roles
from surveyapp.queries.tokens import token_hash


def invite(
    session: Session,
    *,
    wave: Wave,
    membership: Membership,
    role: str,
    name: str,
    email: str,
    language: str,
    secret_key: str,
    by: User | None,
) -> tuple[Invitation, str]:
    """Ask a person to answer for an organisation in a role; returns the invitation and the token of its link.

    Raises ``InvalidContent`` (``unknown-role``, or ``role-open`` where the role is answered through an open link: the
    two never mix), ``WrongState`` (``wave-closed``; ``group-not-there`` in an anonymous wave that has
    begun), ``NotFound``.
    """
    # A link is added while nobody holds the wave: of an invitation and a link at the same moment one sees the other.
    session.execute(select(Wave.id).where(Wave.id == wave.id).with_for_update(read=True))
    if membership.evaluation_id != wave.evaluation_id:
        raise NotFound("membership-of-another-evaluation")
    if role not in {known.key for known in editions.by_digest(session, wave.edition_digest).questionnaire.roles}:
        raise InvalidContent("unknown-role", role=role)
    if role in open_roles.of(session, wave):
        raise InvalidContent("role-open", role=role)
    if wave.state_at(clock.now()) == "closed":
        raise WrongState("wave-closed")
    cells.must_have_room(session, wave=wave, membership=membership, role=role)
    invitee = Invitee(wave=wave, membership=membership, role=role, name=name, email=email.strip(), language=language)
    invitation = Invitation(invitee=invitee, generation=1)
    session.add(invitation)
    session.flush()
    token = token_for(invitation, secret_key)
    invitation.token_hash = token_hash(token)
    log.record(session, verb="invitation.invite", subject=invitation, by=by, evaluation=wave.evaluation, role=role)
    return invitation, token


def token_for(invitation: Invitation, secret_key: str) -> str:
    """The secret in the address: 128 bits that only the holder of the server key can derive.

    HMAC-SHA256 of the id and generation, its first 16 bytes, base64url without padding. It is never stored: a letter
    or a reminder derives it again.
    """
    return tokens.derived(secret_key, "invitation", invitation.id, invitation.generation)


__all__ = ["invite", "token_for", "token_hash"]
