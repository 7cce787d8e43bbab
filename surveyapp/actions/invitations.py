"""Verbs on invitations, and the token in an invitation's address."""

from sqlalchemy import delete, exists, func, select
from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.actions import anonymity, cells, holding, jobs, log, tokens
from surveyapp.errors import InvalidContent, NotFound, WrongState
from surveyapp.models import Invitation, Invitee, Membership, Receipt, Response, User, Wave
from surveyapp.models.wave import ANONYMOUS
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
    once: bool = False,
) -> tuple[Invitation, str]:
    """Ask a person to answer for an organisation in a role; returns the invitation and the token of its link.

    Raises ``InvalidContent`` (``unknown-role``, or ``role-open`` where the role is answered through an open link: the
    two never mix; with ``once`` also ``already-there``, for an address that has this place), ``WrongState``
    (``wave-closed``; ``group-not-there`` in an anonymous wave that has begun), ``NotFound``.
    """
    # A link is added while nobody holds the wave: of an invitation and a link at the same moment one sees the other.
    holding.wave(session, wave.id, alone=once)
    if membership.evaluation_id != wave.evaluation_id:
        raise NotFound("membership-of-another-evaluation")
    if role not in {known.key for known in editions.by_digest(session, wave.edition_digest).questionnaire.roles}:
        raise InvalidContent("unknown-role", role=role)
    if role in open_roles.of(session, wave):
        raise InvalidContent("role-open", role=role)
    if wave.state_at(clock.now()) == "closed":
        raise WrongState("wave-closed")
    if once:
        _must_be_new(session, wave.id, membership.id, role, email)
    cells.must_have_room(session, wave=wave, membership=membership, role=role)
    invitee = Invitee(wave=wave, membership=membership, role=role, name=name, email=email.strip(), language=language)
    invitation = Invitation(invitee=invitee, generation=1)
    session.add(invitation)
    session.flush()
    token = _renewed(invitation, secret_key)
    log.record(session, verb="invitation.invite", subject=invitation, by=by, evaluation=wave.evaluation, role=role)
    return invitation, token


def change(session: Session, *, invitation: Invitation, name: str, email: str, language: str, by: User | None) -> None:
    """Correct how somebody is called and reached; their link and answers stay.

    The log tells which of the three changed. Raises ``InvalidContent`` (``already-there``) and ``NotFound``.
    """
    invitee = _held(session, invitation)
    new = {"name": name, "email": email.strip(), "language": language}
    changed = [field for field, value in new.items() if getattr(invitee, field) != value]
    if "email" in changed:
        _must_be_new(session, invitee.wave_id, invitee.membership_id, invitee.role, email, but=invitee.id)
    for field in changed:
        setattr(invitee, field, new[field])
    if changed:
        of = invitee.wave.evaluation
        log.record(
            session, verb="invitation.change", subject=invitation, by=by, evaluation=of, fields=" ".join(changed)
        )


def replace(
    session: Session,
    *,
    invitation: Invitation,
    name: str,
    email: str,
    language: str,
    secret_key: str,
    by: User | None,
) -> str:
    """Let somebody else take this seat; returns the token of their link, and the old link has ended.

    What the predecessor had begun is thrown away, as is all that is known of them, and of mail to them: the successor
    is somebody new. Raises ``WrongState`` (``has-answered``, ``wave-closed``), ``InvalidContent`` (``already-there``).
    """
    before = _held(session, invitation)
    _must_be_unanswered(session, invitation, before.wave)
    _must_be_new(session, before.wave_id, before.membership_id, before.role, email, but=before.id)
    _discard_begun(session, invitation, before.wave)
    invitation.invitee = Invitee(
        wave=before.wave,
        membership=before.membership,
        role=before.role,
        name=name,
        email=email.strip(),
        language=language,
        test=before.test,
    )
    session.flush()
    session.delete(before)
    invitation.revoked_at = None
    invitation.generation += 1
    token = _renewed(invitation, secret_key)
    log.record(session, verb="invitation.replace", subject=invitation, by=by, evaluation=before.wave.evaluation)
    return token


def remove(session: Session, *, invitation: Invitation, by: User | None) -> None:
    """Take somebody off the list, with what they had begun; their link has ended.

    Raises ``WrongState``: ``has-answered``, ``wave-closed``, and ``group-stands`` in an anonymous wave that has begun,
    in which nobody's group may become smaller.
    """
    invitee = _held(session, invitation)
    _must_be_unanswered(session, invitation, invitee.wave)
    _must_not_shrink_a_group(session, invitee.wave)
    _discard_begun(session, invitation, invitee.wave)
    log.record(session, verb="invitation.remove", subject=invitation, by=by, evaluation=invitee.wave.evaluation)
    session.delete(invitation)
    session.flush()
    session.delete(invitee)
    session.flush()


def opt_out(session: Session, *, invitation: Invitation, by: User | None) -> None:
    """Send this person no more mail; they can still answer. Who says so themselves leaves no event, as respondents do.

    A second time changes nothing.
    """
    invitee = _held(session, invitation)
    if invitee.opted_out_at is None:
        invitee.opted_out_at = clock.now()
        _record(session, "invitation.opt-out", invitation, invitee, by)


def opt_in(session: Session, *, invitation: Invitation, by: User | None) -> None:
    """Send this person mail again."""
    invitee = _held(session, invitation)
    if invitee.opted_out_at is not None:
        invitee.opted_out_at = None
        _record(session, "invitation.opt-in", invitation, invitee, by)


def revoke(session: Session, *, invitation: Invitation, by: User | None) -> None:
    """End this person's link; what was begun or sent stays. ``reissue`` gives another link.

    Raises ``WrongState``: ``link-ended`` already, ``group-stands`` as ``remove`` does.
    """
    invitee = _held(session, invitation)
    if invitation.revoked_at is not None:
        raise WrongState("link-ended")
    _must_not_shrink_a_group(session, invitee.wave)
    invitation.revoked_at = clock.now()
    log.record(session, verb="invitation.revoke", subject=invitation, by=by, evaluation=invitee.wave.evaluation)


def reissue(session: Session, *, invitation: Invitation, secret_key: str, by: User | None) -> str:
    """Give this person another link, with all that they had begun or sent behind it; the old one has ended.

    Returns its token. Raises ``WrongState`` (``wave-closed``).
    """
    invitee = _held(session, invitation)
    if invitee.wave.state_at(clock.now()) == "closed":
        raise WrongState("wave-closed")
    invitation.generation += 1
    invitation.revoked_at = None
    token = _renewed(invitation, secret_key)
    log.record(session, verb="invitation.reissue", subject=invitation, by=by, evaluation=invitee.wave.evaluation)
    return token


def show_link(session: Session, *, invitation: Invitation, secret_key: str, by: User | None) -> str:
    """The token of this person's link, for who hands it to them; that it was looked at is logged.

    Whoever holds a link sees what was filled in with it. So in an anonymous wave that has begun nobody but the invitee
    gets one: raises ``WrongState`` (``link-of-anonymous``), and ``link-ended`` where it was revoked.
    """
    invitee = _held(session, invitation)
    if invitation.revoked_at is not None:
        raise WrongState("link-ended")
    if cells.stands(session, invitee.wave):
        raise WrongState("link-of-anonymous")
    log.record(session, verb="invitation.show-link", subject=invitation, by=by, evaluation=invitee.wave.evaluation)
    return token_for(invitation, secret_key)


def token_for(invitation: Invitation, secret_key: str) -> str:
    """The secret in the address: 128 bits that only the holder of the server key can derive.

    HMAC-SHA256 of the id and generation, its first 16 bytes, base64url without padding. It is never stored: a letter
    or a reminder derives it again.
    """
    return tokens.derived(secret_key, "invitation", invitation.id, invitation.generation)


def _held(session: Session, invitation: Invitation) -> Invitee:
    """Who holds this invitation, while nobody begins, sends or closes. Raises ``NotFound`` where nobody is known."""
    found = session.scalar(
        select(Invitee.wave_id)
        .join(Invitation, Invitation.invitee_id == Invitee.id)
        .where(Invitation.id == invitation.id)
    )
    if found is None:
        raise NotFound("invitation")
    holding.wave(session, found, alone=True)
    again = session.get(Invitation, invitation.id, populate_existing=True, with_for_update={"key_share": True})
    if again is None or again.invitee is None:
        raise NotFound("invitation")
    session.refresh(again.invitee)
    return again.invitee


def _must_be_new(
    session: Session, wave_id: int, membership_id: int, role: str, email: str, *, but: int | None = None
) -> None:
    """Raise where somebody else with this address has this place. The caller holds the wave alone."""
    taken = exists().where(
        Invitee.wave_id == wave_id,
        Invitee.membership_id == membership_id,
        Invitee.role == role,
        Invitee.test.is_(False),
        func.lower(Invitee.email) == email.strip().lower(),
        *((Invitee.id != but,) if but is not None else ()),
    )
    if session.scalar(select(taken)):
        raise InvalidContent("already-there")


def _must_be_unanswered(session: Session, invitation: Invitation, wave: Wave) -> None:
    if wave.state_at(clock.now()) == "closed":
        raise WrongState("wave-closed")
    if session.scalar(select(exists().where(Receipt.invitation_id == invitation.id))):
        raise WrongState("has-answered")


def _must_not_shrink_a_group(session: Session, wave: Wave) -> None:
    if cells.stands(session, wave):
        raise WrongState("group-stands")


def _discard_begun(session: Session, invitation: Invitation, wave: Wave) -> None:
    """A draft belongs to whoever began it."""
    gone = session.execute(delete(Response).where(Response.invitation_id == invitation.id).returning(Response.id))
    if gone.first() is not None and wave.regime == ANONYMOUS:
        jobs.enqueue(session, kind=anonymity.ERASE_TRACES)


def _record(session: Session, verb: str, invitation: Invitation, invitee: Invitee, by: User | None) -> None:
    session.flush()
    if by is not None:
        log.record(session, verb=verb, subject=invitation, by=by, evaluation=invitee.wave.evaluation)


def _renewed(invitation: Invitation, secret_key: str) -> str:
    token = token_for(invitation, secret_key)
    invitation.token_hash = token_hash(token)
    return token


__all__ = [
    "change",
    "invite",
    "opt_in",
    "opt_out",
    "reissue",
    "remove",
    "replace",
    "revoke",
    "show_link",
    "token_for",
    "token_hash",
]
